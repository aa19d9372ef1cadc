"""What pages show of vacancies: the list, the head above every tab, the history."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from common import folding, formats
from hiring.choices import CandidacyState, EmployerKind, StageKind, VacancyState
from hiring.models import Candidacy, Vacancy
from hiring.queries.benchmark import Compared, compared, range_words
from hiring.queries.sections import vacancy_tabs
from hiring.rules import vacancy as rules
from hiring.rules.benchmark import experience_of
from people.models import User

TONES = {
    VacancyState.PROPOSED: "cau",
    VacancyState.APPROVED: "inf",
    VacancyState.OPEN: "pos",
    VacancyState.HELD: "cau",
}
PAGE = 30
CURRENT = (VacancyState.DRAFT, VacancyState.PROPOSED, VacancyState.APPROVED, VacancyState.OPEN,
           VacancyState.HELD)  # fmt: skip
SCOPES = {
    "current": CURRENT,
    "approval": (VacancyState.PROPOSED,),
    "public": (VacancyState.OPEN,),
    "ended": (VacancyState.FILLED, VacancyState.CLOSED),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A button of the vacancy's life; `asks`: a reason is asked for in the drawer."""

    action: str
    label: str
    url: str
    icon: str
    is_primary: bool = False
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above every page of one vacancy."""

    vacancy: Vacancy
    tone: str
    pay: str
    days_open: int | None
    tabs: list[dict]
    steps: list[Step]
    more: list[Step]
    may_edit: bool
    is_public: bool
    public_url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; without `is_whole` only the name is the reader's to know."""

    vacancy: Vacancy
    tone: str
    url: str
    is_whole: bool
    is_public: bool
    counts: list[tuple[str, int]] = field(default_factory=list)
    people: int = 0
    hired: int = 0


def pay_words(vacancy: Vacancy) -> str:
    """The pay as one range: "90,000–120,000 ₽"; "" where nobody has set any."""
    low, high, currency = vacancy.pay_from, vacancy.pay_to, vacancy.pay_currency
    if low is not None and high is not None and low != high:
        first, last = formats.number(low, 0), formats.money(high, currency, 0)
        return range_words(first, last)
    if low is None and high is None:
        return ""
    if low is not None and high is None:
        return _("from %(sum)s") % {"sum": formats.money(low, currency, 0)}
    sum_ = formats.money(high, currency, 0)
    return sum_ if low == high else _("up to %(sum)s") % {"sum": sum_}


def vacancies_in(reader: User, scope: str, text: str = "") -> QuerySet[Vacancy]:
    """Of one scope, matching every word of the text, the newest first; open ones before others."""
    rows = Vacancy.objects.visible_to(reader)
    if reader.hires:
        rows = rows.filter(state__in=SCOPES[scope])
    if wanted := folding.words(text):
        rows = rows.filter(pk__in=_matching(rows, wanted))
    return rows.select_related("profile", "recruiter", "team")


def _matching(rows: QuerySet[Vacancy], wanted: list[str]) -> list[int]:
    """There are few vacancies, so their names are folded as they are read; both scripts match."""
    found = []
    for pk, title, city in rows.values_list("pk", "title", "city"):
        text = folding.fold(f"{title} {city}")
        text = f"{text} {folding.latin(text)}"
        if all(word in text or folding.latin(word) in text for word in wanted):
            found.append(pk)
    return found


def scope_counts(reader: User) -> dict[str, int]:
    """How many vacancies of each scope, in one query."""
    wanted = {scope: Count("pk", filter=Q(state__in=states)) for scope, states in SCOPES.items()}
    return Vacancy.objects.visible_to(reader).aggregate(**wanted)


def counts_by_kind(vacancies: Iterable[Vacancy]) -> dict[int, dict[str, int]]:
    """People under way by vacancy and kind of stage, and all who were hired: one query."""
    wanted = {
        kind: Count("pk", filter=Q(state=CandidacyState.ACTIVE, stage__kind=kind))
        for kind in StageKind.values
        if kind != StageKind.HIRED
    }
    wanted["hired"] = Count("pk", filter=Q(state=CandidacyState.HIRED))
    ids = [vacancy.pk for vacancy in vacancies]
    found = (
        Candidacy.objects.filter(vacancy__in=ids).order_by().values("vacancy").annotate(**wanted)
    )
    return {row.pop("vacancy"): row for row in found}


def list_rows(reader: User, vacancies: Iterable[Vacancy]) -> list[Row]:
    """Counts for those who hire; others get the names alone."""
    vacancies = list(vacancies)
    counts = counts_by_kind(vacancies) if reader.hires else {}
    today, rows = timezone.localdate(), []
    for vacancy in vacancies:
        mine = counts.get(vacancy.pk, {})
        shown = [(StageKind(kind).label, n) for kind, n in mine.items() if n and kind != "hired"]
        rows.append(
            Row(
                vacancy=vacancy, tone=TONES.get(vacancy.state, ""), is_whole=reader.hires,
                is_public=is_public(vacancy, today), url=row_url(vacancy, reader, today),
                counts=shown, people=sum(n for _label, n in shown), hired=mine.get("hired", 0),
            )
        )  # fmt: skip
    return rows


def is_public(vacancy: Vacancy, today: dt.date) -> bool:
    """As the world sees it; the same rule as VacancyQuerySet.published."""
    in_date = vacancy.closes_on is None or vacancy.closes_on >= today
    published = vacancy.published_at is not None and vacancy.published_at <= timezone.now()
    return vacancy.state == VacancyState.OPEN and in_date and published


def row_url(vacancy: Vacancy, reader: User, today: dt.date) -> str:
    """The board for who hires, the public page for the others, nothing where there is none."""
    if reader.hires:
        tabs = vacancy_tabs(vacancy, reader, "")
        return tabs[0]["url"] if vacancy.state in SCOPES["public"] else page_url(vacancy)
    return reverse("hiring:job_page", args=[vacancy.slug]) if is_public(vacancy, today) else ""


def page_url(vacancy: Vacancy) -> str:
    return reverse("hiring:advert_page", args=[vacancy.pk])


def vacancy_head(vacancy: Vacancy, reader: User, current: str = "advert") -> Head:
    """The head and the tabs of a vacancy's pages; `current` is the key of the page's own tab.

    It asks only for what is not yet loaded of the vacancy (select_related helps), so that the
    board stays as fast with many people as with few.
    """
    today = timezone.localdate()
    steps = steps_of(vacancy, reader)
    since = vacancy.published_at
    return Head(
        vacancy=vacancy, tone=TONES.get(vacancy.state, ""), pay=pay_words(vacancy),
        days_open=(today - formats.local_day(since)).days if since else None,
        tabs=vacancy_tabs(vacancy, reader, current),
        steps=[step for step in steps if step.is_primary],
        more=[step for step in steps if not step.is_primary],
        may_edit=reader.is_recruiter and bool(rules.editable_fields(vacancy.state)),
        is_public=is_public(vacancy, today),
        public_url=reverse("hiring:job_page", args=[vacancy.slug]),
    )  # fmt: skip


def asked(vacancy: Vacancy) -> list[tuple[str, str]]:
    """What a director is asked to say yes to: (label, value), without empty values."""
    profile = vacancy.profile
    where = vacancy.city or (_("anywhere") if vacancy.is_remote else "")
    last = vacancy.closes_on
    rows = [
        (_("Profile"), profile.name),
        (_("Grade"), str(profile.get_grade_display())),
        (_("Openings"), formats.number(vacancy.openings)),
        (_("Place"), where),
        (_("Pay, a month"), pay_words(vacancy)),
        (_("Commission"), profile.commission),
        (_("Team"), str(vacancy.team or "")),
        (_("Recruiter"), str(vacancy.recruiter)),
        (_("Proposed by"), str(vacancy.proposed_by or "")),
        (_("Last day for applications"), formats.day(last) if last else ""),
    ]
    return [(label, value) for label, value in rows if value]


def benchmark_of(vacancy: Vacancy, reader: User) -> Compared | None:
    """The market beside the pay: companies in its city, by the experience of its grade."""
    return compared(
        reader, city=vacancy.city, employer=EmployerKind.COMPANY,
        experience=experience_of(vacancy.profile.grade), pay_from=vacancy.pay_from,
        pay_to=vacancy.pay_to, currency=vacancy.pay_currency,
    )  # fmt: skip


PRIMARY = ("propose", "publish", "resume", "approve")
ASKS = ("close", "send_back")


def steps_of(vacancy: Vacancy, reader: User) -> list[Step]:
    """The steps that are the reader's to take now; deciding has a page of its own."""
    is_author = reader.pk in (vacancy.proposed_by_id, vacancy.created_by_id)
    labels = {
        "propose": (_("Send for approval"), "send"),
        "withdraw": (_("Take back from approval"), "arrow-counterclockwise"),
        "revise": (_("Change the terms"), "unlock"),
        "publish": (_("Publish"), "globe"),
        "hold": (_("Put on hold"), "pause"),
        "resume": (_("Publish again"), "globe"),
        "fill": (_("Mark as filled"), "check-circle"),
        "close": (_("Close"), "archive"),
        "reopen": (_("Open again"), "arrow-counterclockwise"),
    }
    found = []
    for action in rules.open_steps(vacancy.state, reader.roles, is_author=is_author):
        if action == "approve":
            url = reverse("hiring:vacancy_approval", args=[vacancy.pk])
            found.append(Step(action, _("Decide"), url, "clipboard", is_primary=True, asks=True))
        elif action in labels:
            label, icon = labels[action]
            url = reverse("hiring:vacancy_step", args=[vacancy.pk, action])
            found.append(
                Step(action, label, url, icon, is_primary=action in PRIMARY, asks=action in ASKS)
            )
    return found
