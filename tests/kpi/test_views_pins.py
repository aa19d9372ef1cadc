import datetime as dt

import pytest

from accounts.choices import PinKind
from accounts.commands.criterion import install_criteria
from accounts.models import Criterion, CriterionMark, Pin
from kpi.queries import reporting_day
from tests.cast import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(cast, reader):
    return reader(cast.dora)


def make_pin(account, until_days=60, **fields) -> Pin:
    day = reporting_day()
    return Pin.objects.create(
        **{
            "account": account,
            "kind": PinKind.KEY,
            "reason": "Opens the north",
            "valid_from": day - dt.timedelta(days=5),
            "valid_to": day + dt.timedelta(days=until_days),
            **fields,
        }
    )


def test_the_director_pins_from_a_form_with_reason_and_end(cast, director, account):
    until = reporting_day() + dt.timedelta(days=90)
    fields = {"kind": "key", "until": until.isoformat(), "reason": "Opens the north"}
    assert director.get(f"/accounts/{account.pk}/pin/").status_code == 200
    answer = director.post(f"/accounts/{account.pk}/pin/", fields)
    assert answer.url == f"/accounts/{account.pk}/"
    pin = Pin.objects.get()
    assert (pin.by, pin.valid_to, pin.reason) == (cast.dora, until, "Opens the north")


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"until": "2001-01-01"}, {"kind": "best"}])
def test_an_incomplete_pin_is_told_and_not_set(director, account, wrong):
    until = reporting_day() + dt.timedelta(days=90)
    fields = {"kind": "key", "until": until.isoformat(), "reason": "x", **wrong}
    answer = director.post(f"/accounts/{account.pk}/pin/", fields)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Pin.objects.exists()


def test_the_list_puts_those_that_end_first_on_top(director, account):
    late = make_pin(account, 200)
    soon = make_pin(make_account("Soon"), 10)
    make_pin(make_account("Over"), -1)
    rows = director.get("/portfolio/pins/").context["rows"]
    assert [row.pin for row in rows] == [soon, late]
    assert [row.is_soon for row in rows] == [True, False]


def test_a_manager_sees_pins_of_own_accounts_only(cast, reader, account):
    own = make_pin(account)
    make_pin(make_account("Foreign", owner=cast.kim))
    rows = reader(cast.karl).get("/portfolio/pins/").context["rows"]
    assert [row.pin for row in rows] == [own]


def test_ending_a_pin_needs_a_reason(director, account):
    pin = make_pin(account)
    assert director.post(f"/portfolio/pins/{pin.pk}/end/", {"reason": ""}).status_code == 422
    director.post(f"/portfolio/pins/{pin.pk}/end/", {"reason": "They left"})
    pin.refresh_from_db()
    assert pin.valid_to == reporting_day()


def test_managers_do_not_pin_and_strangers_find_nothing(cast, reader, account):
    pin = make_pin(account)
    for user in (cast.karl, cast.kim, cast.anna, cast.adam, cast.sam):
        client = reader(user)
        assert client.post(f"/accounts/{account.pk}/pin/", {}).status_code == 404
        assert client.post(f"/portfolio/pins/{pin.pk}/end/", {"reason": "x"}).status_code == 404
    assert reader(cast.kim).get(f"/accounts/{account.pk}/standing/").status_code == 404
    assert reader(cast.anna).get(f"/accounts/{account.pk}/standing/").status_code == 200


def test_an_owner_marks_with_the_scale_s_own_words(cast, reader, account):
    install_criteria()
    client = reader(cast.karl)
    form = client.get(f"/accounts/{account.pk}/mark/growth/").content.decode()
    assert "Grows faster than its market" in form
    client.post(f"/accounts/{account.pk}/mark/growth/", {"mark": "2", "reason": "Two plants"})
    mark = CriterionMark.objects.get()
    assert (mark.mark, mark.by, mark.criterion.code) == (2, cast.karl, "growth")
    page = client.get(f"/accounts/{account.pk}/standing/").content.decode()
    assert "Two plants" in page and "Grows faster than its market" in page


def test_marks_without_reason_or_off_the_scale_are_refused(cast, reader, account):
    install_criteria()
    for fields in ({"mark": "2", "reason": ""}, {"mark": "7", "reason": "x"}, {"reason": "x"}):
        answer = reader(cast.karl).post(f"/accounts/{account.pk}/mark/growth/", fields)
        assert answer.status_code == 422
    assert not CriterionMark.objects.exists()


def test_assistants_and_strangers_do_not_mark(cast, reader, account):
    install_criteria()
    for user in (cast.anna, cast.kim, cast.adam):
        fields = {"mark": "2", "reason": "x"}
        path = f"/accounts/{account.pk}/mark/growth/"
        assert reader(user).post(path, fields).status_code == 404


def test_the_matrix_shows_newest_marks_with_their_age(cast, director, account):
    install_criteria()
    day = reporting_day()
    growth = Criterion.objects.get(code="growth")
    common = {"account": account, "criterion": growth, "reason": "x"}
    CriterionMark.objects.create(mark=1, day=day - dt.timedelta(days=800), **common)
    CriterionMark.objects.create(mark=3, day=day - dt.timedelta(days=400), **common)
    row = director.get("/portfolio/criteria/").context["rows"][0]
    mark = next(item for item in row.marks if item.criterion == growth)
    assert (mark.mark.mark, mark.is_old, row.points) == (3, True, 3 * growth.weight)


def test_the_eight_criteria_are_one_button_away(cast, director, reader):
    assert "Start with eight criteria" in director.get("/portfolio/criteria/").content.decode()
    assert reader(cast.karl).post("/portfolio/criteria/install/").status_code == 404
    director.post("/portfolio/criteria/install/")
    assert Criterion.objects.count() == 8


def test_the_part_for_the_accounts_page_comes_alone(director, account):
    part = director.get(f"/accounts/{account.pk}/standing/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
