import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Contact, CoverageRule, Line, MapPlace, Task
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, make_role, set_tier

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_ACCEPT": "application/json"}
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def scene(reader):
    cast = make_cast()
    account = make_account("Hansa", owner=cast.karl)
    set_tier(account, "C")
    ada, ben = (make_contact(account, name) for name in ("Ada Lovelace", "Ben Nevis"))
    return cast, account, ada, ben, reader(cast.karl)


def address(name, *args):
    return reverse(f"accounts:{name}", args=args)


def old_line(account, start, end) -> Line:
    return Line.objects.create(
        account=account, kind="reports", start=start, end=end, valid_from=LONG_AGO
    )


def test_a_form_draws_a_line_and_returns_to_the_person_with_undo(scene):
    _cast, account, ada, ben, karl = scene
    given = {"kind": "<reports", "start": f"c{ada.pk}", "end": f"c{ben.pk}", "about": ada.pk}
    answer = karl.post(address("line_draw", account.pk), given, follow=True)
    assert answer.redirect_chain[-1][0] == address("map_person", account.pk, ada.pk)
    line = Line.objects.get()
    assert (line.start, line.end) == (ben, ada)
    undo = re.search(r'action="([^"]+/map/undo/\d+/)"', answer.content.decode())[1]
    karl.post(undo)
    assert not Line.objects.exists()


def test_the_script_is_answered_with_the_new_drawing_and_the_way_back(scene):
    _cast, account, ada, ben, karl = scene
    given = {"kind": "influences", "start": f"c{ada.pk}", "end": f"c{ben.pk}"}
    told = karl.post(address("line_draw", account.pk), given, **SCRIPT).json()
    assert told["say"] == "New on the account map: Ada Lovelace influences Ben Nevis"
    assert [line["kind"] for line in told["drawing"]["lines"]] == ["influences"]
    taken = karl.post(told["undo"], **SCRIPT).json()
    assert not taken["drawing"]["lines"] and taken["undo"]


def test_a_refusal_is_said_and_shows_what_stands(scene):
    _cast, account, ada, ben, karl = scene
    old_line(account, ben, ada)
    given = {"kind": "reports", "start": f"c{ada.pk}", "end": f"c{ben.pk}"}
    answer = karl.post(address("line_draw", account.pk), given, **SCRIPT)
    assert answer.status_code == 409 and "circle" in answer.json()["say"]
    page = karl.post(address("line_draw", account.pk), given, follow=True).content.decode()
    assert "would close a circle" in page


def test_a_line_is_taken_off(scene):
    _cast, account, ada, ben, karl = scene
    line = old_line(account, ben, ada)
    karl.post(address("line_end", account.pk, line.pk))
    assert not Line.objects.on(timezone.localdate()).exists()
    assert karl.post(address("line_end", account.pk, line.pk)).status_code == 404


def test_a_card_moved_by_two_is_told_to_the_second(scene):
    _cast, account, ada, _ben, karl = scene
    given = {"key": f"c{ada.pk}", "x": "12", "y": "-5", "version": "0"}
    told = karl.post(address("card_place", account.pk), given, **SCRIPT).json()
    placed = next(one for one in told["drawing"]["people"] if one["id"] == ada.pk)
    assert (placed["x"], placed["y"], placed["version"]) == (12, -5, 1)
    again = karl.post(address("card_place", account.pk), given, **SCRIPT)
    assert again.status_code == 409 and "Somebody else has moved" in again.json()["say"]
    assert karl.post(address("card_place", account.pk), {**given, "x": "x"}).status_code == 400
    karl.post(address("places_reset", account.pk))
    assert not MapPlace.objects.exists()


def test_somebody_is_added_and_a_hole_gets_its_name(scene):
    _cast, account, ada, _ben, karl = scene
    role = make_role("logistics")
    given = {"name": "", "role": role.pk, "superior": f"c{ada.pk}"}
    told = karl.post(address("map_person_add", account.pk), given, **SCRIPT).json()
    assert told["say"] == "Somebody unknown is on the map."
    hole = Contact.objects.get(name="")
    panel = karl.get(address("map_person", account.pk, hole.pk), **HTMX).content.decode()
    assert "Head of logistics, name unknown" in panel and "Who holds it" in panel
    karl.post(address("map_person_add", account.pk), {"hole": hole.pk, "name": "Cem"}, **SCRIPT)
    hole.refresh_from_db()
    assert hole.name == "Cem"


def test_a_hole_of_somebody_else_gets_no_name(scene):
    cast, account, _ada, _ben, karl = scene
    theirs = make_contact(make_account(owner=cast.kim), "", title="Buyer")
    given = {"hole": theirs.pk, "name": "Mine"}
    assert karl.post(address("map_person_add", account.pk), given).status_code == 404
    theirs.refresh_from_db()
    assert theirs.name == ""


@pytest.mark.parametrize("field", ["role", "division"])
def test_what_is_not_there_cannot_be_chosen(scene, field):
    _cast, account, _ada, _ben, karl = scene
    for value in ("999999", "x", "9" * 30):
        given = {"name": "Eve", field: value}
        assert karl.post(address("map_person_add", account.pk), given).status_code == 404


def test_an_unmet_rule_becomes_a_task_once(scene):
    _cast, account, _ada, _ben, karl = scene
    rule = CoverageRule.objects.create(tiers=["C"], role=make_role("finance"))
    page = karl.get(address("map_page", account.pk)).content.decode()
    assert "Head of finance: 0 of 1 within reach (by appointment) and tied" in page
    for _time in "ab":
        karl.post(address("map_task_make", account.pk), {"cause": f"rule:{rule.pk}"})
    task = Task.objects.get()
    assert (task.title, task.cause) == ("Build a tie to: Head of finance", f"rule:{rule.pk}")
    answer = karl.post(address("map_task_make", account.pk), {"cause": "rule:0"})
    assert answer.status_code == 404


def test_nothing_of_the_map_moves_without_the_right(scene, reader):
    cast, account, ada, ben, _karl = scene
    given = {"kind": "reports", "start": f"c{ada.pk}", "end": f"c{ben.pk}"}
    assert reader(cast.lena).post(address("line_draw", account.pk), given).status_code == 404
    assert reader(cast.kim).get(address("map_data", account.pk)).status_code == 404
    elsewhere = make_contact(make_account(owner=cast.kim), "Eve")
    given["end"] = f"c{elsewhere.pk}"
    assert reader(cast.karl).post(address("line_draw", account.pk), given).status_code == 404
    assert not Line.objects.exists()


@pytest.mark.parametrize("key", ["c9223372036854775808", "r" + "9" * 30, "c" + "9" * 5000, "c-1"])
def test_a_number_no_row_can_have_is_not_there(scene, key):
    _cast, account, ada, _ben, karl = scene
    line = {"kind": "reports", "start": key, "end": f"c{ada.pk}", "about": "9" * 5000}
    assert karl.post(address("line_draw", account.pk), line).status_code == 404
    assert (
        karl.post(address("line_draw", account.pk), {**line, "kind": "x", "start": ""}).status_code
        == 302
    )
    place = {"key": key, "x": 1, "y": 1, "version": 0}
    assert karl.post(address("card_place", account.pk), place).status_code == 404
    new = {"name": "Cleo", "superior": key}
    assert karl.post(address("map_person_add", account.pk), new).status_code == 404
    cause = {"cause": "move:" + "9" * 5000}
    assert karl.post(address("map_task_make", account.pk), cause).status_code == 404
