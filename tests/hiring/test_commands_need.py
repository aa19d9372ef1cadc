import pytest
from django.urls import reverse

from common.errors import RuleBroken
from hiring.choices import VacancyState
from hiring.commands import vacancy as vacancies
from hiring.commands.need import ask_vacancy
from hiring.models import Need, Vacancy
from people.choices import Role
from people.models import Event, Notification, RoleGrant
from tests.cast import signed_in
from tests.recruiting import make_profile


def ask(actor, **more) -> Need:
    values = {
        "profile_id": more.pop("profile", None) or make_profile().pk, "title": "KAM", "hires": 3,
        "invited": 12, "missing": 1, "months": 6, "certainty": 90, "reckoning": {"key": 8},
        "rule_version": "forecast-1",
    }  # fmt: skip
    return ask_vacancy(actor=actor, **values | more)


def test_a_draft_for_the_recruiter_with_the_reckoning(cast):
    need = ask(cast.dora)
    vacancy = need.vacancy
    assert (vacancy.state, vacancy.openings, vacancy.recruiter) == ("draft", 3, cast.rita)
    assert vacancy.created_by is None and vacancy.stages.exists()
    assert Event.objects.filter(verb="vacancy.asked_for", target_id=vacancy.pk).exists()
    assert Notification.objects.filter(user=cast.rita, kind="vacancy_asked").exists()


def test_one_draft_per_gap_until_the_vacancy_ends(cast):
    first = ask(cast.dora)
    with pytest.raises(RuleBroken, match="under way"):
        ask(cast.dora)
    assert Vacancy.objects.count() == 1
    first.vacancy.state = VacancyState.CLOSED
    first.vacancy.save()
    ask(cast.dora)
    assert Vacancy.objects.count() == 2


@pytest.mark.parametrize("actor", ["rita", "karl", "lena", "adam", "sam"])
def test_only_directors_ask(cast, actor):
    with pytest.raises(RuleBroken):
        ask(getattr(cast, actor))
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize("more", [{"hires": 0}, {"hires": 100}, {"certainty": 50}])
def test_what_makes_no_sense_is_refused(cast, more):
    with pytest.raises(RuleBroken):
        ask(cast.dora, **more)
    assert not Vacancy.objects.exists()


def test_without_a_recruiter_it_says_whom_to_invite(cast):
    RoleGrant.objects.filter(role=Role.RECRUITER).delete()
    with pytest.raises(RuleBroken, match="recruiter"):
        ask(cast.dora)
    assert not Vacancy.objects.exists()


def test_who_asked_may_approve_what_the_recruiter_proposes(cast):
    vacancy = ask(cast.dora).vacancy
    Vacancy.objects.filter(pk=vacancy.pk).update(state=VacancyState.PROPOSED, proposed_by=cast.rita)
    approved = vacancies.approve_vacancy(actor=cast.dora, vacancy_id=vacancy.pk)
    assert approved.state == VacancyState.APPROVED


def test_the_vacancy_says_why_it_was_asked_for(cast):
    need = ask(cast.dora)
    page = signed_in(cast.rita).get(reverse("hiring:advert_page", args=[need.vacancy.pk]))
    assert "managers will be missing" in page.content.decode()
