"""The people every test knows, and small makers of objects.

Dora directs. Lena leads the north team, where Karl is a KAM too and Anna assists him. Kim is a KAM
of the south team. Rita recruits, Ivan interviews, Adam administers. Sam has no role: a stranger.
"""

import datetime as dt
import re
from dataclasses import dataclass
from itertools import count

from django.test import Client

from accounts.models import Account, Assignment
from people.choices import Role
from people.models import Attachment, Company, Membership, RoleGrant, Team, User

LONG_AGO = dt.date(2020, 1, 1)
PASSWORD = "a-long-enough-password"
RANDOM = re.compile(r"\b[A-Za-z0-9_-]{40,}\b")  # tokens of forms, nonces, personal links
numbers = count(1)


@dataclass(frozen=True)
class Cast:
    dora: User
    lena: User
    karl: User
    anna: User
    kim: User
    rita: User
    ivan: User
    adam: User
    sam: User


def make_user(name: str, *roles: str, **fields) -> User:
    user = User.objects.create_user(
        email=fields.pop("email", f"{name.lower()}@example.org"),
        password=fields.pop("password", None),
        name=name,
        **fields,
    )
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in roles)
    return user


def make_company(**fields) -> Company:
    defaults = {
        "name": "Severpack",
        "currency": "EUR",
        "language": "en",
        "time_zone": "UTC",
        "second_factor_roles": [],  # asked for where it is tested
    }
    return Company.objects.update_or_create(pk=1, defaults={**defaults, **fields})[0]


def make_cast() -> Cast:
    make_company()
    cast = Cast(
        dora=make_user("Dora", Role.DIRECTOR),
        lena=make_user("Lena", Role.KAM),
        karl=make_user("Karl", Role.KAM),
        anna=make_user("Anna", Role.ASSISTANT),
        kim=make_user("Kim", Role.KAM),
        rita=make_user("Rita", Role.RECRUITER),
        ivan=make_user("Ivan", Role.INTERVIEWER),
        adam=make_user("Adam", Role.ADMINISTRATOR),
        sam=make_user("Sam"),
    )
    north = Team.objects.create(name="North", lead=cast.lena)
    south = Team.objects.create(name="South")
    for user, team in ((cast.lena, north), (cast.karl, north), (cast.kim, south)):
        Membership.objects.create(user=user, team=team, valid_from=LONG_AGO)
    Attachment.objects.create(assistant=cast.anna, manager=cast.karl, valid_from=LONG_AGO)
    return cast


def without_tokens(answer) -> str:
    """The page without what is drawn at random: a text looked for may stand in it by chance."""
    return RANDOM.sub("", answer.content.decode())


def signed_in(user: User, client: Client | None = None) -> Client:
    client = client or Client()
    client.force_login(user)
    return client


def make_account(name: str = "", *, owner: User | None = None, **fields) -> Account:
    account = Account.objects.create(
        name=name or f"Customer {next(numbers)}", owner=owner, **fields
    )
    if owner:
        Assignment.objects.create(account=account, user=owner, role="owner", valid_from=LONG_AGO)
    return account
