"""Must-show of the gate: every way to write, every role, every standing; zero ways around."""

import ast
import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.template.backends.django import Template
from django.test import Client
from django.utils import timezone

from accounts.models import GateOverride
from common.errors import RuleBroken
from people.models import Company, company_day
from tests.cast import Cast, make_account, signed_in
from tests.gate import employ, make_key
from tests.gate_doors import DEPUTY, DOORS, HARMLESS, OWNER, STAYING, Door, Scene
from tests.test_architecture import relative, sources, tree

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
OPENING = {"place", "take_back", "put_back", "prolong_row", "step_aside"}


def through(scene: Scene, begin: dt.timedelta, end: dt.timedelta) -> None:
    employ(scene.cast.karl, 1)
    GateOverride.objects.create(
        account=scene.key, user=scene.cast.karl, reason="test", made_by=scene.cast.dora,
        valid_from=NOON + begin, valid_until=NOON + end,
    )  # fmt: skip


def asks_more(scene: Scene) -> None:
    employ(scene.cast.karl, 2)
    type(scene.key).objects.filter(pk=scene.key.pk).update(grade_needed=3)


STOPPED = {
    "on probation": lambda scene: employ(scene.cast.karl, 3, on_probation=True),
    "ungraded": lambda scene: None,
    "employed without a grade": lambda scene: employ(scene.cast.karl, None),
    "below the grade": lambda scene: employ(scene.cast.karl, 1),
    "below the account's own grade": asks_more,
    "let through until this minute": lambda scene: through(scene, -60 * MINUTE, 0 * MINUTE),
    "let through from the next minute": lambda scene: through(scene, MINUTE, 60 * MINUTE),
}
LET_IN = {
    "graded": lambda scene: employ(scene.cast.karl, 2),
    "let through": lambda scene: through(scene, 0 * MINUTE, MINUTE),
}
CASES = [(name, role) for name, door in DOORS.items() for role in door.who]


@pytest.fixture
def noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def scene(cast, noon, monkeypatch):
    """Pages are not drawn: that would take nine tenths of the time."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    Company.objects.update(set_up_at=timezone.now())
    employ(cast.lena, 3)
    return lambda role: Scene(cast, role, make_account("Hansa", owner=cast.lena))


def ready(door: Door, scene: Scene, standing: Callable[[Scene], object]) -> Scene:
    """The door prepared, the account key, Karl what he is."""
    door.prepare(scene)
    make_key(scene.key)
    standing(scene)
    return scene


def held(scene: Scene) -> set:
    rows = scene.key.assignments.filter(user=scene.cast.karl, role=scene.role)
    rows = rows.unexpired().exclude(valid_to__lte=company_day())
    return set(rows.values_list("pk", "valid_to"))


@contextmanager
def taken_back() -> Iterator[None]:
    point = transaction.savepoint()
    yield
    transaction.savepoint_rollback(point)


def gets_in(door: Door, scene: Scene, client: Client) -> bool:
    """Whether who sits at this client got Karl in; everything is taken back."""
    key, before = scene.key, held(scene)
    with taken_back():
        try:
            with transaction.atomic():
                door.knock(scene, client)
        except (RuleBroken, ObjectDoesNotExist):
            pass
        done = bool(held(scene) - before)
    scene.key = key
    return done


def everybody_tries(scene: Scene, door: Door, standings: dict) -> Iterator[tuple[str, set[str]]]:
    """For each standing who of the whole cast got Karl in."""
    cast = scene.cast
    clients = {name: signed_in(getattr(cast, name)) for name in Cast.__dataclass_fields__}
    for name, client in clients.items():
        client.actor = getattr(cast, name)
    for what, standing in standings.items():
        with taken_back():
            made = ready(door, Scene(cast, scene.role, scene.key), standing)
            yield what, {who for who, client in clients.items() if gets_in(door, made, client)}


@pytest.mark.parametrize(("name", "role"), CASES)
def test_nobody_gets_in_whom_the_gate_stops(scene, name, role):
    found = dict(everybody_tries(scene(role), DOORS[name], STOPPED))
    assert found == dict.fromkeys(STOPPED, set())


@pytest.mark.parametrize(("name", "role"), CASES)
def test_the_same_doors_open_to_who_may_and_only_by_the_hand_of_who_may(scene, name, role):
    """Else the walk above would prove nothing."""
    door = DOORS[name]
    found = dict(everybody_tries(scene(role), door, LET_IN))
    assert found["graded"] == door.who[role]
    assert found["let through"] == (door.who[role] if door.until_then else set())


@pytest.mark.parametrize("role", [OWNER, DEPUTY])
@pytest.mark.parametrize("standing", [*STOPPED, *LET_IN])
def test_who_answers_for_what_becomes_key_stays_only_if_they_may(scene, role, standing):
    made = ready(STAYING, scene(role), (STOPPED | LET_IN)[standing])
    STAYING.knock(made, None)
    assert bool(held(made)) == (standing in LET_IN)
    owner = made.key.assignments.owners().today().get().user
    expected = {OWNER: made.cast.karl if standing in LET_IN else made.cast.dora}
    assert owner == expected.get(role, made.cast.lena)


def test_an_override_ends_to_the_minute(scene):
    made = ready(DOORS["form"], scene(OWNER), LET_IN["let through"])
    DOORS["form"].knock(made, signed_in(made.cast.dora))
    visible = type(made.key).objects.editable_by
    assert visible(made.cast.karl).filter(pk=made.key.pk).exists()
    with time_machine.travel(NOON + MINUTE - dt.timedelta(seconds=1), tick=False):
        assert visible(made.cast.karl).filter(pk=made.key.pk).exists()
    with time_machine.travel(NOON + MINUTE, tick=False):
        assert not visible(made.cast.karl).filter(pk=made.key.pk).exists()
        STAYING.knock(made, None)
        assert made.key.assignments.owners().today().get().user == made.cast.dora


# No door is missing


def callers() -> set[str]:
    """ "module.function:what" of every call into accounts.commands.placing that puts people in."""
    found = set()
    for path in sources():
        if relative(path) == "accounts/commands/placing.py" or "placing" not in path.read_text():
            continue
        imported = {
            alias.asname or alias.name: alias.name
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom) and node.module == "accounts.commands.placing"
            for alias in node.names
        }
        for function in ast.walk(tree(path)):
            if not isinstance(function, ast.FunctionDef):
                continue
            for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                of_module = (
                    isinstance(call.func, ast.Attribute)
                    and isinstance(call.func.value, ast.Name)
                    and call.func.value.id == "placing"
                )
                what = call.func.attr if of_module else imported.get(getattr(call.func, "id", ""))
                if what in OPENING:
                    found.add(f"{path.stem}.{function.name}:{what}")
    return found


def test_every_call_that_puts_somebody_in_has_its_door():
    known = HARMLESS.union(*(door.through for door in DOORS.values()))
    assert callers() == known, "give a new caller a door in tests/gate_doors.py"
