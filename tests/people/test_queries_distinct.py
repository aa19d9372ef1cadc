import pytest

from accounts.models import Account
from hiring.models import Candidate
from people.commands import tell_apart
from people.queries import told_apart
from tests.cast import make_account

pytestmark = pytest.mark.django_db


def test_pairs_are_told_to_whom_may_see_both(cast, django_assert_num_queries):
    one, other, third = (make_account() for _n in range(3))
    tell_apart(actor=cast.dora, one=one, other=other)
    tell_apart(actor=cast.dora, one=third, other=one)
    with django_assert_num_queries(2):
        assert told_apart(Account.objects.all()) == [(one, third), (one, other)]
    assert told_apart(Account.objects.exclude(pk=third.pk)) == [(one, other)]
    assert told_apart(Candidate.objects.all()) == []
