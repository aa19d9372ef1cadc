import pytest

from people import context
from people.models import User


def reader(*roles: str) -> User:
    user = User(email="x@example.org", name="X", pk=1)
    user.roles = frozenset(roles)
    return user


@pytest.fixture(autouse=True)
def everything_is_built(monkeypatch):
    monkeypatch.setattr(context, "_exists", lambda path: True)


@pytest.mark.parametrize(
    ("roles", "paths"),
    [
        (
            ["director"],
            "/ /accounts/ /portfolio/ /capacity/ /handovers/ /absences/ /hiring/probations/"
            " /hiring/ /kpi/ /imports/ /runs/ /settings/",
        ),
        (
            ["kam"],
            "/ /accounts/ /portfolio/ /capacity/ /handovers/ /absences/ /hiring/probations/ /kpi/",
        ),
        (["assistant"], "/ /accounts/ /absences/"),
        (["recruiter"], "/ /hiring/ /imports/"),
        (["interviewer"], "/ /hiring/"),
        (["administrator"], "/ /imports/ /runs/ /settings/"),
        ([], "/"),
        (["assistant", "interviewer"], "/ /accounts/ /absences/ /hiring/"),
    ],
)
def test_the_navigation_is_by_role(roles, paths):
    assert [item.url for item in context.navigation(reader(*roles), "/")] == paths.split()


def test_what_is_not_built_is_not_shown(monkeypatch):
    monkeypatch.setattr(context, "_exists", lambda path: path == "/accounts/")
    urls = [item.url for item in context.navigation(reader("director"), "/accounts/7/")]
    assert urls == ["/", "/accounts/"]


def test_the_current_part_is_marked():
    items = context.navigation(reader("director"), "/accounts/7/")
    assert [item.url for item in items if item.is_current] == ["/accounts/"]


def test_of_two_parts_that_hold_a_page_the_inner_one_is_marked():
    for path, current in (
        ("/hiring/probations/3/", "/hiring/probations/"),
        ("/hiring/3/", "/hiring/"),
    ):
        items = context.navigation(reader("director"), path)
        assert [item.url for item in items if item.is_current] == [current]
    items = context.navigation(reader("recruiter"), "/hiring/probations/3/")
    assert [item.url for item in items if item.is_current] == ["/hiring/"]


def test_visitors_have_no_navigation(rf):
    assert context.shell(rf.get("/"))["shell"] == {"company": None, "nav": [], "roles": []}


def test_the_roles_are_named(rf):
    request = rf.get("/")
    request.user, request.company = reader("kam", "administrator"), None
    assert context.shell(request)["shell"]["roles"] == ["Key account manager", "Administrator"]


def test_administrators_do_not_set_up_what_is_the_directors():
    titles = {section.title for section in context.settings_sections(reader("administrator"))}
    assert {"Company", "People", "Teams", "Record"} <= titles
    assert "Currency" not in titles
