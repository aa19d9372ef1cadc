"""The life of a vacancy: which step is open in which state, to whom, and what may still change."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from hiring.choices import StageKind, VacancyState
from people.choices import Role

State = VacancyState
DRAFT, PROPOSED, APPROVED = State.DRAFT, State.PROPOSED, State.APPROVED
OPEN, HELD, FILLED, CLOSED = State.OPEN, State.HELD, State.FILLED, State.CLOSED
RECRUITER, DIRECTOR = frozenset({Role.RECRUITER}), frozenset({Role.DIRECTOR})
HIRERS = RECRUITER | DIRECTOR

# action: {state it starts from: state it leads to}, who may do it
STEPS: dict[str, tuple[dict[str, str], frozenset[str]]] = {
    "propose": ({DRAFT: PROPOSED}, RECRUITER),
    "withdraw": ({PROPOSED: DRAFT}, RECRUITER),
    "approve": ({PROPOSED: APPROVED}, DIRECTOR),
    "send_back": ({PROPOSED: DRAFT}, DIRECTOR),
    "revise": ({APPROVED: DRAFT, HELD: DRAFT}, RECRUITER),
    "publish": ({APPROVED: OPEN}, RECRUITER),
    "hold": ({OPEN: HELD}, HIRERS),
    "resume": ({HELD: OPEN}, RECRUITER),
    "fill": ({OPEN: FILLED, HELD: FILLED}, RECRUITER),
    "close": (
        {DRAFT: CLOSED, APPROVED: CLOSED, OPEN: CLOSED, HELD: CLOSED},
        HIRERS,
    ),
    "reopen": ({FILLED: HELD, CLOSED: DRAFT}, RECRUITER),
}
DECISIONS = frozenset({"approve", "send_back"})
GOES_PUBLIC = frozenset({"publish", "resume"})

# What was approved stays; `revise` leads back to where it may change.
TERMS = frozenset(
    {"profile", "openings", "pay_from", "pay_to", "pay_currency", "city", "country", "team"}
)
REST = frozenset(
    {"title", "slug", "texts", "time_zone", "is_remote", "shows_pay", "closes_on", "recruiter"}
)
FIELDS = TERMS | REST
_EDITABLE: dict[str, frozenset[str]] = {
    DRAFT: FIELDS,
    PROPOSED: frozenset(),
    APPROVED: REST,
    OPEN: REST,
    HELD: REST,
    FILLED: frozenset(),
    CLOSED: frozenset(),
}
# A board always needs a door and an end.
NEEDED_KINDS = (StageKind.FOUND, StageKind.HIRED)


def next_state(state: str, action: str) -> str | None:
    """Where `action` leads from `state`; None where it does not exist."""
    return STEPS[action][0].get(state)


def may_step(state: str, action: str, roles: Collection[str], *, is_author: bool) -> bool:
    """Whether somebody with `roles` may do `action` now; nobody decides on their own proposal."""
    ways, who = STEPS[action]
    if state not in ways or not who & set(roles):
        return False
    return not (is_author and action in DECISIONS)


def open_steps(state: str, roles: Collection[str], *, is_author: bool) -> list[str]:
    return [one for one in STEPS if may_step(state, one, roles, is_author=is_author)]


def why_not(state: str, action: str, roles: Collection[str], *, is_author: bool) -> str:
    """The reason in words for somebody who asked; "" when they may."""
    ways, who = STEPS[action]
    if not who & set(roles):
        if who == DIRECTOR:
            return _("Only directors decide on vacancies.")
        return _("Only recruiters do this.")
    if state not in ways:
        return _("The vacancy has moved on since you opened the page: it is now “%(state)s”.") % {
            "state": State(state).label
        }
    if is_author and action in DECISIONS:
        return _("Nobody decides on their own vacancy; another director has to.")
    return ""


def editable_fields(state: str) -> frozenset[str]:
    """What may be changed in this state: before approval everything, then all but the terms."""
    return _EDITABLE[state]


def frozen(state: str, fields: Collection[str]) -> frozenset[str]:
    """Those of the fields that may not change in this state."""
    return frozenset(fields) - editable_fields(state)


def lacking(*, titles: Collection[str], openings: int, is_past: bool) -> list[str]:
    """What a vacancy still needs before it is proposed or published, in words."""
    found = []
    if not any(titles):
        found.append(_("Write the advert in at least one language: a title and a text."))
    if openings < 1:
        found.append(_("There is at least one opening."))
    if is_past:
        found.append(_("The last day for applications has passed; choose a later one."))
    return found


def may_remove_stage(kind: str, *, others_of_kind: int, people: int) -> bool:
    """A stage with people stays, and so does the last of a kind the board cannot do without."""
    return not people and (kind not in NEEDED_KINDS or others_of_kind > 0)
