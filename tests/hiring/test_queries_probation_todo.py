"""What a trial asks of whom, and when it is late."""

import datetime as dt

import pytest

from hiring.commands.probation_week import hold_week, say_week
from hiring.models import Probation
from hiring.queries.probation_todo import trials_to_do
from people.models import company_day
from tests.cast import make_cast
from tests.trials import make_probation

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast():
    return make_cast()


def said(user, day) -> list[tuple[str, int]]:
    return [(todo.sentence, todo.late_days) for todo in trials_to_do(user, day)]


def test_the_newcomer_is_asked_for_the_own_yes(cast):
    make_probation(cast, "offered")
    today = company_day()
    assert said(cast.karl, today) == [("Your probation plan waits for your word", 0)]
    assert said(cast.lena, today) == said(cast.dora, today) == []
    make_probation(cast, "empty", user=cast.lena, lead=cast.dora)
    assert said(cast.lena, today) == []


def test_a_talk_is_asked_of_the_three_from_the_day_before(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    due = row.check_ins.first().due_on
    assert said(cast.lena, due - 2 * DAY) == []
    assert said(cast.karl, due - DAY) == [("Write your words for the talk of week 1", 0)]
    assert said(cast.kim, due + 2 * DAY) == [("Talk of week 1 with Karl", 2)]
    assert said(cast.dora, due) == said(cast.anna, due) == said(cast.rita, due) == []


def test_what_was_done_is_not_asked_again(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    first = row.check_ins.first()
    say_week(actor=cast.karl, check_in_id=first.pk, words="Done")
    assert said(cast.karl, first.due_on) == []
    hold_week(actor=cast.lena, check_in_id=first.pk, held_on=company_day())
    assert said(cast.lena, first.due_on) == said(cast.kim, first.due_on) == []


def test_the_lead_is_asked_to_decide_near_the_end(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    row.check_ins.update(state="held")
    assert said(cast.lena, row.ends_on - 4 * DAY) == []
    (todo,) = trials_to_do(cast.lena, row.ends_on + DAY)
    assert todo.sentence == "The probation of Karl ends: decide about it"
    assert todo.late_days == 1 and todo.url.endswith(f"/{row.pk}/decide/")
    assert said(cast.kim, row.ends_on + DAY) == []
    Probation.objects.update(state="passed")
    assert said(cast.lena, row.ends_on + DAY) == []


def test_two_queries_however_many(cast, django_assert_num_queries):
    row = make_probation(cast, "running", starts_on=company_day())
    assert not cast.lena.hires  # roles are read once a request
    with django_assert_num_queries(2):
        assert len(trials_to_do(cast.lena, row.ends_on)) == 5
