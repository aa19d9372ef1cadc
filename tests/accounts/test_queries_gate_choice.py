import pytest
from django.utils import timezone

from accounts.queries.gate_choice import gate_choices
from people.models import company_day
from tests.cast import make_account
from tests.gate import employ, let_through, make_key_account

pytestmark = pytest.mark.django_db


def choices(accounts, role="owner", at="now"):
    moment = timezone.now() if at == "now" else None
    return gate_choices([a.pk for a in accounts], role=role, day=company_day(), at=moment)


def names(found) -> dict:
    return {row.user.name: row.why for row in found.rows}


def test_who_may_hold_the_role_is_offered_and_who_may_not_own_it_is_shut(cast):
    employ(cast.lena, 2), employ(cast.karl, 1)
    key, plain = make_key_account(owner=cast.lena), make_account()
    found = names(choices([key, plain]))
    assert found == {
        "Dora": "", "Karl": "grade 1, asked for is 2", "Kim": "no grade yet", "Lena": "",
    }  # fmt: skip
    assert names(choices([plain])) == dict.fromkeys(found, "")
    assert set(names(choices([key], role="assistant"))) == {"Anna", "Karl", "Kim", "Lena"}
    assert len(names(choices([key], role="team"))) == 9


def test_overrides_open_only_when_they_reach_every_chosen_account(cast):
    employ(cast.karl, 1)
    first, second = make_key_account(), make_key_account()
    let_through(cast.dora, first, cast.karl)
    assert not names(choices([first]))["Karl"]
    assert names(choices([first, second]))["Karl"]
    assert names(choices([first], at=None))["Karl"]


def test_who_can_is_said_where_somebody_is_shut(cast):
    key = make_key_account()
    assert "only a director may" in choices([key]).who_can
    for user in (cast.karl, cast.lena):
        employ(user, 2)
    assert choices([key]).who_can.startswith("The gate: Karl, Lena may")
    employ(cast.kim, 2)
    assert choices([key]).who_can == ""


def test_many_accounts_take_no_more_queries(cast, django_assert_max_num_queries):
    accounts = [make_key_account() for _ in range(30)]
    with django_assert_max_num_queries(8):
        choices(accounts)
