import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Promise, Touchpoint
from accounts.queries import notices
from people import commands as people
from people import queries
from people.models import Notification
from tests.cast import LONG_AGO
from tests.field_tasks import make_rhythm, make_task, make_tier

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def sentences(user):
    return [item.sentence for day in queries.news(user) for item in day.news]


def test_each_kind_of_news_is_a_sentence_that_leads_somewhere(cast, account):
    task = make_task("Call", owner=cast.karl, account=account)
    promised = Promise.objects.create(
        account=account, text="the samples", colleague=cast.karl, made_on=LONG_AGO
    )
    owed = Promise.objects.create(
        account=account, text="the drawings", colleague=cast.karl, made_on=LONG_AGO, is_ours=False
    )
    at = dt.datetime(2026, 11, 23, 9, 30, tzinfo=dt.UTC)
    meeting = Touchpoint.objects.create(
        account=account, channel="meeting", state="planned", at=at, subject="Prices",
        author=cast.karl,
    )  # fmt: skip
    for kind, target in (
        (notices.TASK_GIVEN, task), (notices.TASK_REMINDER, task), (notices.TASK_OVERDUE, task),
        (notices.PROMISE_DUE, promised), (notices.PROMISE_DUE, owed),
        (notices.ACCOUNT_GIVEN, account), (notices.MEETING_TOMORROW, meeting),
    ):  # fmt: skip
        people.tell(user=cast.karl, kind=kind, target=target, cause=f"{kind}:{target.pk}")
    assert set(sentences(cast.karl)) == {
        "A task was given to you: Call", "Reminder: Call", "Overdue: Call",
        "Due now, you promised: the samples (Hansa)",
        "Due now, promised to you: the drawings (Hansa)",
        "Hansa was assigned to you", "Tomorrow at 09:30 with Hansa: Prices",
    }  # fmt: skip
    urls = {item.url for day in queries.news(cast.karl) for item in day.news}
    assert urls == {f"/tasks/{task.pk}/", f"/accounts/{account.pk}/"}
    assert queries.unread_count(cast.karl) == 7


def test_news_of_an_account_that_is_not_ones_own_any_more_are_neither_shown_nor_counted(
    cast, account
):
    task = make_task("Call", owner=cast.karl, account=account)
    people.tell(user=cast.karl, kind=notices.TASK_GIVEN, target=task, cause="a")
    people.tell(user=cast.karl, kind=notices.ACCOUNT_GIVEN, target=account, cause="b")
    account.assignments.update(valid_to=dt.date(2021, 1, 1))
    assert sentences(cast.karl) == []
    assert queries.unread_count(cast.karl) == 0


def test_a_reminder_of_a_task_that_is_done_is_not_shown(cast, account):
    task = make_task("Call", owner=cast.karl, account=account, state="done")
    people.tell(user=cast.karl, kind=notices.TASK_REMINDER, target=task, cause="a")
    assert sentences(cast.karl) == []


def test_the_digest_says_what_is_due(cast, account):
    make_task("Late", owner=cast.karl, account=account, due=TODAY - dt.timedelta(days=2))
    make_task("Now", owner=cast.karl, due=TODAY)
    make_task("Later", owner=cast.karl, due=TODAY + dt.timedelta(days=1))
    make_tier(account, "A")
    make_rhythm(account, TODAY - dt.timedelta(days=20))
    letter = queries.digest(cast.karl, TODAY)
    assert [section.title for section in letter.sections] == [
        "Due today or overdue", "Contact is due",
    ]  # fmt: skip
    assert [item.sentence for item in letter.sections[0].items] == [
        "Late (2 days overdue)", "Now",
    ]  # fmt: skip
    assert letter.sections[1].items[0].sentence == "Last spoke with Hansa 20 days ago."
    assert queries.digest(cast.kim, TODAY).is_empty


def test_a_contact_that_is_arranged_is_not_asked_for(cast, account):
    make_tier(account, "A")
    make_rhythm(account, TODAY - dt.timedelta(days=20), next_on=TODAY)
    assert notices.due_contacts(cast.karl, TODAY) is None


def test_a_long_list_of_what_is_due_ends_with_a_way_to_the_rest(cast):
    for number in range(12):
        make_task(f"Task {number}", owner=cast.karl, due=TODAY)
    items = notices.due_tasks(cast.karl, TODAY).items
    assert (len(items), items[-1].sentence) == (11, "and more")


def test_some_notifications_are_of_kinds_nobody_knows(cast, account):
    Notification.objects.create(
        user=cast.karl, kind="gone", target_kind="x", target_id=1, cause="x"
    )
    assert sentences(cast.karl) == []
