import pytest

from common.errors import RuleBroken
from hiring.choices import Source
from hiring.commands.candidate import create_candidate
from hiring.models import Candidate
from tests.recruiting import make_off_limits

pytestmark = pytest.mark.django_db


def test_nobody_of_a_customer_is_written_down_to_be_approached(cast):
    make_off_limits("ООО «Полюс»", aliases=["Polus Trade"])
    for employer in ("Полюс", "polus trade"):
        with pytest.raises(RuleBroken, match="is our customer"):
            create_candidate(actor=cast.rita, name="Jo", source="linkedin", employer=employer)
    assert not Candidate.objects.exists()


def test_who_comes_by_themselves_is_welcome(cast):
    make_off_limits("Polus")
    create_candidate(name="Jo", source=Source.FORM, employer="Polus")
    assert Candidate.objects.exists()
