"""The weekly talk in the browser: own words, noted in the drawer, read by the newcomer."""

import pytest

from people.models import company_day
from tests.cast import make_cast, signed_in
from tests.trials import make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def week(cast):
    return make_probation(cast, "running", starts_on=company_day()).check_ins.first()


def url(week, part: str) -> str:
    return f"/hiring/probations/weeks/{week.pk}/{part}/"


def page(user, week) -> str:
    return signed_in(user).get(f"/hiring/probations/{week.probation_id}/").content.decode()


def test_words_are_saved_and_kept_from_the_others(cast, week):
    answer = signed_in(cast.karl).post(url(week, "words"), {"words": "Four <b>visits</b>"})
    assert answer["Location"] == f"/hiring/probations/{week.probation_id}/#week-1"
    assert "Four &lt;b&gt;visits" in page(cast.karl, week)
    assert "Four" not in page(cast.lena, week) and "Four" not in page(cast.dora, week)


def test_the_talk_is_noted_in_the_drawer(cast, week):
    client = signed_in(cast.lena)
    assert "Talk of week 1 with Karl" in client.get(url(week, "held")).content.decode()
    sent = {"held_on": company_day().isoformat(), "words": "On course", "mark": "4", "agreed": "Go"}
    assert client.post(url(week, "held"), sent).status_code == 302
    told = page(cast.karl, week)
    assert "On course" in told and "I have read it" in told and "4 of 5" in told
    signed_in(cast.karl).post(url(week, "read"))
    week.refresh_from_db()
    assert week.seen_at and "I have read it" not in page(cast.karl, week)


def test_a_day_ahead_is_refused_beside_the_field(cast, week):
    sent = {"held_on": "2090-01-01", "words": "", "mark": "", "agreed": ""}
    answer = signed_in(cast.lena).post(url(week, "held"), sent)
    assert answer.status_code == 422 and "not later than today" in answer.content.decode()


def test_only_mentor_and_lead_have_the_drawer(cast, week):
    for user in (cast.karl, cast.dora, cast.rita, cast.anna):
        assert signed_in(user).get(url(week, "held")).status_code == 404


def test_a_recruiter_reads_no_words(cast, week):
    sent = {"held_on": company_day().isoformat(), "words": "On course", "mark": "", "agreed": "Go"}
    signed_in(cast.lena).post(url(week, "held"), sent)
    assert "On course" not in page(cast.rita, week)
