import datetime as dt

import pytest
from django.utils import timezone

from hiring.choices import CandidacyState, SeatState, StageKind
from hiring.models import Move
from tests.recruiting import make_candidacy, make_seat, make_session, make_vacancy

pytestmark = pytest.mark.django_db
PAGE = "/hiring/numbers/"


def fill(people: int):
    """So many applicants, half of whom came to a session that is over and one of them hired."""
    vacancy = make_vacancy(published_at=timezone.now() - dt.timedelta(days=40), openings=2)
    now = timezone.now()
    session = make_session(vacancy, starts_at=now - dt.timedelta(days=3), limit=people)
    for number in range(people):
        row = make_candidacy(vacancy, stage=StageKind.FORM, source="form")
        Move.objects.create(candidacy=row, to_stage=row.stage, state="active")
        if number % 2:
            row.stage = vacancy.stages.get(kind=StageKind.SESSION)
            row.shortlisted_at = now
            Move.objects.create(candidacy=row, to_stage=row.stage, state="active")
            make_seat(session, row, state=SeatState.CAME if number % 4 == 1 else SeatState.NO_SHOW)
        row.state = CandidacyState.HIRED if number == 1 else CandidacyState.REJECTED
        row.ended_at = now - dt.timedelta(days=10)
        row.save()
    return vacancy


def test_an_empty_house_says_what_will_be_counted(cast, reader):
    page = reader(cast.rita).get(PAGE).content.decode()
    assert "Nothing to count yet" in page
    assert "How many to hire" in page


def test_the_page_shows_counts_before_rates_and_their_bounds(cast, reader):
    fill(24)
    page = reader(cast.rita).get(PAGE).content.decode()
    assert "12 of 24" in page
    assert "likely 31" in page  # Wilson of 12 in 24: 31 to 69 %
    assert "Not enough data to say which is better" in page
    assert "1 of 2 openings is filled: too early for a median" in page


def test_with_enough_hires_there_is_a_median(cast, reader):
    published = timezone.now() - dt.timedelta(days=40)
    vacancy = make_vacancy(published_at=published, openings=6)
    for days in (10, 20, 30, 31, 32):
        ended = published + dt.timedelta(days=days)
        make_candidacy(vacancy, state=CandidacyState.HIRED, ended_at=ended)
    page = reader(cast.rita).get(PAGE).content.decode()
    assert "within <b>30 days</b>" in page
    assert "5 of 6 are" in page


def test_a_vacancy_is_shown_alone(cast, reader):
    fill(4)
    other = fill(2)
    page = reader(cast.dora).get(PAGE, {"vacancy": other.pk}).content.decode()
    assert "<b>2</b> candidacies" in page


@pytest.mark.parametrize(
    "query", [{"good": "0"}, {"good": "x"}, {"attrition": "96"}, {"vacancy": "9" * 30}]
)
def test_a_wrong_question_gets_its_error_and_all_figures(cast, reader, query):
    fill(4)
    answer = reader(cast.rita).get(PAGE, query)
    assert answer.status_code == 200
    assert "<b>4</b> candidacies" in answer.content.decode()


def test_one_good_one_at_half_attrition_takes_three_to_five_hires(cast, reader):
    answer = reader(cast.rita).get(PAGE, {"good": 1, "attrition": 50})
    assert [row.hires for row in answer.context["need"]] == [3, 4, 5]


def test_only_those_who_hire_see_it(cast, reader):
    for user in (cast.karl, cast.anna, cast.ivan, cast.adam, cast.sam):
        assert reader(user).get(PAGE).status_code == 404


def test_queries_do_not_grow(cast, reader, django_assert_max_num_queries):
    fill(2)
    client = reader(cast.rita)
    client.get(PAGE)
    with django_assert_max_num_queries(22):
        client.get(PAGE)
    fill(30)
    with django_assert_max_num_queries(22):
        client.get(PAGE)
