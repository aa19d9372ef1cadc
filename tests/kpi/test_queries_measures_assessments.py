"""The director's assessment as a measure: a word of each manager, a count of several."""

import datetime as dt

import pytest
from django.urls import reverse

from kpi.choices import Mark
from kpi.commands import write_readings
from kpi.models import Appraisal, Reading
from kpi.queries.measures import BY_CODE, words
from kpi.queries.measures.figures.assessments import assessment_figures
from tests.cast import signed_in, without_tokens
from tests.kpi.measures import DAY, make_measured

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 30, 12, tzinfo=dt.UTC)
PAGE = reverse("kpi:measure_page", args=["assessment"])


def judged(cast, manager, mark=Mark.ABOVE, *, last=DAY, shown=False, made_at=NOON) -> Appraisal:
    return Appraisal.objects.create(
        manager=manager, by=cast.dora, first=last, last=last, mark=mark, note="As it was",
        made_at=made_at, shared_at=made_at if shown else None,
    )  # fmt: skip


def found(day=DAY) -> dict:
    return {(one.scope.value, one.key): one for one in assessment_figures(day)}


def test_the_newest_stands_for_the_manager_and_counts_for_team_and_company(cast):
    judged(cast, cast.karl, Mark.BELOW, last=dt.date(2025, 12, 31))
    judged(cast, cast.karl, Mark.ABOVE)
    judged(cast, cast.kim, Mark.BELOW)
    rows = found()
    assert rows["manager", str(cast.karl.pk)].inputs["mark"] == Mark.ABOVE
    company = rows["company", ""]
    assert (company.numerator, company.denominator, company.value) == (1, 2, None)
    team = rows["team", str(cast.lena.teams_led.get().pk)]
    assert (team.numerator, team.denominator) == (1, 1)


def test_what_is_a_year_old_or_was_not_known_that_day_is_left_out(cast):
    judged(cast, cast.karl, last=dt.date(2025, 3, 31))
    judged(cast, cast.kim, made_at=NOON + dt.timedelta(days=3))
    assert found() == {}


def test_directors_are_left_out(cast):
    judged(cast, cast.dora)
    assert found() == {}


def test_it_is_told_in_words_and_never_as_a_mean():
    one, several = (
        Reading(numerator=1, denominator=number, inputs=inputs)
        for number, inputs in ((1, {"mark": 4, "appraisal": 1}), (3, {}))
    )
    definition = BY_CODE["assessment"]
    assert words.value_words(definition, one, "EUR") == Mark.ABOVE.label
    assert words.value_words(definition, several, "EUR") == "1 of 3"
    assert words.change(definition, one, one) is None


def test_only_directors_read_it_and_the_manager_once_it_is_shown():
    cast = make_measured()
    row = judged(cast, cast.karl)
    write_readings()
    word = str(Mark.ABOVE.label)

    def sees(user, **asked) -> bool:
        text = without_tokens(signed_in(user).get(PAGE, asked))
        return word in text or "1 of 1" in text

    team = cast.lena.teams_led.get()
    assert sees(cast.dora) and sees(cast.dora, of=f"manager:{cast.karl.pk}")
    assert not sees(cast.karl)
    assert not sees(cast.lena, of=f"manager:{cast.karl.pk}")
    assert not sees(cast.lena, of=f"team:{team.pk}")
    Appraisal.objects.filter(pk=row.pk).update(shared_at=NOON)
    assert sees(cast.karl)
    assert not sees(cast.lena, of=f"manager:{cast.karl.pk}")


def test_who_became_a_director_does_not_read_what_was_not_shown():
    cast = make_measured()
    judged(cast, cast.karl)
    write_readings()
    cast.karl.role_grants.create(role="director")
    rows = Reading.objects.visible_to(type(cast.karl).objects.get(pk=cast.karl.pk))
    assert not rows.filter(code="assessment", key=str(cast.karl.pk)).exists()
    assert rows.filter(code="revenue", scope="company").exists()


def test_an_assessment_of_the_evening_is_read_by_the_next_night():
    cast = make_measured(dt.date(2026, 3, 31))
    judged(cast, cast.karl, made_at=dt.datetime(2026, 3, 31, 20, tzinfo=dt.UTC))
    assert write_readings(day=dt.date(2026, 4, 1))["readings"] > 1
    assert Reading.objects.filter(code="assessment", day=DAY, scope="company").exists()


def test_managers_stand_by_name():
    cast = make_measured()
    for user, mark in ((cast.karl, Mark.BELOW), (cast.kim, Mark.FAR_ABOVE)):
        judged(cast, user, mark)
    write_readings()
    text = without_tokens(signed_in(cast.dora).get(PAGE, {"by": "manager"}))
    groups = text[text.index('id="groups"') :]
    assert groups.index("Karl") < groups.index("Kim")
