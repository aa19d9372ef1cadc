import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.commands.handover_watch import watch_tick
from accounts.commands.pulse import ask_pulse
from accounts.models import CustomerLetter, Pulse, Touchpoint
from people.models import company_day
from tests.caring import make_powerful, make_watched
from tests.field import make_contact, make_logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna(account):
    return make_powerful(account, "Anna Neri")


@pytest.fixture
def handover(cast, account, anna):
    baseline = {str(anna.pk): 50.0}
    return make_watched(account, cast.karl, from_user=cast.kim, days_ago=40, baseline=baseline)


def url(name: str, account) -> str:
    return reverse(f"accounts:{name}", args=[account.pk])


def test_the_page_says_what_is_kept_and_what_is_expected(cast, account, handover, anna, reader):
    make_logged(cast.karl, account, anna, days=0)
    page = reader(cast.dora).get(url("watch_page", account)).content.decode()
    assert "79\xa0%" in page  # 39.3 of 50
    assert "Anna Neri" in page and "below the line" in page
    assert "day 40 of 90" in page
    assert 'class="w-line is-below"' in page and 'width="79"' in page


def test_a_watch_that_ended_stays_as_it_was_on_its_last_day(cast, account, anna, reader):
    make_watched(
        account, cast.karl, days_ago=120, state="closed", baseline={str(anna.pk): 50.0}
    )  # fmt: skip
    make_logged(cast.karl, account, anna, days=0)
    page = reader(cast.dora).get(url("watch_page", account)).content.decode()
    assert "day 90 of 90" in page and "not since" in page


def test_answers_stand_on_it_for_the_manager_and_the_director(
    cast, account, handover, anna, reader
):
    (pulse,) = ask_pulse(handover, 30)
    Pulse.objects.filter(pk=pulse.pk).update(answer=4, comment="Quick", answered_at=timezone.now())
    for user in (cast.dora, cast.karl):
        page = reader(user).get(url("watch_page", account)).content.decode()
        assert "4 of 5" in page and "Quick" in page


@pytest.mark.parametrize("who", ["anna", "kim", "rita", "ivan", "adam", "sam"])
def test_for_others_there_is_no_watch(cast, account, handover, reader, who):
    client = reader(getattr(cast, who))
    assert client.get(url("watch_page", account)).status_code == 404
    assert client.post(url("pulse_choose", account)).status_code == 404
    assert client.post(url("call_accompany", account)).status_code == 404


def test_without_a_handover_there_is_no_page(cast, account, reader):
    assert reader(cast.dora).get(url("watch_page", account)).status_code == 404


def test_who_is_asked_is_chosen(cast, account, handover, anna, reader):
    others = [make_contact(account) for _ in range(4)]
    client = reader(cast.karl)
    too_many = [one.pk for one in others]
    assert client.post(url("pulse_choose", account), {"people": too_many}).status_code == 422
    assert client.post(url("pulse_choose", account), {}).status_code == 422
    assert client.post(url("pulse_choose", account), {"people": [anna.pk]}).status_code == 302
    assert CustomerLetter.objects.get(kind="pulse").contact == anna
    assert (
        reader(cast.lena).post(url("pulse_choose", account), {"people": [anna.pk]}).status_code
        == 422
    )  # a lead reads, the owner and directors ask


def test_a_first_call_is_planned_from_the_page(cast, account, handover, anna, reader):
    said = {
        "key": uuid.uuid4(), "companion": cast.lena.pk, "people": [anna.pk], "channel": "call",
        "at": "2031-03-03T10:00",
    }  # fmt: skip
    client = reader(cast.karl)
    assert client.post(url("call_accompany", account), said).status_code == 302
    client.post(url("call_accompany", account), said)
    touchpoint = Touchpoint.objects.get()
    assert set(touchpoint.colleagues.all()) == {cast.karl, cast.lena}
    wrong = said | {"companion": cast.kim.pk, "key": uuid.uuid4()}
    assert client.post(url("call_accompany", account), wrong).status_code == 422


def test_results_are_for_the_manager_and_directors(cast, account, handover, anna, reader):
    type(handover).objects.update(watch_until=company_day())
    watch_tick(company_day())
    address = reverse("accounts:handover_results")
    assert account.name in reader(cast.dora).get(address).content.decode()
    assert account.name in reader(cast.karl).get(address).content.decode()
    assert account.name not in reader(cast.kim).get(address).content.decode()
    assert reader(cast.anna).get(address).status_code == 404
