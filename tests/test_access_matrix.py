"""Every route x every role x own, team's and foreign object x reading and writing, as declared."""

from collections.abc import Iterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import yaml
from django.db import connection, transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.commands.criterion import install_criteria
from people import middleware
from people.models import User
from tests.access_objects import MAKERS
from tests.cast import Cast, make_cast, make_company

MATRIX = yaml.safe_load((Path(__file__).parent / "access_matrix.yaml").read_text())
METHODS = ("GET", "POST")
LIKEWISE = () if connection.vendor == "postgresql" else ("HEAD", "OPTIONS")  # ask for no other row
WHOSE = ("own", "team", "foreign")
ROLES = {
    "anonymous": None, "director": "dora", "lead": "lena", "kam": "karl", "assistant": "anna",
    "recruiter": "rita", "interviewer": "ivan", "administrator": "adam", "stranger": "sam",
}  # fmt: skip
ACCEPTED = {200, 204, 302, 303, 400, 409, 413, 422, 429}
STAND_INS = (10**9, "nothing", "1")


PERSONAL = {"saved_view", "candidate_view", "job"}


def owner_of(kind: str, whose: str, role: str, cast: Cast) -> User:
    """Whose object is own, the team's and foreign to this role."""
    own = {"director": cast.dora, "lead": cast.lena}.get(role, cast.karl)
    if kind in PERSONAL and role != "anonymous":
        own = getattr(cast, ROLES[role])
    team = cast.karl if role == "lead" else cast.lena
    return {"own": own, "team": team, "foreign": cast.kim}[whose]


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from patterns(pattern, prefix + inner)
        else:
            yield f"{prefix}{pattern.name}", pattern


ROUTES = dict(patterns(get_resolver()))


def address(name: str, kwargs: dict) -> str:
    """The route's address with the given parts, stand-ins for those that are not given."""
    for stand_in in STAND_INS:
        try:
            return reverse(name, kwargs={key: kwargs.get(key, stand_in) for key in keys(name)})
        except NoReverseMatch:
            continue
    raise AssertionError(f"give kwargs for {name}")


def keys(name: str) -> list[str]:
    return list(ROUTES[name].pattern.regex.groupindex)


def may_come(rule: dict, role: str) -> bool:
    who = rule.get("who", "anyone")
    if who == "anyone":
        return True
    if role == "anonymous":
        return False
    return who == "signed_in" or ("kam" if role == "lead" else role) in who


def reaches(rule: dict, role: str, whose: str) -> bool:
    if "reach" not in rule:
        return whose == "own"
    return whose in MATRIX["reach"][rule["reach"]].get(role, ())


def methods_of(rule: dict) -> set[str]:
    declared = {rule["method"]} if "method" in rule else set(rule.get("methods", ()))
    return declared | {"HEAD"} if "GET" in declared else declared


def is_sign_in(response) -> bool:
    """Sent to sign in, or to show once more who one is."""
    doors = ("/sign-in/", reverse("account_reauthenticate"), reverse("mfa_reauthenticate"))
    return response.status_code == 302 and response["Location"].startswith(doors)


def wrong(rule: dict, role: str, whose: str, method: str, response) -> str:
    """What is wrong with an answer, or nothing."""
    status = response.status_code
    if status >= 500:
        return f"{status}"
    declared = methods_of(rule)
    if not may_come(rule, role):
        closed = {404, 403, 405, 401}  # 401: a script is told that nobody is signed in
        is_asked_in = role == "anonymous" and is_sign_in(response)
        return "" if is_asked_in or status in closed else f"{status} for somebody it is closed to"
    if method == "HEAD" and status == 405 and "GET" in declared:
        return "405, though it answers GET"
    if declared and method not in declared:
        return "" if status in (404, 405) else f"{status}, but {method} is not declared"
    if not declared and method in ("POST", "OPTIONS"):
        return ""
    if rule.get("object") in MAKERS and not reaches(rule, role, whose):
        return "" if status == 404 else f"{status} instead of 404"
    is_known = rule.get("object") in MAKERS or not keys(rule["name"])
    if rule.get("may_miss") and status == 404:
        return ""
    if (is_known or "kwargs" in rule) and (status not in ACCEPTED or is_sign_in(response)):
        if rule.get("who") in (None, "anyone", "signed_in") and "methods" not in rule:
            return ""
        return f"{status}, but it is open"
    return ""


@pytest.fixture
def only_rights(monkeypatch):
    """Rights are decided before a page is drawn; drawing would take nine tenths of the time.

    Nor does each request write down when its session was last seen: that is taken back with it.
    """
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    monkeypatch.setattr(middleware, "SEEN_EVERY", float("inf"))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_each_role_as_declared(role, only_rights):
    cast = make_cast()
    make_company(second_factor_roles=[], set_up_at=timezone.now())
    client = Client(raise_request_exception=False)
    if ROLES[role]:
        client.force_login(getattr(cast, ROLES[role]))
        client.get(reverse("people:security_page"))  # begins the session once for all below
    install_criteria()
    signed_in = {key: morsel.value for key, morsel in client.cookies.items()}
    kinds = {rule.get("object") for rule in MATRIX["routes"].values()} & set(MAKERS)
    made = {
        (kind, whose): MAKERS[kind](cast, owner_of(kind, whose, role, cast))
        for kind in sorted(kinds)  # so that a fault is there in every run
        for whose in WHOSE
    }
    faults, before = [], transaction.savepoint()
    for name, declared in MATRIX["routes"].items():
        rule = {**declared, "name": name}
        objects = WHOSE if "reach" in rule else ("own",)
        for whose in objects:
            parts = made.get((rule.get("object"), whose), {}) | rule.get("kwargs", {})
            data = dict(rule.get("data", {}))
            if "field" in rule:
                data[rule["field"]] = f"{rule.get('prefix', '')}{parts['pk']}"
            for method in METHODS + LIKEWISE if whose == objects[-1] else METHODS:
                client.cookies = SimpleCookie(signed_in)
                response = ask(client, method, address(name, parts), data, before)
                if fault := wrong(rule, role, whose, method, response):
                    faults.append(f"{name} {method} {whose}: {fault}")
    assert not faults, "\n".join(faults)


def ask(client: Client, method: str, url: str, data: dict, before: str) -> HttpResponse:
    """One request whose changes are taken back."""
    response = client.post(url, data) if method == "POST" else client.generic(method, url)
    transaction.savepoint_rollback(before)
    transaction.set_rollback(False)  # what a view left broken is whole again
    return response


def test_the_walk_notices_a_door_that_is_open_to_the_wrong_people():
    class Answer:
        status_code = 200

    rule = {"name": "accounts:account_page", **MATRIX["routes"]["accounts:account_page"]}
    assert wrong(rule, "kam", "foreign", "GET", Answer())
    assert wrong(rule, "recruiter", "own", "GET", Answer())
    assert wrong(rule, "anonymous", "own", "GET", Answer())
    assert wrong(rule, "kam", "own", "POST", Answer())
    assert not wrong(rule, "kam", "own", "GET", Answer())
    Answer.status_code = 500
    assert wrong(rule, "director", "own", "GET", Answer())
