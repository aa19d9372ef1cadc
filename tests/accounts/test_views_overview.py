import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import AccountScore, Scoring
from tests.cast import make_account, make_cast, signed_in
from tests.field import make_contact, make_logged, make_observation

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)
MOST_QUERIES = 15


@pytest.fixture
def cast():
    Scoring.objects.create(pk=1, as_of=AS_OF, whole=True, total=Decimal(1000), basis="revenue")
    return make_cast()


def text_of(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_page_costs_at_most_fifteen_queries_whatever_the_number_of_rows(
    cast, django_assert_max_num_queries
):
    account = make_account("Vega", owner=cast.karl)
    AccountScore.objects.create(account=account, as_of=AS_OF, tier="A", revenue=Decimal(5))
    for user in (cast.karl, cast.dora, cast.anna):
        client = signed_in(user)
        client.get(f"/accounts/{account.pk}/")
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(f"/accounts/{account.pk}/")
    people = [make_contact(account) for _ in range(8)]
    for person in people:
        make_observation(person, "power", "3")
    for number in range(25):
        make_logged(
            cast.karl, account, *people, days=number,
            next_step={"title": f"Step {number}", "due": None},
            promise={"text": f"Promise {number}"},
        )  # fmt: skip
    for user in (cast.karl, cast.dora, cast.anna):
        client = signed_in(user)
        client.get(f"/accounts/{account.pk}/")
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(f"/accounts/{account.pk}/")


def test_the_next_step_is_the_earlier_of_task_and_plan(cast):
    account = make_account("Vega", owner=cast.karl)
    client = signed_in(cast.karl)
    assert "No next step is agreed" in text_of(client, f"/accounts/{account.pk}/")
    ahead = timezone.now() + dt.timedelta(days=3)
    plan = make_logged(cast.karl, account, state="planned", at=ahead, subject="Their new plant")
    assert f"/touchpoints/{plan.pk}/hold/" in text_of(client, f"/accounts/{account.pk}/")
    due = timezone.localdate() - dt.timedelta(days=2)
    make_logged(cast.karl, account, next_step={"title": "Call the switchboard", "due": due})
    page = text_of(client, f"/accounts/{account.pk}/")
    assert "overdue since" in page and "Call the switchboard" in page


def test_filters_work_without_a_script_and_the_part_alone_with_one(cast):
    account = make_account("Vega", owner=cast.karl)
    make_logged(cast.karl, account, channel="call", text="About pallets")
    make_logged(cast.karl, account, channel="mail", text="About films")
    client = signed_in(cast.karl)
    page = text_of(client, f"/accounts/{account.pk}/?channel=call")
    assert "About pallets" in page and "About films" not in page
    part = client.get(f"/accounts/{account.pk}/timeline/?q=films", headers={"HX-Request": "true"})
    assert "About films" in part.content.decode() and "<html" not in part.content.decode()
    plain = client.get(f"/accounts/{account.pk}/timeline/?q=films")
    assert plain["Location"] == f"/accounts/{account.pk}/?q=films"


def test_what_was_just_logged_lets_its_draft_go_and_asks_one_question(cast):
    account = make_account("Vega", owner=cast.karl)
    row = make_logged(cast.karl, account, make_contact(account))
    client = signed_in(cast.karl)
    page = text_of(client, f"/accounts/{account.pk}/?logged={row.key}")
    assert f'data-logged="{row.key}"' in page
    assert f"/touchpoints/{row.pk}/question/" in page
    assert "data-logged" not in text_of(client, f"/accounts/{account.pk}/?logged=nonsense")


def test_people_come_as_a_part_of_their_own(cast):
    account = make_account("Vega", owner=cast.karl)
    make_contact(account, "Ann Petrova")
    assert "Ann Petrova" in text_of(signed_in(cast.lena), f"/accounts/{account.pk}/people/strip/")
