"""The account list as a table to take away: the rows and columns that are seen, no others."""

from collections.abc import Callable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Account, Scoring
from accounts.queries.filters import accounts_of
from accounts.queries.list_state import ListState
from accounts.queries.listing import Row, allowed_order, figure_of, rows_of, team_list
from common.places import country_name
from people.models import User

MOST = 100_000
CHUNK = 1_000
RELATED = ("owner", "segment", "territory", "score", "rhythm", "shown_health")


def header(columns: list[str], labels: dict[str, str]) -> list[str]:
    return [_("Account"), *(labels[name] for name in columns)]


def export_rows(user: User, state: ListState, columns: list[str]) -> Iterator[list]:
    """Cells of every row the list would show, in its order."""
    if state.view == "team":
        for named in team_list(user, state.q):
            yield [named.account.name, str(named.account.owner or "")]
        return
    scoring = Scoring.current()
    for row in _rows(user, state, scoring):
        yield [row.account.name, *(_cell(row, name) for name in columns)]


def export_selected(user: User, ids: list[int], columns: list[str]) -> Iterator[list]:
    """Cells of the chosen accounts, by name."""
    visible = Account.objects.visible_to
    ordered = visible(user).filter(pk__in=ids).order_by("name", "pk").values_list("pk", flat=True)
    for row in _read(user, visible, _chunks(ordered), Scoring.current()):
        yield [row.account.name, *(_cell(row, name) for name in columns)]


def _rows(user: User, state: ListState, scoring: Scoring) -> Iterator[Row]:
    order, down = allowed_order(user, state)

    def visible(reader: User) -> QuerySet[Account]:
        return accounts_of(reader, state, scoring)

    yield from _read(user, visible, _ordered_ids(visible(user), order, down), scoring)


def _read(
    user: User,
    visible: Callable[[User], QuerySet[Account]],
    chunks: Iterator[list[int]],
    scoring: Scoring,
) -> Iterator[Row]:
    """What is exported of the accounts with these ids, in their order, a chunk at a time; each by
    the rights of its moment, for an account may change hands while a long file is written."""
    for ids in chunks:
        user = User.objects.get(pk=user.pk)
        rows = visible(user).select_related(*RELATED).prefetch_related("tags", "external_ids")
        found = rows.in_bulk(ids)
        pairs = [(found[pk], getattr(found[pk], "score", None)) for pk in ids if pk in found]
        yield from rows_of(user, pairs, scoring, months=False)


def _ordered_ids(rows, order: str, down: bool) -> Iterator[list[int]]:
    """Ids in the list's order, those without the figure last, in chunks."""
    if order == "name":
        ids = rows.order_by(*(("-name", "-pk") if down else ("name", "pk")))
        yield from _chunks(ids.values_list("pk", flat=True)[:MOST])
        return
    figure = "score__revenue" if order == "change" else figure_of(order)
    known = list(rows.exclude(score=None).values_list("pk", figure, "score__revenue_before"))
    keyed = [
        (value if order != "change" else value - before, pk)
        for pk, value, before in known
        if value is not None
    ]
    ties_fall = down if order == "last_order" else False
    keyed.sort(key=lambda pair: -pair[1] if ties_fall else pair[1])
    keyed.sort(key=lambda pair: pair[0], reverse=down)
    having = {pk for _value, pk in keyed}
    rest = rows.order_by("name", "pk").values_list("pk", flat=True)
    yield from _chunks(
        [*(pk for _value, pk in keyed), *(pk for pk in rest if pk not in having)][:MOST]
    )


def _chunks(ids) -> Iterator[list[int]]:
    ids = list(ids)
    for begin in range(0, len(ids), CHUNK):
        yield ids[begin : begin + CHUNK]


def _cell(row: Row, name: str):
    account, score = row.account, row.score
    of_account = {
        "owner": lambda: str(account.owner or ""),
        "segment": lambda: account.segment.name if account.segment else "",
        "territory": lambda: account.territory.name if account.territory else "",
        "country": lambda: country_name(account.country),
        "tags": lambda: ", ".join(tag.name for tag in account.tags.all()),
        "number": lambda: ", ".join(number.value for number in account.external_ids.all()),
        "status": lambda: account.get_status_display(),
        "contact": lambda: (
            account.rhythm.last_two_way_on if getattr(account, "rhythm", None) else None
        ),
    }
    if name in of_account:
        return of_account[name]()
    if score is None:
        return None
    return {
        "tier": score.tier,
        "key": _("yes") if score.is_key else _("no"),
        "revenue": score.revenue,
        "revenue_before": score.revenue_before,
        "margin": row.margin,
        "share": row.share,
        "change": row.change,
        "health": row.health,
        "silence": row.silence and row.silence.days,
        "order_days": score.order_days,
        "last_order": score.last_order,
    }[name]
