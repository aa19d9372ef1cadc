import datetime as dt

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.commands.promise import make_promise
from accounts.models import Touchpoint
from accounts.queries.timeline import Filters, timeline
from people.models import User
from tests.cast import make_account, make_cast
from tests.field import make_contact, make_logged, make_touchpoint

pytestmark = pytest.mark.django_db


def shown(found) -> list[Touchpoint]:
    return [line.touchpoint for line in found.lines]


def test_the_newest_comes_first_and_what_was_taken_back_not_at_all(cast, account):
    old, new = make_touchpoint(account, days_ago=9), make_touchpoint(account, days_ago=1)
    make_touchpoint(account, state="removed")
    make_touchpoint(account, state="cancelled")
    assert shown(timeline(cast.karl, account=account)) == [new, old]


def test_a_person_and_a_colleague_have_timelines_of_their_own(cast, account):
    ann, bob = make_contact(account), make_contact(account)
    with_ann = make_logged(cast.karl, account, ann)
    with_bob = make_logged(cast.dora, account, bob)
    assert shown(timeline(cast.karl, contact=ann)) == [with_ann]
    assert shown(timeline(cast.karl, colleague=cast.dora)) == [with_bob]


def test_nobody_reads_what_is_not_theirs(cast, account):
    person = make_contact(account)
    make_logged(cast.karl, account, person)
    for user in (cast.kim, cast.rita, cast.adam, cast.sam):
        for about in ({"account": account}, {"contact": person}, {"colleague": cast.karl}, {}):
            assert timeline(user, **about).entries == []
    assert len(shown(timeline(cast.lena, account=account))) == 1


def test_every_filter_narrows(cast, account):
    ann = make_contact(account, "Ann Petrova")
    call = make_logged(cast.karl, account, ann, channel="call", tone=1, text="Delivery windows")
    other = make_logged(cast.dora, account, channel="meeting", tone=-1, days=1)
    plan = make_logged(
        cast.karl, account, state="planned", at=timezone.now() + dt.timedelta(days=1)
    )

    def found(**given):
        return shown(timeline(cast.karl, account=account, filters=Filters.read(given)))

    assert found(channel="call") == [call]
    assert found(tone="-1") == [other]
    assert found(contact=str(ann.pk)) == [call]
    assert found(colleague=str(cast.dora.pk)) == [other]
    assert found(state="planned") == [plan]
    assert found(state="done") == [call, other]
    assert found(q="DELIVERY window") == [call]
    assert found(q="petrova") == [call]
    assert found(q="nothing of the kind") == []


def test_filters_that_make_no_sense_are_left_out():
    given = {"channel": "pigeon", "tone": "9", "contact": "²", "state": "removed", "q": "\x00"}
    assert Filters.read(given).is_empty


def test_a_silence_is_an_entry_of_its_own(cast, account):
    make_touchpoint(account, days_ago=200)
    make_touchpoint(account, days_ago=190)
    make_touchpoint(account, days_ago=61)
    gaps = [entry.gap for entry in timeline(cast.karl, account=account).entries if entry.gap]
    assert [(gap.days, gap.is_now) for gap in gaps] == [(61, True), (129, False)]
    filtered = timeline(cast.karl, account=account, filters=Filters(channel="meeting"))
    assert not [entry for entry in filtered.entries if entry.gap]


def test_months_and_plans_have_headings(cast, account):
    make_touchpoint(account, state="planned", days_ago=-3)
    make_touchpoint(account, days_ago=0)
    make_touchpoint(account, days_ago=40)
    days = [
        entry.month.day for entry in timeline(cast.karl, account=account).entries if entry.month
    ]
    today = timezone.localdate()
    before = (today - dt.timedelta(days=40)).replace(day=1)
    assert days == [None, today.replace(day=1), before]


def test_a_plan_whose_hour_has_passed_asks_to_be_told(cast, account):
    make_touchpoint(account, state="planned", days_ago=2)
    (line,) = timeline(cast.karl, account=account).lines
    assert line.is_overdue and line.is_planned


def test_lines_say_what_hangs_on_them(cast, account):
    row = make_logged(cast.karl, account, next_step={"title": "Send it", "due": None})
    make_promise(actor=cast.karl, account_id=account.pk, text="A trial", touchpoint=row)
    (line,) = timeline(cast.karl, account=account).lines
    found = line.touchpoint
    assert (found.promise_count, found.step_count, found.file_count) == (1, 1, 0)


@given(st.lists(st.integers(0, 4), max_size=30), st.integers(1, 7))
def test_pages_hold_every_line_once_in_one_order(days, per_page):
    Touchpoint.objects.all().delete()
    account = make_account()
    cast_director = make_cast_once()
    noon = timezone.now()
    for ago in days:
        make_touchpoint(account, at=noon - dt.timedelta(days=ago))
    whole = shown(timeline(cast_director, account=account, per_page=1000))
    pages, mark = [], ""
    while True:
        page = timeline(cast_director, account=account, before=mark, per_page=per_page)
        pages += shown(page)
        mark = page.next
        if not mark:
            break
    assert pages == whole
    assert len(whole) == len(days)


def make_cast_once():
    return User.objects.filter(name="Dora").first() or make_cast().dora


@pytest.mark.parametrize("mark", ["x", "-", "1-", "-1", "99999999999999999-1", "²-1", "1-1-1"])
def test_a_mark_that_we_did_not_make_is_the_beginning(cast, account, mark):
    row = make_touchpoint(account)
    assert shown(timeline(cast.karl, account=account, before=mark)) == [row]


def test_many_lines_cost_as_many_queries_as_one(cast, account, django_assert_num_queries):
    people = [make_contact(account) for _ in range(4)]
    assert cast.dora.is_director  # a request has the roles already
    for number in range(1, 12):
        make_logged(cast.karl, account, *people, days=number)
        if number in (1, 11):
            with django_assert_num_queries(3):
                timeline(cast.dora, account=account)
