"""Who stands in, and whether a director answers personally, as an account's page tells it."""

import pytest

from accounts.commands.control import take_control
from accounts.models import Account, Cover
from accounts.queries.standing_in import StandingIn, standing_in, with_hands
from people.models import User
from tests.care import in_days, make_absence, make_employment, make_key_account
from tests.cast import make_account, signed_in

pytestmark = pytest.mark.django_db


def cover(owner: User, account, substitute: User, start: int, to: int, **fields) -> Cover:
    return Cover.objects.create(
        absence=make_absence(owner, start, to), account=account, substitute=substitute, **fields
    )


def read(account: Account, reader: User) -> StandingIn:
    return standing_in(with_hands(Account.objects).get(pk=account.pk), reader)


@pytest.fixture
def account(cast):
    return make_account("Hansa", owner=cast.karl)


def test_now_and_coming_soon_but_neither_far_off_over_nor_called_off(cast, account):
    cover(cast.karl, account, cast.lena, -2, 3, state="agreed")
    cover(cast.karl, account, cast.kim, 10, 12)
    cover(cast.karl, account, cast.kim, 30, 40)
    cover(cast.karl, account, cast.kim, -9, -5, state="ended")
    cover(cast.karl, account, cast.kim, 13, 14, state="cancelled")
    lines = read(account, cast.dora).covers
    assert [(line.cover.substitute, line.is_running) for line in lines] == [
        (cast.lena, True), (cast.kim, False)
    ]  # fmt: skip
    assert lines[0].last_day == in_days(2) and not lines[1].is_agreed


def test_the_way_to_the_absence_is_for_the_near_ones_and_who_stands_in(cast, account):
    cover(cast.karl, account, cast.dora, -2, 3, state="agreed")
    may = {
        user.name: read(account, user).covers[0].may_open
        for user in (cast.karl, cast.lena, cast.dora, cast.anna)
    }
    assert may == {"Karl": True, "Lena": True, "Dora": True, "Anna": False}


def test_the_page_says_who_from_when_to_when_and_what_to_know(cast, account):
    cover(cast.karl, account, cast.lena, -2, 3, state="agreed", brief="Never call before ten.")
    cover(cast.karl, account, cast.dora, 5, 7, brief="Hidden until agreed")
    page = signed_in(cast.lena).get(f"/accounts/{account.pk}/").content.decode()
    assert "for Karl" in page and "Never call before ten." in page
    assert "Hidden until agreed" not in page
    page = signed_in(cast.dora).get(f"/accounts/{account.pk}/").content.decode()
    assert "Agree, or say no" in page


def test_personal_control_stands_on_the_page_with_its_end_and_reason(cast):
    make_employment(cast.karl)
    account = make_key_account("Key", owner=cast.karl)
    take_control(actor=cast.dora, account_id=account.pk, director=cast.dora, reason="A dispute.")
    page = signed_in(cast.dora).get(f"/accounts/{account.pk}/").content.decode()
    assert "Dora answers personally until" in page and "A dispute." in page
    assert "Before: Karl." in page and 'href="/control/"' in page


def test_as_many_queries_for_many_as_for_one(cast, account, django_assert_max_num_queries):
    for start in range(1, 12, 3):
        cover(cast.karl, account, cast.lena, start, start + 2)
    with django_assert_max_num_queries(5):
        read(account, User.objects.get(pk=cast.dora.pk))
