import pytest
from django.db import IntegrityError, transaction

from hiring.models import Need
from tests.recruiting import make_vacancy

FIELDS = {"months": 6, "certainty": 90, "missing": 1, "hires": 3, "invited": 12}


@pytest.mark.parametrize(
    ("reader", "sees"),
    [("dora", True), ("rita", True), ("karl", False), ("adam", False), ("sam", False)],
)
def test_who_hires_reads_why_a_vacancy_was_asked_for(cast, reader, sees):
    Need.objects.create(vacancy=make_vacancy(recruiter=cast.rita), **FIELDS)
    assert Need.objects.visible_to(getattr(cast, reader)).exists() is sees


def test_a_vacancy_is_asked_for_once(cast):
    vacancy = make_vacancy(recruiter=cast.rita)
    Need.objects.create(vacancy=vacancy, **FIELDS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.create(vacancy=vacancy, **FIELDS)
