"""What a typed bot does with the package: must pass mypy --strict and pyright."""

from __future__ import annotations

from datetime import timedelta
from typing import Dict, List, Optional, Tuple

import modcore
from modcore import aio
from modcore.bot import Moderator, Ruling
from modcore.observe import Metrics, log_line


def judge(engine: modcore.Engine, body: str) -> Optional[str]:
    decision: modcore.Decision = engine.scan(body, title="t", author={"post_count": 3, "roles": ["a"]})
    verdict: modcore.Verdict = decision.verdict
    if verdict is modcore.Verdict.HIDE and verdict >= modcore.Verdict.FLAG:
        evidence: Tuple[modcore.Evidence, ...] = decision.fired[0].evidence
        begin: int = evidence[0].begin
        title: str = decision.fired[0].title.in_("fr")
        return body[begin:] + title + decision.reason("fr")
    within: List[Optional[timedelta]] = [route.within for route in decision.routes]
    scores: Dict[str, float] = decision.scores
    return None if within or scores else log_line(decision)


def reload(slot: modcore.EngineSlot) -> List[modcore.Diagnostic]:
    try:
        engine: modcore.Engine = slot.reload("policy.yaml")
    except modcore.RuleError as error:
        return list(error.diagnostics)
    batch: modcore.DecisionBatch = engine.scan_batch(["a"], threads=2)
    verdicts: List[modcore.Verdict] = batch.verdicts()
    assert verdicts
    return modcore.check_files("policy.yaml")


def ship(engine: modcore.Engine) -> modcore.Engine:
    engine.save("policy.mcb", native=False)
    artifact: bytes = engine.to_bytes()
    try:
        return modcore.load(artifact, trusted=True)
    except modcore.ArtifactError:
        return modcore.load("policy.mcb")


async def serve(engine: modcore.Engine) -> bool:
    decision: modcore.Decision = await aio.scan(engine, "a")
    ruling: Optional[Ruling] = Moderator(engine, metrics=Metrics()).judge("a", key=1)
    return decision.hidden and ruling is not None and ruling.action > modcore.Verdict.ALLOW
