import pytest

from hiring.commands.probation_limit import install_limits
from hiring.queries import probation_plan as queries
from hiring.queries.probation import probation_page, probations
from people.models import company_day
from tests.trials import DAY, make_buyer, make_probation, put_on_probation

pytestmark = pytest.mark.django_db


def test_newcomers_are_on_probation_without_a_plan_and_of_a_leads_team_only(cast):
    for user in (cast.karl, cast.kim, cast.sam):
        put_on_probation(user)
    assert list(queries.newcomers(cast.rita)) == [cast.karl, cast.kim]
    assert list(queries.newcomers(cast.lena)) == [cast.karl]
    make_probation(cast, "empty")
    assert list(queries.newcomers(cast.dora)) == [cast.kim]


def test_hirers_and_who_leads_somebody_plan(cast):
    plans = {user for user in vars(cast).values() if queries.plans_for(user)}
    assert plans == {cast.dora, cast.rita, cast.lena}


def test_a_first_plan_begins_with_what_is_known(cast):
    install_limits()
    put_on_probation(cast.karl)
    first = queries.first_plan(cast.rita, cast.karl, None)
    assert (first["starts_on"], first["weeks"], first["grade"]) == (company_day(), "4", 2)
    assert first["lead"] == cast.lena and first["law"] == "" and first["criteria"]

    make_probation(cast, "empty", user=cast.kim, lead=cast.lena, mentor=cast.lena)
    law = queries.first_plan(cast.rita, cast.karl, None)["law"]
    country, limit = queries.limit_by_value(cast.rita, law)
    assert (country, limit.most_days, limit.case) == ("RU", 89, "")
    assert queries.limit_by_value(cast.rita, "country:BR") == ("BR", None)
    assert queries.in_force(cast.rita)[limit.pk] == 1


def test_the_usual_gap_is_that_of_the_middle_small_account():
    assert queries.usual_gap() is None
    for every in (10, 20, 40):
        make_buyer(f"Every {every}", every=every)
    assert queries.usual_gap() == 19  # 19 order days of a year


def test_a_plan_says_what_it_lacks_until_nothing_is_missing(cast):
    row = make_probation(cast, "empty", mentor=None, criteria="")
    row.goals.all().delete()

    def lacks():
        page = probation_page(probations(cast.dora).get(pk=row.pk), cast.dora)
        return [lack.part for lack in queries.lacks(page)]

    assert lacks() == ["terms", "terms", "accounts", "goals"]
    row.starts_on = company_day() - DAY
    row.ends_on = company_day() + 200 * DAY
    row.save()
    assert lacks().count("terms") == 4


def test_a_whole_plan_lacks_nothing(cast):
    row = make_probation(cast)
    assert queries.lacks(probation_page(probations(cast.dora).get(pk=row.pk), cast.dora)) == []
    row.user.employments.update(on_probation=False)
    (lack,) = queries.lacks(probation_page(probations(cast.dora).get(pk=row.pk), cast.dora))
    assert "not noted as on probation" in lack.words
