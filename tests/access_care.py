"""Absences, covers, departures and controls for the walk of all addresses."""

from itertools import count

from accounts.models import Control, Cover
from people.models import Departure, User
from tests.care import in_days, make_absence
from tests.cast import Cast, make_account

numbers = count(1)


def absence(cast: Cast, owner: User) -> dict:
    make_account(f"Absence access {next(numbers)}", owner=owner)
    return {"pk": make_absence(owner).pk}


def _cover(owner: User, substitute: User) -> Cover:
    account = make_account(f"Cover access {next(numbers)}", owner=owner)
    return Cover.objects.create(absence=make_absence(owner), account=account, substitute=substitute)


def cover_of(cast: Cast, owner: User) -> dict:
    """Somebody else stands in for the owner."""
    return {"pk": _cover(owner, cast.rita).pk}


def stand_in(cast: Cast, owner: User) -> dict:
    """The owner is asked to stand in for somebody of no team."""
    return {"pk": _cover(cast.sam, owner).pk}


def stood_in_absence(cast: Cast, owner: User) -> dict:
    return {"pk": _cover(cast.sam, owner).absence_id}


def leaver(cast: Cast, owner: User) -> dict:
    return {"pk": owner.pk}


def departure(cast: Cast, owner: User) -> dict:
    row, _made = Departure.objects.get_or_create(
        user=owner, closed_at=None, cancelled_at=None,
        defaults={"kind": "other", "last_day": in_days(9), "made_by": cast.dora},
    )  # fmt: skip
    return {"pk": row.pk}


def control(cast: Cast, owner: User) -> dict:
    account = make_account(f"Control access {next(numbers)}", owner=owner)
    row = Control.objects.create(
        account=account, director=cast.dora, reason="access", valid_from=in_days(-3),
        valid_to=in_days(40),
    )  # fmt: skip
    return {"pk": row.pk}


MAKERS = {
    "absence": absence,
    "leaver": leaver,
    "control": control,
    "cover_of": cover_of,
    "departure": departure,
    "stand_in": stand_in,
    "stood_in_absence": stood_in_absence,
}
