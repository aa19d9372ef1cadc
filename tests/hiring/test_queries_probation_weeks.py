"""The weeks as one reader sees them: nobody reads another's words before the talk."""

import pytest

from hiring.commands.probation_week import hold_week, say_week
from hiring.queries.probation import probations
from hiring.queries.probation_weeks import folded, next_week, weeks_of
from people.models import company_day
from tests.cast import make_cast
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def trial(cast):
    row = make_probation(cast, "running", starts_on=company_day())
    first = row.check_ins.first()
    for user in (cast.karl, cast.kim, cast.lena):
        say_week(actor=user, check_in_id=first.pk, words=f"Words of {user.name}")
    return row


def first(trial, reader):
    return weeks_of(probations(reader).get(pk=trial.pk), reader)[0]


def read(week) -> list[str]:
    return [one.text for one in week.said if one.text]


def test_before_the_talk_everybody_reads_their_own(cast, trial):
    assert read(first(trial, cast.karl)) == ["Words of Karl"]
    assert read(first(trial, cast.kim)) == ["Words of Kim"]
    assert read(first(trial, cast.lena)) == ["Words of Lena"]
    assert read(first(trial, cast.dora)) == [] == read(first(trial, cast.rita))
    assert all(one.has_said for one in first(trial, cast.karl).said)


def test_after_the_talk_the_three_and_directors_read_all(cast, trial):
    hold_week(actor=cast.lena, check_in_id=trial.check_ins.first().pk, held_on=company_day())
    for user in (cast.karl, cast.kim, cast.lena, cast.dora):
        assert len(read(first(trial, user))) == 3
    assert read(first(trial, cast.rita)) == []


def test_who_may_do_what(cast, trial):
    own, lead = first(trial, cast.karl), first(trial, cast.lena)
    assert own.may_say and not own.may_hold and own.own_words == "Words of Karl"
    assert lead.may_say and lead.may_hold and not lead.may_confirm
    hold_week(actor=cast.lena, check_in_id=own.row.pk, held_on=company_day())
    own, lead = first(trial, cast.karl), first(trial, cast.lena)
    assert own.may_confirm and not own.may_say and not lead.may_hold


def test_the_next_talk_is_the_first_still_to_be_held(cast, trial):
    row = trial.check_ins.first()
    weeks = weeks_of(trial, cast.lena)
    assert next_week(weeks).row == row
    hold_week(actor=cast.lena, check_in_id=row.pk, held_on=company_day())
    assert next_week(weeks_of(trial, cast.lena)).row.week == 2
    assert next_week([]) is None


def test_old_and_coming_talks_are_folded_away(cast, trial):
    trial.check_ins.filter(week__lte=3).update(state="held")
    found = folded(weeks_of(trial, cast.lena))
    numbers = [[week.row.week for week in part] for part in (found.older, found.shown, found.later)]
    assert numbers == [[1], [2, 3, 4], []] and found.last_on is None
    trial.check_ins.update(state="planned")
    found = folded(weeks_of(trial, cast.lena))
    assert [week.row.week for week in found.shown] == [1]
    assert len(found.later) == 3 and found.last_on == trial.ends_on


def test_one_person_at_two_chairs_stands_once(cast):
    row = make_probation(cast, "running", starts_on=company_day(), mentor=cast.lena)
    assert [one.seat for one in first(row, cast.lena).said] == ["newcomer", "lead"]


def test_one_query_however_many_weeks(cast, trial, django_assert_num_queries):
    row = probations(cast.lena).get(pk=trial.pk)
    cast.lena.is_director  # noqa: B018  roles are read once a request
    with django_assert_num_queries(1):
        weeks_of(row, cast.lena)
