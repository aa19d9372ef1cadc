import datetime as dt

import pytest
from django.utils import timezone

from people import commands, queries
from people.models import Notification
from tests.cast import make_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast):
    account = make_account("Hansa", owner=cast.karl)
    commands.tell(user=cast.karl, kind="account_given", target=account, cause="a")
    return Notification.objects.get()


def test_news_stand_under_their_day_newest_first(cast, told):
    other = make_account("Iberagua", owner=cast.karl)
    commands.tell(user=cast.karl, kind="account_given", target=other, cause="b")
    Notification.objects.filter(cause="a").update(at=timezone.now() - dt.timedelta(days=2))
    days = queries.news(cast.karl)
    assert [[item.sentence for item in day.news] for day in days] == [
        ["Iberagua was assigned to you"], ["Hansa was assigned to you"],
    ]  # fmt: skip


def test_nobody_reads_anothers_news(cast, told):
    assert queries.news(cast.kim) == []
    assert queries.one(cast.kim, told.pk) is None
    assert queries.one(cast.karl, told.pk).url == f"/accounts/{told.target_id}/"


def test_who_has_left_reads_nothing(cast, told):
    cast.karl.is_active = False
    assert queries.news(cast.karl) == []
    assert queries.digest(cast.karl, timezone.localdate()).is_empty


def test_a_digest_leaves_out_what_was_read_or_mailed(cast, told):
    today = timezone.localdate()
    assert queries.digest(cast.karl, today).ids == [told.pk]
    commands.note_mailed(user=cast.karl, ids=[told.pk])
    assert queries.digest(cast.karl, today).is_empty
    Notification.objects.update(mailed_at=None, read_at=timezone.now())
    assert queries.digest(cast.karl, today).is_empty


def test_counting_asks_once_when_there_is_nothing(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.unread_count(cast.karl) == 0
