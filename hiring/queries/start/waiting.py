"""What waits for a recruiter or a director: decisions, calls, sessions, new applications."""

import datetime as dt

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common import formats
from hiring.choices import (
    CallState,
    CandidacyState,
    OfferState,
    VacancyState,
    Verdict,
)
from hiring.models import CallEntry, Candidacy, Finding, Offer, Session, Stage, Vacancy
from hiring.queries.pipeline.cards import stale
from hiring.queries.sessions import Choice, choice_of
from hiring.queries.start.line import Line
from hiring.queries.start.owed import LIVE
from hiring.queries.start.trials import trial_lines
from hiring.rules.candidacy import last_working_day
from people.models import User, company_day, company_zone

WEEK = dt.timedelta(days=7)
LIVING = (VacancyState.OPEN, VacancyState.HELD)


def calls(user: User, now: dt.datetime) -> list[Line]:
    """Calls due until the end of the day, by vacancy, own vacancies first. One query."""
    rows = CallEntry.objects.filter(
        state=CallState.WAITING, due_at__lt=_tomorrow(now), candidacy__state=CandidacyState.ACTIVE,
        list__vacancy__state__in=LIVING,
    ).exclude(candidacy__candidate=None)  # fmt: skip
    found = (
        rows.order_by()
        .values("list__vacancy", "list__vacancy__title", "list__vacancy__recruiter")
        .annotate(number=Count("pk"), promised=Count("pk", filter=Q(is_callback=True)))
    )
    ordered = sorted(
        found, key=lambda row: (row["list__vacancy__recruiter"] != user.pk, -row["number"])
    )
    return [
        Line(
            figure=formats.number(row["number"]),
            sentence=row["list__vacancy__title"],
            evidence=_promised(row["promised"]),
            url=f"/hiring/{row['list__vacancy']}/calls/",
            label=_("Call"),
        )
        for row in ordered
    ]


def _promised(number: int) -> str:
    if not number:
        return ""
    words = ngettext("%(n)s was promised a call", "%(n)s were promised a call", number)
    return words % {"n": formats.number(number)}


def _tomorrow(now: dt.datetime) -> dt.datetime:
    zone = company_zone()
    day = now.astimezone(zone).date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time.min, tzinfo=zone)


def sessions(now: dt.datetime) -> list[Choice]:
    """Those of the next seven days and under way, with their vacancies. One query."""
    rows = Session.objects.filter(state__in=LIVE, ends_at__gt=now, starts_at__lte=now + WEEK)
    return [choice_of(one) for one in rows.select_related("vacancy").order_by("starts_at")[:8]]


def decisions(user: User, now: dt.datetime) -> list[Line]:
    """What a recruiter has to decide or to do next, by vacancy. Six queries."""
    trials = trial_lines(user, company_day())
    return [*_knock_outs(), *_offers(), *_unpublished(user), *trials, *_stale(now)]


def _knock_outs() -> list[Line]:
    rows = Finding.objects.filter(
        verdict=Verdict.FAILS, decided_at=None, candidacy__state=CandidacyState.ACTIVE
    )
    found = (
        rows.order_by()
        .values("candidacy__vacancy", "candidacy__vacancy__title")
        .annotate(number=Count("candidacy", distinct=True))
        .order_by("-number")
    )
    return [
        Line(
            figure=formats.number(row["number"]),
            sentence=_("Failing a rule: confirm or keep them"),
            evidence=row["candidacy__vacancy__title"],
            url=f"/hiring/{row['candidacy__vacancy']}/knock-outs/",
            label=_("Decide"),
            tone="cau",
        )
        for row in found
    ]


def _offers() -> list[Line]:
    words = {
        OfferState.PROPOSED: (_("An offer waits for approval"), _("Look")),
        OfferState.APPROVED: (_("An approved offer waits to be sent"), _("Send")),
        OfferState.SENT: (_("An offer waits for an answer"), _("Look")),
    }
    rows = Offer.objects.filter(state__in=list(words)).exclude(candidacy__candidate=None)
    rows = rows.select_related("candidacy__vacancy").order_by("expires_at")[:10]
    return [
        Line(
            figure="",
            sentence=words[OfferState(offer.state)][0],
            evidence=_("%(vacancy)s, answer by %(day)s")
            % {"vacancy": offer.candidacy.vacancy.title, "day": formats.day(offer.expires_at)},
            url=f"/hiring/offers/{offer.pk}/",
            label=words[OfferState(offer.state)][1],
        )
        for offer in rows
    ]


def _unpublished(user: User) -> list[Line]:
    """Approved or sent back, by the recruiter whose it is."""
    rows = Vacancy.objects.filter(recruiter=user).filter(
        Q(state=VacancyState.APPROVED) | Q(state=VacancyState.DRAFT, refusal__gt="")
    )
    found = []
    for row in rows.order_by("state", "pk"):
        approved = row.state == VacancyState.APPROVED
        found.append(
            Line(
                figure="",
                sentence=_("Approved, not published yet") if approved else _("Sent back to you"),
                evidence=row.title if approved else f"{row.title}: {row.refusal}",
                url=f"/hiring/{row.pk}/advert/",
                label=_("Publish") if approved else _("Change"),
            )
        )
    return found


def _stale(now: dt.datetime) -> list[Line]:
    stages = list(Stage.objects.filter(vacancy__state=VacancyState.OPEN))
    if not stages:
        return []
    rows = Candidacy.objects.active().filter(stale(stages, now)).exclude(candidate=None)
    return [
        Line(
            figure=formats.number(number),
            sentence=_("Waiting too long in a stage"),
            evidence=title,
            url=f"/hiring/{vacancy}/list/?stale=1",
            label=_("Look"),
        )
        for vacancy, title, number in _by_vacancy(rows)
    ]


def _by_vacancy(rows: QuerySet[Candidacy]) -> QuerySet:
    """Key, title and how many of these candidacies, the most first."""
    found = rows.order_by().values_list("vacancy", "vacancy__title")
    return found.annotate(number=Count("pk")).order_by("-number")


def last_time(now: dt.datetime) -> dt.datetime:
    """Since when applications are new: the beginning of the working day before."""
    return last_working_day(now, company_zone())


def applications(now: dt.datetime) -> list[Line]:
    """Who applied since the last working day, by vacancy. One query."""
    rows = Candidacy.objects.filter(applied_at__gte=last_time(now)).exclude(candidate=None)
    return [
        Line(
            figure=formats.number(number),
            sentence=title,
            url=f"/hiring/{vacancy}/list/?sort=-added",
            label=_("Look"),
        )
        for vacancy, title, number in _by_vacancy(rows)
    ]


def standing() -> dict[str, int]:
    """Vacancies open, places to fill in them, waiting for approval, on hold. One query."""
    states = VacancyState
    return Vacancy.objects.aggregate(
        open=Count("pk", filter=Q(state=states.OPEN)),
        waiting=Count("pk", filter=Q(state=states.PROPOSED)),
        held=Count("pk", filter=Q(state=states.HELD)),
    )


def recruiter_page(user: User, now: dt.datetime | None = None) -> dict:
    """All of it, ready for the template; about a dozen queries however many people there are."""
    now = now or timezone.now()
    return {
        "calls": calls(user, now),
        "sessions": sessions(now),
        "decisions": decisions(user, now),
        "applications": applications(now),
        "since": last_time(now),
        "standing": standing(),
        "now": now,
    }
