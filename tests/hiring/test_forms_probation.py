import pytest

from hiring.commands.probation_limit import install_limits
from hiring.forms.probation import GoalForm, LimitForm, PlanForm, law_choices, weeks_choices
from hiring.models import ProbationGoal, ProbationLimit
from people.models import company_day

pytestmark = pytest.mark.django_db


def test_countries_with_a_limit_stand_first_with_their_days(cast):
    install_limits()
    _none, (_words, noted), (_others, rest) = law_choices(cast.rita)
    told = [words for _value, words in noted]
    assert "Russia, in general: 89 days at most" in told
    assert "United States, in general: no longest trial noted" in told
    assert "country:BR" in dict(rest) and "country:RU" not in dict(rest)


def test_weeks_are_counted_from_the_first_day(cast):
    assert [value for value, _words in weeks_choices()] == ["1", "2", "4", "other"]
    data = {"starts_on": "2030-06-03", "weeks": "1", "law": "country:BR", "grade": "2"}
    form = PlanForm(data, reader=cast.rita, user=cast.karl)
    assert form.is_valid(), form.errors
    assert form.plan()["ends_on"].isoformat() == "2030-06-09"
    assert (form.plan()["country"], form.plan()["limit"]) == ("BR", None)


def test_the_newcomer_is_neither_mentor_nor_lead(cast):
    form = PlanForm(reader=cast.rita, user=cast.karl)
    assert cast.karl not in form.fields["mentor"].queryset
    assert cast.kim in form.fields["lead"].queryset


def test_a_goals_figures_are_shown_without_empty_decimals():
    goal = ProbationGoal(kind="growth", target="30.00", weight=2)
    goal.target = ProbationGoal._meta.get_field("target").to_python("30.00")
    assert GoalForm(goal=goal)["target"].value() == "30"
    assert GoalForm()["weight"].value() == 1


def test_a_limit_needs_a_source():
    data = {"country": "SE", "source": " ", "on": company_day()}
    assert LimitForm(data).errors["source"]
    own = ProbationLimit(country="SE", case="drivers", on=company_day())
    assert not LimitForm(limit=own).fields["case"].disabled
