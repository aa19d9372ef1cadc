import pytest

from people.models import Absence
from people.queries import staff
from tests.care import in_days, make_absence

pytestmark = pytest.mark.django_db


def test_the_lead_of_a_person_is_who_leads_the_team_and_sells(cast):
    assert staff.lead_of(cast.karl) == cast.lena
    assert staff.lead_of(cast.lena) is None
    assert staff.lead_of(cast.kim) is None  # a team without a lead


def test_absences_are_found_by_person_and_days(cast):
    row = make_absence(cast.karl, 3, 6)
    make_absence(cast.karl, 10, 12)
    found = staff.absences_between([cast.karl.pk, cast.kim.pk], in_days(5), in_days(10))
    assert found == {cast.karl.pk: [row], cast.kim.pk: []}


def test_team_mates_know_the_days_and_only_the_near_may_read_why(cast):
    row = make_absence(cast.karl)
    known = {
        name for name in ("dora", "lena", "karl", "anna", "kim", "rita", "adam", "sam")
        if Absence.objects.known_to(getattr(cast, name)).filter(pk=row.pk)
    }  # fmt: skip
    assert known == {"dora", "lena", "karl"}
    other = make_absence(cast.lena)
    assert Absence.objects.known_to(cast.karl).filter(pk=other.pk)
    assert not Absence.objects.visible_to(cast.karl).filter(pk=other.pk)
