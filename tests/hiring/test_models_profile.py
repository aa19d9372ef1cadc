import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from hiring.models import Competency, PayBenchmark, Profile, ProfileCompetency
from tests.recruiting import make_profile

pytestmark = pytest.mark.django_db


def test_who_hires_reads_and_changes_profiles_competencies_and_pay(cast):
    make_profile()
    Competency.objects.create(code="x", group="skill")
    PayBenchmark.objects.create(
        city="Kazan", employer="company", median=Decimal(1), on=dt.date(2026, 1, 1)
    )
    for model in (Profile, Competency, PayBenchmark):
        for who in ("rita", "dora"):
            assert model.objects.visible_to(getattr(cast, who)).exists()
            assert model.objects.editable_by(getattr(cast, who)).exists()
        for who in ("lena", "karl", "anna", "ivan", "adam", "sam"):
            assert not model.objects.visible_to(getattr(cast, who)).exists()


def test_a_competency_weighs_once_in_a_profile(cast):
    profile, row = make_profile(), Competency.objects.create(code="x", group="skill")
    ProfileCompetency.objects.create(profile=profile, competency=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProfileCompetency.objects.create(profile=profile, competency=row)


def test_words_are_in_the_readers_language(cast):
    row = Competency.objects.create(
        code="x", group="skill", names={"en": "Analysis", "ru": "Анализ"},
        descriptions={"en": "Figures"}, anchors={"3": {"en": "Fair", "ru": "Средне"}},
    )  # fmt: skip
    with translation.override("ru"):
        assert (row.name, row.description, row.anchor(3)) == ("Анализ", "Figures", "Средне")
    assert row.anchor(5) == ""


def test_pay_is_exact(cast):
    profile = make_profile(pay_from=Decimal("90000.5"))
    assert Profile.objects.get(pk=profile.pk).pay_from == Decimal("90000.5")
