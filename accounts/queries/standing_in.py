"""On an account's own page: who takes it over, who stands in these days, and whether a director
answers personally."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from accounts.choices import CoverState
from accounts.models import Account, Control, Cover, Handover
from accounts.queries.handover import live_handover
from people.models import Absence, User, company_day

AHEAD = dt.timedelta(days=14)
LIVE = (CoverState.PROPOSED, CoverState.AGREED)


@dataclass(frozen=True)
class StandIn:
    """`may_open`: the page of the absence is the reader's too."""

    cover: Cover
    may_open: bool
    is_running: bool
    is_mine: bool

    @property
    def last_day(self) -> dt.date:
        return self.cover.absence.valid_to - dt.timedelta(days=1)

    @property
    def is_agreed(self) -> bool:
        return self.cover.state == CoverState.AGREED


@dataclass(frozen=True)
class StandingIn:
    handover: Handover | None
    covers: list[StandIn]
    control: Control | None


def with_hands(rows: QuerySet[Account]) -> QuerySet[Account]:
    """Whether there is anything of `standing_in` to be read, asked for in the same query."""
    of_it = {"account": OuterRef("pk")}
    return rows.annotate(
        is_handed_over=Exists(Handover.objects.live().filter(**of_it)),
        is_covered=Exists(Cover.objects.filter(state__in=LIVE, **of_it)),
        is_controlled=Exists(Control.objects.filter(ended_at=None, **of_it)),
    )


def standing_in(account: Account, reader: User) -> StandingIn:
    """Now and within two weeks; no query for most accounts, four where all of it is so.

    The account is one of `with_hands` that the reader may open.
    """
    return StandingIn(
        live_handover(account, reader) if account.is_handed_over else None,
        _covers(account, reader) if account.is_covered else [],
        _control(account, reader) if account.is_controlled else None,
    )


def _covers(account: Account, reader: User) -> list[StandIn]:
    today = company_day()
    rows = Cover.objects.visible_to(reader).filter(
        account=account, state__in=LIVE, absence__cancelled_at=None,
        absence__valid_from__lte=today + AHEAD, absence__valid_to__gt=today,
    )  # fmt: skip
    covers = list(
        rows.select_related("absence__user", "substitute").order_by("absence__valid_from")
    )
    ids = [row.absence_id for row in covers]
    near = set(Absence.objects.visible_to(reader).filter(pk__in=ids).values_list("pk", flat=True))
    return [_line(row, reader, near, today) for row in covers]


def _control(account: Account, reader: User) -> Control | None:
    running = Control.objects.visible_to(reader).filter(account=account, ended_at=None)
    return running.select_related("director", "former").first()


def _line(row: Cover, reader: User, near: set[int], today: dt.date) -> StandIn:
    mine = row.substitute_id == reader.pk
    begun = row.state == CoverState.AGREED and row.absence.valid_from <= today
    return StandIn(row, mine or row.absence_id in near, begun, mine)
