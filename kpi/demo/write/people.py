"""Company, staff, teams and who assists whom."""

import datetime as dt

from django.contrib.auth.hashers import make_password

from kpi.demo.people import PASSWORD, PEOPLE, SERVES, TEAMS
from kpi.demo.write import World
from people.models import Attachment, Company, Membership, RoleGrant, Team, User

FOUNDED = dt.date(2014, 3, 1)


def write_people(world: World) -> None:
    # A demo is opened by strangers who have no second device: no role must have a second factor.
    fields = {
        "name": "Severpack",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "second_factor_roles": [],
        "set_up_at": world.at(2000),
    }
    Company.objects.update_or_create(pk=1, defaults=fields)
    secret = make_password(PASSWORD)
    rows = [
        User(
            email=person.email,
            name=person.name,
            title=person.title,
            language=person.language,
            time_zone=person.time_zone,
            password=secret,
            preferences={"demo": person.demo} if person.demo else {},
            created_at=world.at(person.joined_days_ago),
        )
        for person in PEOPLE
    ]
    User.objects.bulk_create(rows)
    world.users = dict(zip((person.key for person in PEOPLE), rows, strict=True))
    RoleGrant.objects.bulk_create(
        RoleGrant(user=world.users[person.key], role=role)
        for person in PEOPLE
        for role in person.roles
    )
    _write_teams(world)


def _write_teams(world: World) -> None:
    teams = {
        key: Team.objects.create(name=name, lead=world.users[lead])
        for key, (name, lead) in TEAMS.items()
    }
    Membership.objects.bulk_create(
        Membership(
            user=world.users[person.key],
            team=teams[person.team],
            valid_from=world.day(person.joined_days_ago),
        )
        for person in PEOPLE
        if person.team
    )
    Attachment.objects.bulk_create(
        Attachment(
            assistant=world.users[assistant],
            manager=world.users[manager],
            valid_from=world.day(700),
        )
        for assistant, managers in SERVES.items()
        for manager in managers
    )
