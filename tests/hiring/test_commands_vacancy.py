import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from common.errors import RuleBroken
from hiring.choices import StageKind, VacancyState
from hiring.commands import vacancy as commands
from hiring.models import Vacancy
from people.choices import Role
from people.models import Event, Notification, RoleGrant
from tests.cast import make_user
from tests.recruiting import make_profile, make_vacancy

pytestmark = pytest.mark.django_db
ADVERT = {"en": {"title": "Key account manager", "intro": "Keep our largest customers."}}


def draft(cast, **fields) -> Vacancy:
    fields = {"texts": ADVERT, "city": "Kazan", **fields}
    return commands.create_vacancy(
        actor=cast.rita, profile_id=make_profile().pk, title="KAM, Kazan", **fields
    )


def step(name: str, actor, vacancy, **more) -> Vacancy:
    return getattr(commands, f"{name}_vacancy")(actor=actor, vacancy_id=vacancy.pk, **more)


def verbs(vacancy) -> list[str]:
    return list(Event.objects.about(vacancy).order_by("pk").values_list("verb", flat=True))


def test_a_draft_has_a_stage_of_every_kind_and_an_address(cast):
    vacancy = draft(cast)
    assert vacancy.state == VacancyState.DRAFT and vacancy.slug == "kam-kazan"
    assert [stage.kind for stage in vacancy.stages.all()] == StageKind.values
    assert draft(cast).slug != vacancy.slug
    assert vacancy.recruiter == cast.rita and verbs(vacancy) == ["vacancy.created"]


def test_pay_comes_from_the_profile_where_none_is_given(cast):
    profile = make_profile(pay_from=Decimal(90), pay_to=Decimal(120), pay_currency="RUB")
    vacancy = commands.create_vacancy(actor=cast.rita, profile_id=profile.pk, title="KAM")
    assert (vacancy.pay_from, vacancy.pay_to, vacancy.pay_currency) == (90, 120, "RUB")


def test_from_draft_to_the_public_it_takes_two_people(cast):
    vacancy = draft(cast)
    step("propose", cast.rita, vacancy)
    assert Notification.objects.get().user == cast.dora
    assert step("approve", cast.dora, vacancy).approved_by == cast.dora
    assert Notification.objects.filter(user=cast.rita, kind="vacancy_approved").exists()
    published = step("publish", cast.rita, vacancy)
    assert Vacancy.objects.published().get() == published
    assert verbs(vacancy)[-3:] == ["vacancy.proposed", "vacancy.approved", "vacancy.published"]


def test_nobody_approves_their_own(cast):
    RoleGrant.objects.create(user=cast.rita, role=Role.DIRECTOR)
    both = type(cast.rita).objects.get(pk=cast.rita.pk)
    vacancy = draft(cast)
    commands.propose_vacancy(actor=both, vacancy_id=vacancy.pk)
    for name, more in (("approve", {}), ("send_back", {"reason": "no"})):
        with pytest.raises(RuleBroken, match="own vacancy"):
            step(name, both, vacancy, **more)
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.PROPOSED


def test_who_wrote_it_does_not_approve_what_another_proposed(cast):
    other = make_user("Rosa", Role.RECRUITER)
    vacancy = draft(cast)
    RoleGrant.objects.create(user=cast.rita, role=Role.DIRECTOR)
    author = type(cast.rita).objects.get(pk=cast.rita.pk)
    step("propose", other, vacancy)
    with pytest.raises(RuleBroken):
        step("approve", author, vacancy)


def test_a_refusal_has_a_reason_and_leads_back(cast):
    vacancy = draft(cast)
    step("propose", cast.rita, vacancy)
    with pytest.raises(RuleBroken, match="reason"):
        step("send_back", cast.dora, vacancy, reason="  ")
    back = step("send_back", cast.dora, vacancy, reason="Pay is above the grade")
    assert back.state == VacancyState.DRAFT and back.refusal == "Pay is above the grade"
    assert Notification.objects.filter(user=cast.rita, kind="vacancy_sent_back").exists()
    assert step("propose", cast.rita, vacancy).refusal == ""


def test_terms_are_frozen_once_proposed(cast):
    vacancy = draft(cast)
    vacancy = step("propose", cast.rita, vacancy)
    edit = {"actor": cast.rita, "vacancy_id": vacancy.pk}
    with pytest.raises(RuleBroken):
        commands.edit_vacancy(**edit, version=vacancy.version, title="Other")
    vacancy = step("approve", cast.dora, vacancy)
    with pytest.raises(RuleBroken, match="new terms"):
        commands.edit_vacancy(**edit, version=vacancy.version, openings=3)
    vacancy = commands.edit_vacancy(**edit, version=vacancy.version, title="Other")
    assert vacancy.title == "Other" and vacancy.openings == 1
    revised = step("revise", cast.rita, vacancy)
    assert revised.approved_by is None
    assert commands.edit_vacancy(**edit, version=revised.version, openings=3).openings == 3


def test_the_approved_version_is_the_one_that_was_read(cast):
    vacancy = step("propose", cast.rita, draft(cast))
    with pytest.raises(commands.Conflict):
        step("approve", cast.dora, vacancy, version=vacancy.version - 1)
    assert step("approve", cast.dora, vacancy, version=vacancy.version)


def test_what_the_law_forbids_is_neither_proposed_nor_published(cast):
    bad = {"en": {"title": "Salesman under 35.", "intro": "Men only"}}
    vacancy = draft(cast, texts=bad)
    with pytest.raises(RuleBroken) as refusal:
        step("propose", cast.rita, vacancy)
    assert "Men" in str(refusal.value) and "under 35" in str(refusal.value)
    vacancy = make_vacancy()
    with pytest.raises(RuleBroken):
        commands.edit_vacancy(
            actor=cast.rita, vacancy_id=vacancy.pk, version=vacancy.version, texts=bad
        )
    vacancy.refresh_from_db()
    assert vacancy.texts != bad


def test_rules_of_the_profile_are_read_too(cast):
    profile = make_profile(knock_outs=["Возраст до 35 лет"])
    vacancy = commands.create_vacancy(
        actor=cast.rita, profile_id=profile.pk, title="KAM", texts=ADVERT
    )
    with pytest.raises(RuleBroken, match="Возраст"):
        step("propose", cast.rita, vacancy)


def test_without_an_advert_or_past_its_day_nothing_is_proposed(cast):
    with pytest.raises(RuleBroken, match="advert"):
        step("propose", cast.rita, draft(cast, texts={}))
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(RuleBroken, match="last day"):
        step("propose", cast.rita, draft(cast, closes_on=yesterday))


def test_hold_resume_fill_reopen_close(cast):
    vacancy = make_vacancy(recruiter=cast.rita)
    assert step("hold", cast.dora, vacancy).state == "held"
    assert not Vacancy.objects.published().exists()
    assert step("resume", cast.rita, vacancy).state == "open"
    assert step("fill", cast.rita, vacancy).ended_at
    reopened = step("reopen", cast.rita, vacancy)
    assert (reopened.state, reopened.ended_at) == ("held", None)
    with pytest.raises(RuleBroken, match="reason"):
        step("close", cast.rita, vacancy, reason="")
    closed = step("close", cast.rita, vacancy, reason="No budget")
    assert closed.end_reason == "No budget" and closed.ended_at
    assert step("reopen", cast.rita, vacancy).state == "draft"


@pytest.mark.parametrize("who", ["karl", "anna", "ivan", "adam", "sam"])
def test_for_others_the_vacancy_does_not_exist(cast, who):
    vacancy = make_vacancy(recruiter=cast.rita)
    with pytest.raises(Vacancy.DoesNotExist):
        step("hold", getattr(cast, who), vacancy)
    with pytest.raises(RuleBroken):
        commands.create_vacancy(
            actor=getattr(cast, who), profile_id=vacancy.profile_id, title="Mine"
        )


def test_a_second_editor_is_told(cast):
    vacancy = draft(cast)
    edit = {"actor": cast.rita, "vacancy_id": vacancy.pk, "version": vacancy.version}
    commands.edit_vacancy(**edit, title="First")
    with pytest.raises(commands.Conflict):
        commands.edit_vacancy(**edit, title="Second")


@pytest.mark.parametrize(
    "fields",
    [{"title": " "}, {"openings": 0}, {"openings": 100}, {"pay_from": 2, "pay_to": 1}],
)
def test_values_that_cannot_be_are_refused(cast, fields):
    vacancy = draft(cast)
    with pytest.raises(RuleBroken):
        commands.edit_vacancy(
            actor=cast.rita, vacancy_id=vacancy.pk, version=vacancy.version, **fields
        )
    with pytest.raises(TypeError):
        commands.edit_vacancy(
            actor=cast.rita, vacancy_id=vacancy.pk, version=vacancy.version, state="open"
        )
