import datetime as dt

import pytest

from accounts.commands import placing
from accounts.commands.assignment import assign_accounts, end_assignment, undo_assign_accounts
from accounts.models import Assignment
from common.errors import RuleBroken
from people.models import company_day
from tests.cast import make_account
from tests.gate import employ, let_through, make_key, make_key_account

pytestmark = pytest.mark.django_db


def day(offset: int) -> dt.date:
    return company_day() + dt.timedelta(days=offset)


def place(account, user, **more):
    values = {"role": "owner", "start": day(0), "actor": None} | more
    return placing.place(account, user=user, **values)


def rows_of(account) -> list:
    return list(account.assignments.order_by("pk").values())


@pytest.mark.parametrize("role", ["owner", "deputy"])
@pytest.mark.parametrize(("grade", "probation", "said"), [
    (2, True, "on probation"), (None, False, "no grade yet"), (1, False, "lower grade"),
])  # fmt: skip
def test_a_refusal_says_why_and_who_can_and_changes_nothing(cast, role, grade, probation, said):
    employ(cast.lena, 3)
    employ(cast.karl, grade, on_probation=probation)
    account = make_key_account(owner=cast.lena)
    before = rows_of(account)
    with pytest.raises(RuleBroken) as refused:
        place(account, cast.karl, role=role)
    assert said in str(refused.value) and "Lena may" in str(refused.value)
    assert rows_of(account) == before


def test_assistants_helpers_and_ordinary_accounts_have_no_gate(cast):
    employ(cast.lena, 3)
    key, plain = make_key_account(owner=cast.lena), make_account(owner=cast.lena)
    place(key, cast.karl, role="assistant")
    place(key, cast.karl, role="team", function="logistics")
    place(plain, cast.karl)
    assert Assignment.objects.filter(user=cast.karl).count() == 3


def test_the_account_may_ask_for_more_than_the_company_does(cast):
    employ(cast.karl, 2)
    ask_three = make_key_account(owner=cast.dora, grade_needed=3)
    ask_one = make_key_account(owner=cast.dora, grade_needed=1)
    with pytest.raises(RuleBroken):
        place(ask_three, cast.karl)
    employ(cast.karl, 1)
    place(ask_one, cast.karl)


def test_the_standing_of_the_first_day_counts(cast):
    first = employ(cast.karl, 2, on_probation=True)
    first.valid_to = day(10)
    first.save()
    type(first).objects.create(user=cast.karl, grade=2, valid_from=day(10))
    account = make_key_account(owner=cast.dora)
    with pytest.raises(RuleBroken):
        place(account, cast.karl, start=day(9))
    place(account, cast.karl, start=day(10))


def test_a_key_account_is_not_left_without_an_owner(cast):
    employ(cast.karl, 2), employ(cast.lena, 2)
    account = make_key_account(owner=cast.karl)
    row = account.assignments.get()
    with pytest.raises(RuleBroken, match="not left without"):
        end_assignment(actor=cast.dora, assignment_id=row.pk, day=day(0))
    place(account, cast.lena, start=day(5))
    with pytest.raises(RuleBroken, match="not left without"):
        end_assignment(
            actor=cast.dora, assignment_id=account.assignments.get(user=cast.lena).pk, day=day(6)
        )
    assert account.assignments.owners().on(day(400)).get().user == cast.lena


def test_the_former_owner_does_not_come_back_past_the_gate(cast):
    """A time with an end puts the former owner back behind it: the gate is asked about them."""
    employ(cast.karl, 1), employ(cast.lena, 2)
    account = make_account(owner=cast.karl)
    make_key(account)
    with pytest.raises(RuleBroken, match="Karl"):
        place(account, cast.lena, to=day(30))
    place(account, cast.lena)


def test_taking_back_asks_the_gate_about_who_comes_back(cast):
    employ(cast.karl, 2), employ(cast.lena, 2)
    account = make_key_account(owner=cast.karl)
    event = assign_accounts(
        actor=cast.dora, account_ids=[account.pk], user=cast.lena, role="owner", start=day(0)
    )
    employ(cast.karl, 2, on_probation=True)
    with pytest.raises(RuleBroken, match="Karl is on probation"):
        undo_assign_accounts(actor=cast.dora, event_id=event.pk)
    row = let_through(cast.dora, account, cast.karl)
    undo_assign_accounts(actor=cast.dora, event_id=event.pk)
    again = account.assignments.owners().today().get()
    assert again.user == cast.karl and again.expires_at == row.valid_until
