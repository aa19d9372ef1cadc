"""Who stands where, and with whom, at an account of somebody else's."""

from accounts.models import Account, Division, Line, MapPlace
from tests.cast import LONG_AGO
from tests.field import make_contact, make_observation


def plant_map(account: Account, mark: str) -> None:
    part = Division.objects.create(account=account, name=f"{mark}-division")
    boss, buyer = (
        make_contact(account, f"{mark} {name}", title=f"{mark}-place", division=part,
                     organisation=f"{mark}-firm")
        for name in ("Boss", "Buyer")
    )  # fmt: skip
    make_contact(account, "", title=f"{mark}-hole")
    for fact, value in (("power", "3"), ("level", "1"), ("level_wanted", "4")):
        make_observation(boss, fact, value)
    for kind in ("reports", "influences", "conflict"):
        Line.objects.create(account=account, kind=kind, start=buyer, end=boss, valid_from=LONG_AGO)
    MapPlace.objects.create(account=account, contact=boss, x=7919133, y=7919133)
