"""The number beside Hiring and the parts of the digest; counted anew each time, by one's rights."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring.choices import CandidacyState, OfferState, VacancyState, Verdict
from hiring.models import Candidacy, Offer, Sheet, Vacancy
from hiring.queries.start import director, owed, waiting
from people import notices
from people.models import Company, User
from people.notices import Item, Section


def waiting_rows(user: User) -> dict[str, QuerySet]:
    """Scorecards owed; for directors approvals, for recruiters people who fail a rule and offers to
    send."""
    now = timezone.now()
    wanted: dict[str, QuerySet] = {
        "sheets": Sheet.objects.within_window(user, now)
        .filter(submitted_at=None, held_at__lte=now)
        .exclude(candidacy__candidate=None)
    }
    if user.is_director:
        wanted["vacancies"] = Vacancy.objects.filter(state=VacancyState.PROPOSED).exclude(
            proposed_by=user
        )
        wanted["offers"] = Offer.objects.filter(state=OfferState.PROPOSED).exclude(made_by=user)
    if user.is_recruiter:
        wanted["rules"] = Candidacy.objects.filter(
            state=CandidacyState.ACTIVE,
            findings__verdict=Verdict.FAILS,
            findings__decided_at=None,
        ).distinct()
        wanted["unsent"] = Offer.objects.filter(state=OfferState.APPROVED)
    return wanted


def scorecards_due(user: User, day: dt.date) -> Section | None:
    """Of every role: what they were asked to judge and have not."""
    items = [
        Item(_("%(what)s (%(vacancy)s)") % {"what": one.sentence, "vacancy": one.evidence}, one.url)
        for one in owed.owed(user)
    ]
    return Section(_("Scorecards you owe"), items) if items else None


def sessions_ahead(user: User, day: dt.date) -> Section | None:
    """Sessions of the day that the reader observes."""
    zone = ZoneInfo(user.time_zone or Company.current().time_zone)
    items = [
        Item(
            _("%(when)s: %(title)s") % {"when": one.when, "title": one.title},
            one.url,
        )
        for one in owed.meetings(user)
        if timezone.localdate(one.session.starts_at, zone) == day
    ]
    return Section(_("Group interviews today"), items) if items else None


def hiring_due(user: User, day: dt.date) -> Section | None:
    """A director's approvals, a recruiter's decisions and calls."""
    now = timezone.now()
    lines = []
    if user.is_director:
        lines += director.approvals(user, day)
    if user.is_recruiter:
        lines += waiting.decisions(user, now)
    items = [Item(_words(line), line.url) for line in lines]
    if user.is_recruiter:
        items += [
            Item(
                _("Calls due today: %(number)s (%(vacancy)s)")
                % {"number": line.figure, "vacancy": line.sentence},
                line.url,
            )
            for line in waiting.calls(user, now)
        ]
    return Section(_("Hiring"), items) if items else None


def _words(line: waiting.Line) -> str:
    words = {"what": line.sentence, "vacancy": line.evidence, "number": line.figure}
    if line.figure:
        return _("%(what)s: %(number)s (%(vacancy)s)") % words
    return _("%(what)s (%(vacancy)s)") % words


notices.register_count("/hiring/", waiting_rows)
notices.register_section(scorecards_due)
notices.register_section(sessions_ahead)
notices.register_section(hiring_due)
