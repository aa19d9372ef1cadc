"""Which trials the list shows, and how each stands in colour."""

from common.folding import fold
from hiring.choices import ProbationState
from hiring.models import Probation
from hiring.models.probation import OPEN
from hiring.queries.probation import probations
from hiring.rules.progress import Course
from people.models import User

VIEWS: dict[str, tuple[str, ...]] = {
    "open": OPEN,
    "ended": (ProbationState.PASSED, ProbationState.FAILED, ProbationState.CANCELLED),
}
TONES = {
    ProbationState.OFFERED: "cau",
    ProbationState.RUNNING: "inf",
    ProbationState.PASSED: "pos",
    ProbationState.FAILED: "dan",
}
COURSE_TONES = {Course.REACHED: "pos", Course.AHEAD: "pos", Course.BEHIND: "dan"}


def listed(reader: User, *, view: str, q: str = "") -> list[Probation]:
    """The last begun first; `q` is looked for in the names of newcomer, mentor and lead."""
    rows = probations(reader).filter(state__in=VIEWS[view])
    needle = fold(q)
    return [row for row in rows if not needle or needle in _names(row)]


def _names(row: Probation) -> str:
    people = (row.user, row.mentor, row.lead)
    return fold(" ".join(person.name for person in people if person))


def numbers(reader: User) -> list[tuple[str, int]]:
    """How many trials each view holds."""
    states = list(Probation.objects.visible_to(reader).values_list("state", flat=True))
    return [(view, sum(state in of for state in states)) for view, of in VIEWS.items()]
