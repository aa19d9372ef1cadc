import pytest
from django.db import IntegrityError, transaction

from hiring.models import HiringSettings

pytestmark = pytest.mark.django_db


def test_without_a_row_the_defaults_hold():
    now = HiringSettings.current()
    assert (now.prior_came, now.prior_missed) == (2, 3)
    assert now.remind_hours == [72, 24, 3]
    assert now.pk == 1
    assert not HiringSettings.objects.exists()
    assert str(now)


def test_there_is_one_row_at_most():
    HiringSettings.objects.create(pk=1, seats=12)
    with pytest.raises(IntegrityError), transaction.atomic():
        HiringSettings.objects.create(pk=2)
    assert HiringSettings.current().seats == 12
