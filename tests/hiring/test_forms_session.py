import datetime as dt

import pytest
from django.utils import timezone

from hiring.forms.session import ExerciseForm, FiguresForm, NewSessionForm, SessionForm
from tests.recruiting import make_session, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy(cast):
    return make_vacancy(time_zone="Asia/Almaty")


def filled(vacancy, form=NewSessionForm, **changes):
    empty = form(vacancy=vacancy)
    known = {name: field.initial for name, field in empty.fields.items()} | empty.initial
    known |= {"day": "2099-12-02", "days": 1, "closes_at": ""}
    data = {key: value for key, value in (known | changes).items() if value is not None}
    return form(data, vacancy=vacancy)


def test_hours_are_those_of_the_place(vacancy):
    form = filled(vacancy, closes_at="2099-12-01T18:00")
    assert form.is_valid(), form.errors
    values = form.values()
    assert values["starts_at"].astimezone(dt.UTC).hour == 5
    assert values["closes_at"].utcoffset() == dt.timedelta(hours=5)
    assert values["limit"] == 10


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends": "09:00"}, "ends"),
        ({"time_zone": "Moon/Sea"}, "time_zone"),
        ({"minimum": 9}, "minimum"),
        ({"days": 11}, "days"),
        ({"video_link": "javascript:alert(1)"}, "video_link"),
        ({"cost_empty": 0}, "cost_empty"),
    ],
)
def test_an_error_stands_at_its_field(vacancy, changes, field):
    assert field in filled(vacancy, **changes).errors


def test_the_form_of_a_session_shows_it_as_it_is(vacancy):
    start = timezone.now().replace(hour=5, minute=0, second=0, microsecond=0)
    session = make_session(vacancy, starts_at=start, time_zone="Asia/Almaty")
    initial = SessionForm(vacancy=vacancy, session=session).initial
    assert initial["begins"] == dt.time(10)
    assert initial["seats"] == 8


def test_figures_in_the_making_are_used_as_far_as_they_can_be_read():
    form = FiguresForm({"seats": "6", "cost_empty": "", "cost_over": "x", "spare": "-1"})
    assert form.usable() == {"seats": 6}


def test_an_exercise_keeps_its_names_unless_it_is_renamed():
    data = {"kind": "loss", "minutes": "10", "name": "Case"}
    form = ExerciseForm(data)
    assert form.is_valid()
    assert form.values("en")["names"] == {"en": "Case"}
    known = {"en": "Case", "ru": "Случай"}
    assert form.values("en", known)["names"] == known
    assert form.values("it", {"it": "Caso"})["names"] == {"it": "Case"}
