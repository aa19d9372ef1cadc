"""On an account's own page: who stands in these days, and whether a director answers personally."""

import datetime as dt
from dataclasses import dataclass

from accounts.choices import CoverState
from accounts.models import Account, Control, Cover
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
    covers: list[StandIn]
    control: Control | None


def standing_in(account: Account, reader: User) -> StandingIn:
    """Now and within two weeks; three queries. The reader may open the account."""
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
    running = Control.objects.visible_to(reader).filter(account=account, ended_at=None)
    return StandingIn(
        [_line(row, reader, near, today) for row in covers],
        running.select_related("director", "former").first(),
    )


def _line(row: Cover, reader: User, near: set[int], today: dt.date) -> StandIn:
    mine = row.substitute_id == reader.pk
    begun = row.state == CoverState.AGREED and row.absence.valid_from <= today
    return StandIn(row, mine or row.absence_id in near, begun, mine)
