"""What a device needs to log touchpoints without a connection: the reader's own, and little."""

import datetime as dt
from collections import defaultdict

from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone

from accounts.choices import AccountStatus, TouchpointState
from accounts.models import Account, Position, Tie, Touchpoint
from common import folding
from common.ids import row_id
from common.offline import build
from people.models import Attachment, User, company_day

MOST_ACCOUNTS = 150
MOST_PEOPLE = 30
MOST_RECENT = 60
MOST_FOUND = 20
GONE = (AccountStatus.CLOSED, AccountStatus.MERGED)


def log_data(reader: User, *, wanted: str = "") -> dict:
    """Accounts to choose from with their people, today's plans first; a constant number of queries.

    `wanted` is the number of an account the reader comes from, or words to look for among all.
    """
    today = timezone.localdate()
    plans = _plans(reader, today)
    recent = _recent(reader)
    accounts = _accounts(reader, [*plans, *recent], wanted)
    people = _people([account.pk for account in accounts], today)
    rows = [_row(account, people[account.pk], plans.get(account.pk)) for account in accounts]
    return {
        "user": reader.pk,
        "language": reader.language,
        "build": build(),
        "today": today.isoformat(),
        "made_at": timezone.now().isoformat(),
        "first": _first(rows, plans, recent, wanted),
        "accounts": rows,
        "owners": _owners(reader),
    }


def _plans(reader: User, today: dt.date) -> dict[int, Touchpoint]:
    """Account → what the reader has planned with it today; the one nearest to now."""
    midnight = timezone.make_aware(dt.datetime.combine(today, dt.time.min))
    mine = Q(author=reader) | Q(colleagues=reader)
    rows = (
        Touchpoint.objects.editable_by(reader)
        .filter(mine, state=TouchpointState.PLANNED, at__gte=midnight)
        .filter(at__lt=midnight + dt.timedelta(days=1))
        .distinct()
        .prefetch_related("presences")
    )
    now, nearest = timezone.now(), {}
    for row in sorted(rows, key=lambda row: abs(row.at - now)):
        nearest.setdefault(row.account_id, row)
    return nearest


def _recent(reader: User) -> list[int]:
    """Accounts by when the reader last logged something there."""
    mine = Touchpoint.objects.done().filter(author=reader).order_by("-at")
    return list(dict.fromkeys(mine.values_list("account", flat=True)[:MOST_RECENT]))


def _accounts(reader: User, first: list[int], wanted: str) -> list[Account]:
    """The account asked for, then `first` in their order, then others by tier and name."""
    open_ones = Account.objects.editable_by(reader).exclude(status__in=GONE)
    open_ones = open_ones.select_related("score")
    number = row_id(wanted)
    if wanted and number is None:
        for word in folding.fold(wanted[:100]).split():
            open_ones = open_ones.filter(search_text__contains=word)
        return list(open_ones[:MOST_FOUND])
    asked = list(dict.fromkeys([*([number] if number else []), *first]))
    known = {row.pk: row for row in open_ones.filter(pk__in=asked)}
    by_weight = open_ones.order_by(F("score__tier").asc(nulls_last=True), "name", "pk")
    others = list(by_weight.exclude(pk__in=known)[:MOST_ACCOUNTS])
    return [*(known[pk] for pk in asked if pk in known), *others][:MOST_ACCOUNTS]


def _people(accounts: list[int], today: dt.date) -> dict[int, list[dict]]:
    """The known people of each account, the last met first; places nobody known holds are left out.

    Somebody without a tie here was never met by any of us.
    """
    places = (
        Position.objects.on(today)
        .filter(account__in=accounts, contact__merged_into=None)
        .exclude(contact__name="")
        .select_related("contact", "role")
    )
    ties = Tie.objects.filter(account__in=accounts, colleague=None)
    met = dict(ties.values_list("contact").annotate(last=Max("last_on")))
    long_ago = dt.date.min
    found = defaultdict(list)
    for place in sorted(places, key=lambda place: place.contact.name):
        found[place.account_id].append(
            {
                "id": place.contact_id,
                "name": place.contact.name,
                "role": str(place.role) if place.role else place.title,
                "photo": photo_of(place),
                "met": met.get(place.contact_id) or long_ago,
            }
        )
    for rows in found.values():
        rows.sort(key=lambda row: row["met"], reverse=True)
        for row in rows:
            del row["met"]
    return defaultdict(list, {pk: rows[:MOST_PEOPLE] for pk, rows in found.items()})


def photo_of(place: Position) -> str:
    """The address of the picture, which itself stays on the server."""
    if not place.contact.photo:
        return ""
    return reverse("accounts:contact_photo", args=[place.account_id, place.contact_id])


def _row(account: Account, people: list[dict], plan: Touchpoint | None) -> dict:
    score = getattr(account, "score", None)
    planned = plan and {
        "key": str(plan.key),
        "at": plan.at.isoformat(),
        "channel": plan.channel,
        "contacts": [row.contact_id for row in plan.presences.all()],
        "subject": plan.subject,
    }
    return {
        "id": account.pk,
        "name": account.name,
        "place": account.city,
        "tier": score.tier if score and score.tier in ("A", "B", "C") else "",
        "people": people,
        "planned": planned,
    }


def _first(rows: list[dict], plans: dict, recent: list[int], wanted: str) -> int | None:
    """The account to begin with: the one asked for, today's plan, the last one used."""
    there = {row["id"] for row in rows}
    wishes = [row_id(wanted), *plans, *recent, *(row["id"] for row in rows)]
    return next((pk for pk in wishes if pk in there), None)


def _owners(reader: User) -> list[dict]:
    """Who may be given the next step: the reader, their assistants, the managers they assist."""
    pairs = Attachment.objects.on(company_day()).filter(Q(manager=reader) | Q(assistant=reader))
    others = User.objects.active().filter(
        Q(pk__in=pairs.values("assistant")) | Q(pk__in=pairs.values("manager"))
    )
    rows = [{"id": user.pk, "name": user.name} for user in others if user.pk != reader.pk]
    return [{"id": reader.pk, "name": reader.name}, *rows]
