"""What a trial still lacks: sentences with the place where it is mended."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from hiring.choices import CheckInState, EvidenceKind, GoalKind, ProbationState
from hiring.models import Evidence
from hiring.queries.probation import ProbationPage
from hiring.queries.probation_weeks import Week
from hiring.rules import probation as rules
from people.models import User, company_day


@dataclass(frozen=True)
class Gap:
    """`place` is the id of the part of the page it is about; `is_mine`: the reader mends it."""

    sentence: str
    place: str
    is_mine: bool = False


def gaps(
    page: ProbationPage, weeks: Sequence[Week], notes: Sequence[Evidence], reader: User
) -> list[Gap]:
    """Of a running trial; the reader's own first."""
    if page.probation.state != ProbationState.RUNNING:
        return []
    found = [*_talks(page, weeks), *_words(weeks), *_read(page, weeks), *_goals(page)]
    found += _firsts(page)
    if not notes and page.day > 7 and page.sees_accounts:
        is_mine = rules.NEWCOMER not in page.roles
        found.append(Gap(_("Nothing is noted in the evidence file yet."), "evidence", is_mine))
    return sorted(found, key=lambda gap: not gap.is_mine)


def _talks(page: ProbationPage, weeks: Sequence[Week]) -> list[Gap]:
    today = company_day()
    late = [
        week for week in weeks
        if week.row.state == CheckInState.MISSED
        or (week.row.state == CheckInState.PLANNED and week.row.due_on < today)
    ]  # fmt: skip
    return [
        Gap(
            _("The talk of week %(week)s, due on %(day)s, is not noted.")
            % {"week": formats.number(week.row.week), "day": formats.day(week.row.due_on)},
            f"week-{week.row.week}", week.may_hold,
        )
        for week in late
    ]  # fmt: skip


def _words(weeks: Sequence[Week]) -> list[Gap]:
    """The reader's own words for a talk that is near."""
    soon = company_day() + dt.timedelta(days=2)
    return [
        Gap(
            _("Your words for the talk of week %(week)s are not written.")
            % {"week": formats.number(week.row.week)},
            f"week-{week.row.week}", True,
        )
        for week in weeks
        if week.may_say and not week.own_words and week.row.state == CheckInState.PLANNED
        and week.row.due_on <= soon
    ]  # fmt: skip


def _read(page: ProbationPage, weeks: Sequence[Week]) -> list[Gap]:
    unread = [week for week in weeks if week.row.held_on and week.row.seen_at is None]
    return [
        Gap(
            _("What was said in week %(week)s is not confirmed as read.")
            % {"week": formats.number(week.row.week)},
            f"week-{week.row.week}", week.may_confirm,
        )
        for week in unread
    ]  # fmt: skip


def _goals(page: ProbationPage) -> list[Gap]:
    open_ones = [
        now for now in page.goals if now.goal.kind == GoalKind.FREE and now.goal.judged is None
    ]
    return [
        Gap(
            _("“%(goal)s” is not judged.") % {"goal": now.title}, f"goal-{now.goal.pk}",
            page.may("judge"),
        )
        for now in open_ones
    ]  # fmt: skip


def _firsts(page: ProbationPage) -> list[Gap]:
    """Accounts nobody has talked with, where talks are measured."""
    if not any(now.goal.kind == GoalKind.FIRST and now.row for now in page.goals):
        return []
    number = sum(line.first_on is None for line in page.accounts)
    if not number:
        return []
    sentence = ngettext(
        "With %(n)s account no talk is noted.", "With %(n)s accounts no talk is noted.", number
    ) % {"n": formats.number(number)}
    return [Gap(sentence, "accounts", rules.NEWCOMER in page.roles)]


def gaps_of_dismissal(
    page: ProbationPage, weeks: Sequence[Week], notes: Sequence[Evidence]
) -> list[str]:
    """What somebody who says "not passed" would be asked for and the file does not hold."""
    found = []
    if not any(note.kind in (EvidenceKind.FAULT, EvidenceKind.WARNING) for note in notes):
        found.append(_("No fault and no warning is noted: the reasons rest on words alone."))
    if not any(week.row.state == CheckInState.HELD for week in weeks):
        found.append(_("No weekly talk is noted: nobody can show that it was said in time."))
    if page.probation.limit is None:
        found.append(_("No limit is known for this country: ask your lawyer about the notice."))
    return found
