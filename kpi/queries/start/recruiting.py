"""How hiring stands for a director: the tile, the road as counts, and what waits for a yes."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from hiring.choices import StageKind, VacancyState
from hiring.queries.start.director import HiringNow
from hiring.queries.start.line import Line
from kpi.queries.start.parts import Action, Matter, Tile, Why

STEPS = (
    (StageKind.FOUND, StageKind.CALL, StageKind.FORM),
    (StageKind.INVITE, StageKind.SESSION),
    (StageKind.TASK, StageKind.DECISION),
    (StageKind.OFFER, StageKind.HIRED),
)


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    count: int
    most: int  # of all steps: the length of a whole bar


def road(found: dict[str, int]) -> list[Step]:
    """People under way in open vacancies by what is next for them; empty when nobody is.

    It tells where people stand today, not how many went through: no rates are made of it.
    """
    labels = (
        _("Found and called"),
        _("Invitation and session"),
        _("Test task and decision"),
        _("Offer and hired"),
    )
    counts = [sum(found.get(kind, 0) for kind in kinds) for kinds in STEPS]
    if not any(counts):
        return []
    pairs = zip(labels, counts, strict=True)
    return [Step(label, count, max(counts)) for label, count in pairs]


def tile(now: HiringNow) -> Tile:
    opened = now.vacancies.get(VacancyState.OPEN, 0)
    proposed = now.vacancies.get(VacancyState.PROPOSED, 0)
    held = now.vacancies.get(VacancyState.HELD, 0)
    people = sum(now.people.values())
    return Tile(
        label=_("Hiring"),
        value=formats.number(opened),
        unit=ngettext("vacancy open", "vacancies open", opened),
        note=_note(opened, people, len(now.approvals)),
        why=Why(
            _("Vacancies that are open today, and the people who are under way in them."),
            [
                (_("Under way"), formats.number(people)),
                (_("Waiting for approval"), formats.number(proposed)),
                (_("On hold"), formats.number(held)),
            ],
            url="/hiring/",
            link=_("All vacancies"),
        ),
    )


def _note(opened: int, people: int, waiting: int) -> str:
    if waiting:
        return ngettext(
            "%(count)s decision waits for you", "%(count)s decisions wait for you", waiting
        ) % {"count": formats.number(waiting)}
    if not opened:
        return _("Nobody is being looked for")
    return ngettext("%(count)s person is under way", "%(count)s people are under way", people) % {
        "count": formats.number(people)
    }


def matters(lines: list[Line]) -> list[Matter]:
    """What waits for a director's yes, as sentences without a sum."""
    return [
        Matter(line.sentence, line.evidence, Action(line.label, line.url), period=_("hiring"))
        for line in lines
    ]
