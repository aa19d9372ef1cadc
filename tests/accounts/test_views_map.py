import datetime as dt
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Line
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, make_observation, make_role, set_tier

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


def test_the_page_carries_the_drawing_the_answers_and_the_table(scene):
    _cast, account, ada, ben, karl = scene
    old_line(account, ben, ada)
    page = karl.get(address("map_page", account.pk)).content.decode()
    data = re.search(r'<script id="map-data" type="application/json">(.*?)</script>', page)
    assert {one["name"] for one in json.loads(data[1])["people"]} >= {"Ada Lovelace", "Ben Nevis"}
    for words in ("The fastest path", "Where we hang on one thread", "Who to move next", "Legend"):
        assert words in page
    assert re.search(r"Ben Nevis.*?<td>Ada Lovelace</td>", page, re.DOTALL)
    assert "Add a person" in page


def test_a_past_day_and_a_reader_without_the_right_see_no_buttons(scene, reader):
    cast, account, _ada, _ben, karl = scene
    day = (timezone.localdate() - dt.timedelta(days=40)).isoformat()
    past = karl.get(address("map_page", account.pk), {"on": day}).content.decode()
    lead = reader(cast.lena).get(address("map_page", account.pk)).content.decode()
    for page in (past, lead):
        assert "Add a person" not in page and 'data-may-draw=""' in page
    assert "to be read only" in past


def test_the_panel_says_what_is_known_and_what_differs(scene):
    _cast, account, ada, ben, karl = scene
    make_observation(ada, "level", "4", days_ago=400)
    make_observation(ada, "power", "3")
    old_line(account, ben, ada)
    panel = karl.get(address("map_person", account.pk, ada.pk), **HTMX).content.decode()
    for words in ("controls the outcome", "to be confirmed", "Ben Nevis reports to Ada Lovelace",
                  "there was no contact both ways", "Nobody of ours has been"):  # fmt: skip
        assert words in panel
    whole = karl.get(address("map_person", account.pk, ada.pk)).content.decode()
    assert "<html" in whole and "Ben Nevis reports to Ada Lovelace" in whole


def test_panels_of_a_role_and_of_one_of_ours(scene):
    cast, account, _ada, _ben, karl = scene
    role = make_role("purchasing")
    panel = karl.get(address("map_role", account.pk, role.pk), **HTMX).content.decode()
    assert "Required in this tier" in panel
    assert karl.get(address("map_role", account.pk, make_role("user").pk)).status_code == 404
    ours = karl.get(address("map_colleague", account.pk, cast.karl.pk), **HTMX).content.decode()
    assert "No contact with anybody here" in ours
    assert karl.get(address("map_colleague", account.pk, cast.kim.pk)).status_code == 404


def test_the_answers_follow_the_chosen_decider(scene):
    _cast, account, _ada, ben, karl = scene
    for target in (str(ben.pk), "x", "9" * 40):
        answer = karl.get(address("map_answers", account.pk), {"to": target}, **HTMX)
        assert answer.status_code == 200
    answer = karl.get(address("map_answers", account.pk), {"to": str(ben.pk)}, **HTMX)
    assert "No tie of ours leads to Ben Nevis yet" in answer.content.decode()
