import pytest

from common.errors import RuleBroken
from people.commands import look_again, tell_apart
from people.models import Distinct, Event
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def verbs(target) -> list[str]:
    return list(Event.objects.about(target).values_list("verb", flat=True))


def test_two_that_look_alike_are_said_to_be_two_once(cast):
    one, other = make_account(), make_account()
    for first, second in ((one, other), (other, one)):
        tell_apart(actor=cast.dora, one=first, other=second)
    assert Distinct.objects.of(type(one)).pairs() == {(one.pk, other.pk)}
    assert verbs(one) == verbs(other) == ["record.told_apart"]


def test_it_is_taken_back_once(cast):
    one, other = make_account(), make_account()
    tell_apart(actor=cast.dora, one=one, other=other)
    for _time in range(2):
        look_again(actor=cast.dora, one=other, other=one)
    assert not Distinct.objects.exists()
    assert verbs(one) == ["record.alike_again", "record.told_apart"]


def test_nothing_is_told_apart_from_itself(cast):
    account = make_account()
    with pytest.raises(RuleBroken):
        tell_apart(actor=cast.dora, one=account, other=account)
    assert verbs(account) == []
