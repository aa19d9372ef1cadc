import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.choices import Source
from hiring.commands.candidate import create_candidate
from hiring.commands.off_limits import check_approach
from hiring.models import Candidate
from tests.recruiting import make_candidacy, make_candidate, make_off_limits, make_vacancy

pytestmark = pytest.mark.django_db


def test_nobody_of_a_customer_is_written_down_to_be_approached(cast):
    make_off_limits("ООО «Полюс»", aliases=["Polus Trade"])
    for employer in ("Полюс", "polus trade"):
        with pytest.raises(RuleBroken, match="is our customer"):
            create_candidate(actor=cast.rita, name="Jo", source="linkedin", employer=employer)
    assert not Candidate.objects.exists()


def test_who_comes_by_themselves_is_welcome(cast):
    make_off_limits("Polus")
    by_form = create_candidate(name="Jo", source=Source.FORM, employer="Polus")
    check_approach(by_form)


def test_who_applied_may_be_called(cast):
    make_off_limits("Polus")
    person = make_candidate(employer="Polus", plain_employer="polus")
    with pytest.raises(RuleBroken):
        check_approach(person)
    make_candidacy(make_vacancy(), person, applied_at=timezone.now())
    check_approach(person)


def test_people_of_other_companies_are_approached(cast):
    make_off_limits("Polus")
    check_approach(make_candidate(employer="Vega", plain_employer="vega"))
    check_approach(make_candidate())
