"""What a plan of a trial begins with, and what it still lacks before the newcomer sees it."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.choices import AccountStatus, Tier
from accounts.models import AccountScore
from hiring.choices import OfferState
from hiring.models import Offer, Probation, ProbationLimit
from hiring.models.probation import OPEN
from hiring.queries.probation import ProbationPage, barred_now
from hiring.queries.probation_limits import limits
from hiring.queries.probation_roles import lead_of, may_lead
from hiring.rules import probation as rules
from people.choices import Grade
from people.models import Employment, Membership, User, company_day

WEEKS = (1, 2, 4)
USUAL_WEEKS = 4
LEAST_ORDER_DAYS = 2


def newcomers(reader: User) -> QuerySet[User]:
    """Active managers noted as on probation, now or from a day on, who have no trial yet; of a
    lead's team only for the lead."""
    on_trial = Employment.objects.filter(user=OuterRef("pk"), on_probation=True).filter(
        Q(valid_to=None) | Q(valid_to__gt=company_day())
    )
    rows = User.objects.active().filter(Exists(on_trial), role_grants__role="kam")
    rows = rows.exclude(pk=reader.pk).exclude(probations__state__in=OPEN)
    if not reader.hires:
        led = Membership.objects.on(company_day()).filter(team__lead=reader)
        rows = rows.filter(pk__in=led.values("user"))
    return rows.distinct().order_by("name", "pk")


def plans_for(reader: User) -> bool:
    """Whether the reader may begin a trial for anybody at all."""
    if reader.hires:
        return True
    led = Membership.objects.on(company_day()).filter(team__lead=reader)
    return led.exclude(user=reader).exists()


def accepted_offer(reader: User, user: User) -> Offer | None:
    """What the newcomer said yes to, where the reader may read offers."""
    rows = Offer.objects.visible_to(reader).filter(user=user, state=OfferState.ACCEPTED)
    return rows.select_related("candidacy__vacancy").first()


def first_plan(reader: User, user: User, offer: Offer | None) -> dict:
    """What the form holds when it opens: from the accepted offer, else from what is known."""
    today = company_day()
    employment = Employment.objects.filter(user=user, on_probation=True).order_by("-valid_from")
    row = employment.first()
    start = max(offer.starts_on if offer else row.valid_from if row else today, today)
    weeks = offer.probation_weeks if offer and offer.probation_weeks else USUAL_WEEKS
    country = offer.candidacy.vacancy.country if offer else ""
    return {
        "starts_on": start,
        "weeks": str(weeks) if weeks in WEEKS else "other",
        "ends_on": rules.end_of(start, weeks),
        "grade": (offer and offer.grade) or (row and row.grade) or Grade.PRACTISED,
        "law": law_of(reader, country or _usual_country()),
        "lead": lead_of(user),
        "former_helps": True,
        "criteria": _(
            "Turnover of the given accounts against the year before and against accounts like"
            " them; first meetings in time; every talk noted. Mentor and lead look at it together"
            " every week. A goal that must be reached may be missed only for reasons written down."
        ),
    }


def law_of(reader: User, country: str) -> str:
    """The value of the form's field for the general limit of a country."""
    row = limits(reader, country).filter(case="").first() if country else None
    if row:
        return f"limit:{row.pk}"
    return f"country:{country}" if country else ""


def _usual_country() -> str:
    """Where the last trial was held; "" before the first."""
    return Probation.objects.values_list("country", flat=True).first() or ""


def mentors(user: User) -> QuerySet[User]:
    return may_lead().exclude(pk=user.pk)


def usual_gap() -> int | None:
    """Days between two orders of an account of tier C, the median; None before the first ledger."""
    days = AccountScore.objects.filter(
        tier=Tier.C, account__status=AccountStatus.ACTIVE, order_days__gte=LEAST_ORDER_DAYS
    ).values_list("order_days", flat=True)
    return round(365 / median(days)) if days else None


@dataclass(frozen=True)
class Lack:
    """Something the plan needs before it can be offered; `part` is where on the page."""

    words: str
    part: str


def lacks(page: ProbationPage) -> list[Lack]:
    """In the order of the page; the offer itself asks again."""
    plan = page.probation
    found = []
    if plan.starts_on < company_day():
        found.append(Lack(_("The first day is over: choose another."), "terms"))
    if page.latest_end and plan.ends_on > page.latest_end:
        found.append(Lack(_("It is longer than the noted limit."), "terms"))
    if plan.mentor is None or plan.lead is None:
        found.append(Lack(_("Name a mentor and a lead."), "terms"))
    if not is_on_probation(plan.user, plan.starts_on):
        words = _("%(name)s is not noted as on probation from that day: note it on their page.")
        found.append(Lack(words % {"name": plan.user}, "terms"))
    if not plan.criteria:
        found.append(Lack(_("Write how the trial is judged."), "terms"))
    if not page.account_count:
        found.append(Lack(_("Choose the accounts."), "accounts"))
    found += [
        Lack(
            _("%(name)s cannot be part of it any more. %(why)s") % {"name": account, "why": why},
            "accounts",
        )
        for account, why in (barred_now(plan) if page.sees_accounts else ())
    ]
    if not page.goals:
        found.append(Lack(_("Set at least one goal."), "goals"))
    return found


def is_on_probation(user: User, day: dt.date) -> bool:
    return Employment.objects.on(day).filter(user=user, on_probation=True).exists()


def in_force(reader: User) -> Counter[int]:
    """How many trials refer to each limit."""
    rows = Probation.objects.visible_to(reader).exclude(limit=None)
    return Counter(rows.values_list("limit", flat=True))


def limit_by_value(reader: User, value: str) -> tuple[str, ProbationLimit | None]:
    """(country, limit) that a value of the form's field names."""
    kind, _colon, rest = value.partition(":")
    if kind != "limit":
        return rest, None
    row = limits(reader).get(pk=int(rest))
    return row.country, row
