"""Find accounts, people, talks and tasks by what somebody typed: any words; one slip is forgiven
where nothing fits as it was typed.

Candidates come from common.finding; what the reader may see is decided by visible_to when their
rows are read, so that a candidate too many does no harm. Private notes are in no text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, IntegerField, Prefetch, QuerySet, Value, When

from accounts.models import Account, Contact, Position, Task, Touchpoint
from common import folding
from common.finding import EVERYTHING, FROM_INDEX, Among, Lookup, Wanted, newest_with
from people.models import User

NEAR, NEAR_TEXTS, NEAR_DEEP = 300, 60, 1_000  # candidates, and how many are weighed for them
NEWEST_NAMES = 200
LISTED = 200  # of one kind; who looks for more adds a word


class Kind(StrEnum):
    ACCOUNTS = "accounts"
    PEOPLE = "people"
    TOUCHPOINTS = "touchpoints"
    TASKS = "tasks"


@dataclass(frozen=True)
class Hits:
    """Rows of one kind, and whether there are more."""

    kind: Kind
    rows: list
    has_more: bool = False


class Sight:
    """Where a reader's rows lie: `ids` of the accounts they may open, None for all of them."""

    def __init__(self, user: User):
        self.user = user
        accounts = Account.objects.visible_to(user)
        self.ids = None if user.is_director else list(accounts.values_list("pk", flat=True))

    def accounts(self) -> Among:
        return self._among({"id": self.ids})

    def people(self) -> Among:
        if self.ids is None:
            return EVERYTHING
        places = Position.objects.filter(account__in=self.ids).values_list("contact", flat=True)
        return Among({"id": list(places.order_by().distinct())})

    def touchpoints(self) -> Among:
        return self._among({"account_id": self.ids}, has_lanes=True)

    def tasks(self) -> Among:
        mine = [self.user.pk]
        return self._among({"account_id": self.ids, "owner_id": mine, "created_by_id": mine})

    def _among(self, columns: dict, *, has_lanes: bool = False) -> Among:
        return EVERYTHING if self.ids is None else Among(columns, has_lanes)


def find(
    user: User,
    text: str,
    most: int,
    *,
    kinds: tuple[Kind, ...] = tuple(Kind),
    skip: int = 0,
    in_brief: bool = False,
) -> list[Hits]:
    """Up to `most` rows of each kind after the first `skip`; with slips if none fits as typed.

    `in_brief`: who sees everybody's talks is spared the old ones where a name fits.
    """
    if not folding.words(text) or not user.is_active:
        return [Hits(kind, []) for kind in kinds]
    sight = Sight(user)
    among = {kind: getattr(sight, kind.value)() for kind in kinds}
    if in_brief and sight.ids is None:
        found = _exact(text, {kind: among[kind] for kind in kinds if kind in BY_NAME}, most)
        others = {kind: among[kind] for kind in kinds if kind not in BY_NAME}
        has_names = any(found.values())
        found |= _exact(text, others, skip + most + 1, deep=0 if has_names else FROM_INDEX)
    else:
        found = _exact(text, among, skip + most + 1)
    if not any(found.values()):
        found = _near(text, among)
    return [_hits(sight, kind, text, found[kind], skip, most) for kind in kinds]


def find_accounts(user: User, text: str, most: int) -> list[Account]:
    return find(user, text, most, kinds=(Kind.ACCOUNTS,))[0].rows


def _exact(
    text: str, among: dict[Kind, Among], most: int, *, deep: int = FROM_INDEX
) -> dict[Kind, list[int]]:
    """`deep`: of how many old talks at most; names are few, and all of them are looked through."""
    # Names are put in order later, so more of them are fetched than are shown.
    wanted = folding.wanted(text)
    answers = newest_with(
        [
            _lookup(kind, wanted, LISTED, where)
            if kind in BY_NAME
            else _lookup(kind, wanted, most, where, deep=FROM_INDEX if kind == Kind.TASKS else deep)
            for kind, where in among.items()
        ]
    )
    return {k: [pk for pk, _text in rows] for k, rows in zip(among, answers, strict=True)}


def _near(text: str, among: dict[Kind, Among]) -> dict[Kind, list[int]]:
    """What fits but for a slip."""
    wanted = folding.nearly_wanted(text)
    answers = newest_with(
        [
            _lookup(kind, wanted, NEAR if kind in BY_NAME else NEAR_TEXTS, where, deep=NEAR_DEEP)
            for kind, where in among.items()
        ]
    )
    return {
        kind: [pk for pk, folded in rows if folding.is_nearly(text, folded)]
        for kind, rows in zip(among, answers, strict=True)
    }


def _lookup(kind: Kind, wanted: Wanted, most: int, where: Among, **how) -> Lookup:
    """Talks stand by their day. They are many and many say the same; names are few that do."""
    if kind == Kind.TOUCHPOINTS:
        return Lookup(MODELS[kind]._meta.db_table, wanted, most, where, order="at", **how)
    how["only"] = PRESENT.get(kind, "TRUE")
    return Lookup(MODELS[kind]._meta.db_table, wanted, most, where, newest=NEWEST_NAMES, **how)


def _hits(sight: Sight, kind: Kind, text: str, ids: list[int], skip: int, most: int) -> Hits:
    rows = ROWS[kind](sight).filter(pk__in=ids)
    if not ids:
        found = []
    elif kind in BY_NAME:
        begins = When(search_text__startswith=f"\n{folding.fold(text)}", then=Value(0))
        first = Case(begins, default=Value(1), output_field=IntegerField())
        found = list(rows.order_by(first, "name", "pk")[skip : skip + most + 1])
    else:
        known = {row.pk: row for row in rows.filter(pk__in=ids[skip : skip + most + 1])}
        found = [known[pk] for pk in ids[skip : skip + most + 1] if pk in known]
    return Hits(kind, found[:most], len(found) > most)


def _accounts(sight: Sight) -> QuerySet[Account]:
    return Account.objects.visible_to(sight.user).present().select_related("segment", "owner")


def _people(sight: Sight) -> QuerySet[Contact]:
    """With the places the reader may know of as `places`, the latest last."""
    user = sight.user
    places = Position.objects.visible_to(user).select_related("account").order_by("valid_from")
    shown = Prefetch("positions", queryset=places, to_attr="places")
    return Contact.objects.visible_to(user).present().prefetch_related(shown)


def _touchpoints(sight: Sight) -> QuerySet[Touchpoint]:
    """Rights by the numbers of the accounts, read a moment ago: with the whole condition the
    planner reads all talks of a busy account to find these few."""
    rows = Touchpoint.objects.visible_to(sight.user)
    if sight.ids is not None:
        rows = Touchpoint.objects.filter(account__in=sight.ids)
    return rows.select_related("account")


def _tasks(sight: Sight) -> QuerySet[Task]:
    return Task.objects.visible_to(sight.user).select_related("account")


# As .present() says it: who was merged away keeps a name with a slip, and shall not hide others.
PRESENT = {Kind.ACCOUNTS: "status <> 'merged'", Kind.PEOPLE: "merged_into_id IS NULL"}
BY_NAME = (Kind.ACCOUNTS, Kind.PEOPLE)
MODELS = {Kind.ACCOUNTS: Account, Kind.PEOPLE: Contact, Kind.TOUCHPOINTS: Touchpoint,
          Kind.TASKS: Task}  # fmt: skip
ROWS: dict[Kind, Callable[[Sight], QuerySet]] = {
    Kind.ACCOUNTS: _accounts, Kind.PEOPLE: _people, Kind.TOUCHPOINTS: _touchpoints,
    Kind.TASKS: _tasks,
}  # fmt: skip


def is_meant(text: str, label: str) -> bool:
    """Whether every typed word begins or lies within the label."""
    folded = folding.fold(label)
    return all(word in folded for word in folding.words(text))
