import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from hiring.choices import VacancyState
from hiring.models import Stage, Vacancy
from tests.recruiting import make_observer, make_profile, make_session, make_vacancy

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("state", VacancyState.values)
def test_only_open_vacancies_are_published(cast, state):
    vacancy = make_vacancy(state=state)
    assert Vacancy.objects.published().filter(pk=vacancy.pk).exists() == (state == "open")


def test_published_ones_are_in_date(cast):
    today, now = timezone.localdate(), timezone.now()
    shown = {make_vacancy().pk, make_vacancy(closes_on=today).pk}
    make_vacancy(closes_on=today - DAY)
    make_vacancy(published_at=now + DAY)
    make_vacancy(published_at=None)
    assert set(Vacancy.objects.published().values_list("pk", flat=True)) == shown


def test_who_hires_sees_all_others_what_is_published_or_theirs_to_observe(cast):
    shown, draft = make_vacancy(), make_vacancy(state="draft")
    observed, past = make_vacancy(state="draft"), make_vacancy(state="draft")
    make_observer(make_session(observed), cast.ivan)
    make_observer(make_session(past, starts_at=timezone.now() - 30 * DAY), cast.ivan)
    every = {shown.pk, draft.pk, observed.pk, past.pk}

    def seen(user) -> set[int]:
        return set(Vacancy.objects.visible_to(user).values_list("pk", flat=True))

    assert seen(cast.rita) == seen(cast.dora) == every
    assert seen(cast.ivan) == {shown.pk, observed.pk}
    for user in (cast.karl, cast.anna, cast.adam, cast.sam):
        assert seen(user) == {shown.pk}
    assert seen(AnonymousUser()) == set()
    cast.rita.is_active = False
    assert seen(cast.rita) == set()


def test_only_recruiters_change_vacancies_and_their_stages(cast):
    make_vacancy()
    for who in ("dora", "karl", "anna", "ivan", "adam", "sam"):
        user = getattr(cast, who)
        assert not Vacancy.objects.editable_by(user).exists()
        assert not Stage.objects.editable_by(user).exists()
    assert Vacancy.objects.editable_by(cast.rita).exists()
    assert Stage.objects.editable_by(cast.rita).exists()
    assert Stage.objects.visible_to(cast.dora).exists()
    assert not Stage.objects.visible_to(cast.karl).exists()


@pytest.mark.parametrize("broken", ["own", "none"])
def test_the_database_refuses_what_must_not_be(cast, broken):
    wrong = {"own": {"proposed_by": cast.dora, "approved_by": cast.dora}, "none": {"openings": 0}}
    with pytest.raises(IntegrityError), transaction.atomic():
        make_vacancy(**wrong[broken])


def test_a_text_is_in_the_readers_language_else_in_any(cast):
    vacancy = make_vacancy(texts={"ru": {"title": "КАМ"}, "en": {"title": "KAM"}})
    with translation.override("ru"):
        assert vacancy.text("title") == "КАМ"
    with translation.override("it"):
        assert vacancy.text("title") == "KAM"
    assert vacancy.text("offers") == ""


def test_a_stage_without_names_is_called_by_its_kind(cast):
    stage = make_vacancy().stages.get(kind="offer")
    stage.names = {}
    assert stage.name == "offer"


def test_a_profile_in_use_stays(cast):
    profile = make_profile()
    make_vacancy(profile=profile)
    with pytest.raises(IntegrityError), transaction.atomic():
        profile.delete()
