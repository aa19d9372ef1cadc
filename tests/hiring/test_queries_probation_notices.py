import pytest

from hiring.queries import probation_notices
from people import notices
from people.models import Notification
from tests.trials import make_probation

pytestmark = pytest.mark.django_db
KINDS = [kind for kind in notices.KINDS if kind.startswith("probation_")]


def test_all_eleven_kinds_are_known():
    assert probation_notices.OFFERED in KINDS and len(KINDS) >= 11


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_names_the_newcomer_and_no_account(cast, kind):
    row = make_probation(cast)
    said = notices.KINDS[kind].sentence(row, {})
    assert "Karl" in said and "Alder" not in said


def test_who_may_no_longer_read_it_is_told_nothing(cast):
    row = make_probation(cast)
    find = notices.KINDS[probation_notices.PASSED].find
    assert find(cast.lena, [row.pk]) and not find(cast.anna, [row.pk])


def test_nobody_is_told_twice(cast):
    make_probation(cast, "offered")
    assert Notification.objects.filter(kind="probation_offered").count() == 1
