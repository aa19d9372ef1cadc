"""The life of an offer: which step leads where, who may take it, and what may still change.

Whoever made the terms never approves them. What was approved stays as it is: other terms are
another offer.
"""

from collections.abc import Collection
from dataclasses import dataclass

DRAFT, PROPOSED, APPROVED, SENT = "draft", "proposed", "approved", "sent"
ACCEPTED, DECLINED, EXPIRED, WITHDRAWN = "accepted", "declined", "expired", "withdrawn"
STATES = (DRAFT, PROPOSED, APPROVED, SENT, ACCEPTED, DECLINED, EXPIRED, WITHDRAWN)
LIVE = (DRAFT, PROPOSED, APPROVED, SENT)

RECRUITER, DIRECTOR, CANDIDATE, MACHINE = "recruiter", "director", "candidate", "machine"
ACTORS = (RECRUITER, DIRECTOR, CANDIDATE, MACHINE)
NOT_MAKER = frozenset({"approve"})


@dataclass(frozen=True, slots=True)
class Step:
    leads: dict[str, str]
    by: frozenset[str]


STEPS: dict[str, Step] = {
    "edit": Step({DRAFT: DRAFT}, frozenset({RECRUITER})),
    "propose": Step({DRAFT: PROPOSED}, frozenset({RECRUITER})),
    "revise": Step({PROPOSED: DRAFT}, frozenset({RECRUITER})),
    "approve": Step({PROPOSED: APPROVED}, frozenset({DIRECTOR})),
    "send_back": Step({PROPOSED: DRAFT}, frozenset({DIRECTOR})),
    "send": Step({APPROVED: SENT}, frozenset({RECRUITER})),
    "take_back": Step(dict.fromkeys(LIVE, WITHDRAWN), frozenset({RECRUITER, DIRECTOR})),
    "accept": Step({SENT: ACCEPTED}, frozenset({CANDIDATE})),
    "decline": Step({SENT: DECLINED}, frozenset({CANDIDATE, RECRUITER})),
    "expire": Step({SENT: EXPIRED}, frozenset({MACHINE})),
}
TERMS = (
    "title", "grade", "salary", "currency", "commission", "conditions", "starts_on",
    "probation_weeks", "expires_at", "language",
)  # fmt: skip
MOST_PROBATION = 52


def next_state(state: str, action: str) -> str | None:
    """Where the action leads; None where it does not exist."""
    return STEPS[action].leads.get(state)


def may_do(state: str, action: str, roles: Collection[str], *, is_maker: bool) -> bool:
    """Whether somebody of these roles may take the step now.

    >>> may_do("proposed", "approve", {"director"}, is_maker=False)
    True
    >>> may_do("proposed", "approve", {"director", "recruiter"}, is_maker=True)
    False
    """
    step = STEPS[action]
    if state not in step.leads or not step.by & set(roles):
        return False
    return not (is_maker and action in NOT_MAKER)


def actions(state: str, roles: Collection[str], *, is_maker: bool) -> list[str]:
    """The steps open to somebody, in the order of the road."""
    return [name for name in STEPS if may_do(state, name, roles, is_maker=is_maker)]
