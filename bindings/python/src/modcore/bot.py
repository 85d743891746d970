"""What every bot needs besides an engine: the same few decisions, made once.

>>> import modcore
>>> from modcore.bot import Moderator
>>> moderator = Moderator(modcore.compile_files("spam"), own_ids={"bot"}, staff_roles={"admin"})
>>> ruling = moderator.judge("Casino bonus: 100 free spins", key="m1", author={"id": "u1"})
>>> ruling.action, ruling.public_reason
(<Verdict.HIDE: 2>, 'Advertising for gambling is not allowed here.')
>>> moderator.judge("Casino bonus: 100 free spins", key="m1", author={"id": "u1"}) is None
True
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Collection, Hashable, Mapping, NamedTuple, Optional, Union

from . import observe
from ._types import Verdict

if TYPE_CHECKING:
    from ._decision import Decision
    from ._engine import Engine
    from ._slot import EngineSlot

log = logging.getLogger("modcore")


class Ruling(NamedTuple):
    """What a host does with a post. ``action`` is what to act on; ``decision`` and its evidence are
    for moderators, ``public_reason`` alone is for the author. ``exempt`` is ``"staff"`` where a
    verdict was set aside, ``failure`` says why there is no decision."""

    action: Verdict
    public_reason: str
    decision: Optional[Decision]
    exempt: str
    failure: str

    @property
    def hidden(self) -> bool:
        """Whether to hide the post: an escalated one may stay visible meanwhile."""
        if self.decision is None or self.exempt:
            return self.action >= Verdict.HIDE
        return self.decision.hidden


class Moderator:
    """Judges what a host hands over, from any thread.

    ``fail_closed``: whether a post that could not be judged is hidden (else it passes); either way
    the failure is logged and stands in the ruling. Posts by ``own_ids`` are never judged. Those by
    ``staff_roles`` are judged and logged, and then allowed. The same ``key`` is judged once; give
    an edit another key.
    """

    def __init__(
        self,
        rules: Union[Engine, EngineSlot],
        *,
        fail_closed: bool = False,
        own_ids: Collection[str] = (),
        staff_roles: Collection[str] = (),
        lang: str = "",
        metrics: Optional[observe.Metrics] = None,
        remember: int = 10_000,
    ) -> None:
        self.rules = rules
        self.fail_closed = fail_closed
        self.own_ids = set(own_ids)
        self.staff_roles = set(staff_roles)
        self.lang = lang
        self.metrics = metrics
        self._seen: OrderedDict[Hashable, None] = OrderedDict()
        self._remember = remember
        self._lock = threading.Lock()

    def judge(
        self,
        body: Optional[str],
        *,
        key: Hashable = None,
        author: Optional[Mapping[str, Any]] = None,
        **facts: Any,
    ) -> Optional[Ruling]:
        """The ruling; None for what the bot itself wrote and for what was judged before."""
        try:
            author = author or {}
            if author.get("id") in self.own_ids or (key is not None and self._is_known(key)):
                return None
            roles = author.get("roles") or ()
            is_staff = not isinstance(roles, str) and not self.staff_roles.isdisjoint(roles)
            begin = time.perf_counter()
            decision = self.rules.scan(body, author=author, **facts)
            seconds = time.perf_counter() - begin
        except Exception as error:
            log.exception("a post could not be judged")
            action = Verdict.HIDE if self.fail_closed else Verdict.ALLOW
            return Ruling(action, "", None, "", f"{type(error).__name__}: {error}")
        if self.metrics is not None:
            self.metrics.observe(decision, seconds)
        exempt = "staff" if is_staff and decision.verdict else ""
        if decision.verdict:
            log.info(observe.log_line(decision, exempt=exempt))
        action = Verdict.ALLOW if exempt else decision.verdict
        reason = decision.reason(self.lang) if action else ""
        return Ruling(action, reason, decision, exempt, "")

    def _is_known(self, key: Hashable) -> bool:
        with self._lock:
            if key in self._seen:
                self._seen.move_to_end(key)
                return True
            self._seen[key] = None
            if len(self._seen) > self._remember:
                self._seen.popitem(last=False)
            return False
