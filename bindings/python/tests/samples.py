"""Rules that several tests share, and what they ask of a decision."""

RULES = """
modcore: 1
category: spam
context: {author.plan: text, author.joined: time, board.limit: int, author.labels: set<text>}
rules:
  - id: spam.casino
    title: Casinos
    phrases: [online casino]
    verdict: hide
    reason: {en: No adverts for casinos., fr: Pas de casinos.}
    meta: {label: 7}
  - {id: spam.newcomer, when: author.account_age < 7 days, verdict: flag}
  - {id: spam.count, when: author.post_count == 3, verdict: flag}
  - {id: spam.name, patterns: {bad: {words: [żaba], in: author.name}}, verdict: flag}
  - {id: spam.plan, when: author.plan == "free", verdict: flag}
  - {id: spam.roles, when: 'author.roles overlaps ["banned"]', verdict: escalate,
     escalate: {to: moderators, within: 2 hours, urgency: high}}
  - {id: spam.joined, when: author.joined > now - 1 day, verdict: flag}
  - {id: spam.file, patterns: {exe: {substrings: [.exe], in: attachment.names}}, verdict: flag}
"""


def fired(decision):
    return {rule.rule for rule in decision.fired}
