import datetime as dt
import json

import pytest

from accounts.commands.contact_role import install_contact_roles
from accounts.models import Line
from accounts.queries.graph import picture_of
from accounts.queries.graph_drawing import drawing, risk_words
from tests.cast import LONG_AGO, make_account
from tests.field import make_contact, make_observation, set_tier
from tests.maps import make_map

pytestmark = pytest.mark.django_db


def card(account, reader, name) -> dict:
    drawn = drawing(picture_of(account, reader))
    return next(one for one in drawn["people"] if one["name"] == name)


def test_a_card_says_everything_in_words(cast):
    account = make_account(owner=cast.karl)
    ada, ben = make_contact(account, "Ada Lovelace", title="Director"), make_contact(account, "Ben")
    make_observation(ada, "power", "3")
    make_observation(ada, "stance", "4", days_ago=1000)
    Line.objects.create(account=account, kind="reports", start=ben, end=ada, valid_from=LONG_AGO)
    drawn = card(account, cast.karl, "Ada Lovelace")
    assert (drawn["powerWords"], drawn["powerAge"]) == ("controls the outcome", 0)
    assert (drawn["stanceWords"], drawn["stanceAge"]) == ("supports us", 2)
    assert drawn["label"].startswith(
        "Ada Lovelace, Director, controls the outcome, supports us (as"
    )
    assert drawn["label"].endswith("1 report")
    assert card(account, cast.karl, "Ben")["label"].endswith("reports to Ada Lovelace")


def test_holes_and_required_roles_are_cards_too(cast):
    account = make_account(owner=cast.karl)
    set_tier(account, "C")
    install_contact_roles()
    make_contact(account, "", title="Head of logistics")
    drawn = drawing(picture_of(account, cast.karl))["people"]
    assert [(one["key"][0], one["hole"], one["name"]) for one in drawn] == [
        ("c", True, "Head of logistics, name unknown"),
        ("r", True, "Decision maker, name unknown"),
        ("r", True, "Head of purchasing, name unknown"),
    ]


def test_an_old_reporting_line_says_of_when_it_is(cast):
    account = make_account(owner=cast.karl)
    ada, ben = make_contact(account, "Ada"), make_contact(account, "Ben")
    Line.objects.create(account=account, kind="reports", start=ben, end=ada, valid_from=LONG_AGO)
    (line,) = drawing(picture_of(account, cast.karl))["lines"]
    assert line["stale"] and line["words"] == "Ben reports to Ada (as of 1\xa0Jan\xa02020)"


def test_a_risk_is_said_in_a_sentence(cast):
    account = make_account(owner=cast.karl)
    ada = make_contact(account, "Ada")
    make_observation(ada, "power", "3")
    make_observation(ada, "stance", "1", day=dt.date(2026, 1, 1))
    shown = picture_of(account, cast.karl)
    assert risk_words(shown, shown.by_id[ada.pk]) == ["Has power, and not on our side."]


def test_the_drawing_is_plain_json_with_known_ends(cast):
    drawn = json.loads(json.dumps(drawing(picture_of(make_map(cast.karl, people=60), cast.karl))))
    keys = {one["key"] for one in drawn["people"] + drawn["ours"]}
    assert len(keys) >= 61
    assert all({one["from"], one["to"]} <= keys for one in drawn["lines"] + drawn["ties"])
