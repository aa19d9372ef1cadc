import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from hiring.choices import CandidacyState, StageKind
from hiring.models import Candidacy, Candidate, CandidateNote, CandidateReach
from people.choices import Role
from people.models import Membership, RoleGrant, Team
from tests.cast import LONG_AGO, make_user
from tests.recruiting import make_candidacy, make_candidate, make_sheet, make_vacancy

pytestmark = pytest.mark.django_db
HELD = dt.datetime(2026, 5, 10, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def sees(user, candidate) -> bool:
    seen = Candidate.objects.visible_to(user).filter(pk=candidate.pk).exists()
    assert seen == Candidacy.objects.visible_to(user).filter(candidate=candidate).exists()
    return seen


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        (HELD - dt.timedelta(days=7) - MINUTE, False),
        (HELD - dt.timedelta(days=7), True),
        (HELD, True),
        (HELD + dt.timedelta(days=14) - MINUTE, True),
        (HELD + dt.timedelta(days=14), False),
    ],
)
def test_who_is_asked_to_rate_sees_the_person_in_the_window_to_the_minute(cast, at, answer):
    made = make_candidacy(make_vacancy())
    make_sheet(made, cast.ivan, held_at=HELD)
    with time_machine.travel(at, tick=False):
        assert sees(cast.ivan, made.candidate) is answer
        assert not sees(cast.karl, made.candidate)


def test_recruiters_see_all_directors_the_short_list_others_nobody(cast):
    found = make_candidacy(make_vacancy())
    listed = make_candidacy(make_vacancy(), stage=StageKind.SESSION, shortlisted_at=timezone.now())
    assert sees(cast.rita, found.candidate) and sees(cast.rita, listed.candidate)
    assert not sees(cast.dora, found.candidate) and sees(cast.dora, listed.candidate)
    for user in (cast.lena, cast.karl, cast.anna, cast.ivan, cast.adam, cast.sam):
        assert not sees(user, found.candidate) and not sees(user, listed.candidate)
    assert not Candidate.objects.visible_to(AnonymousUser()).exists()


def listed_colleague(user):
    return make_candidacy(
        make_vacancy(), make_candidate(user=user), stage=StageKind.SESSION,
        shortlisted_at=timezone.now(),
    ).candidate  # fmt: skip


def test_nobody_sees_whom_they_lead_apply_before_they_may_know(cast):
    karl = listed_colleague(cast.karl)
    make_sheet(karl.candidacies.get(), cast.lena)
    assert not sees(cast.lena, karl) and sees(cast.dora, karl)
    karl.manager_may_know = timezone.now()
    karl.save()
    assert sees(cast.lena, karl)


def test_a_lead_and_who_has_no_team_report_to_the_director(cast):
    for colleague in (cast.lena, cast.sam):
        person = listed_colleague(colleague)
        assert not sees(cast.dora, person) and sees(cast.rita, person)


def test_nobody_reads_their_own_application_here(cast):
    assert not sees(cast.rita, listed_colleague(cast.rita))
    assert not sees(cast.dora, listed_colleague(cast.dora))


def test_a_recruiter_who_leads_somebody_does_not_see_them_apply(cast):
    team = Team.objects.create(name="Recruiters", lead=cast.rita)
    Membership.objects.create(user=cast.sam, team=team, valid_from=LONG_AGO)
    person = listed_colleague(cast.sam)
    assert not sees(cast.rita, person)
    assert not Candidate.objects.editable_by(cast.rita).filter(pk=person.pk).exists()
    other = make_user("Rosa", Role.RECRUITER)
    assert sees(other, person)


def test_who_is_closed_out_or_no_recruiter_any_more_sees_nobody(cast):
    person = make_candidacy(make_vacancy()).candidate
    cast.rita.is_active = False
    assert not sees(cast.rita, person)
    RoleGrant.objects.filter(user=cast.rita).delete()
    again = type(cast.rita).objects.get(pk=cast.rita.pk)
    assert not sees(again, person)


def test_numbers_and_notes_are_the_recruiters_and_notes_of_the_short_list_the_directors(cast):
    person = make_candidate()
    CandidateReach.objects.create(candidate=person, kind="phone", value="1234", normal="1234")
    CandidateNote.objects.create(candidate=person, text="x")
    assert CandidateReach.objects.visible_to(cast.rita).count() == 1
    assert CandidateNote.objects.visible_to(cast.rita).count() == 1
    assert not CandidateNote.objects.visible_to(cast.dora).exists()
    make_candidacy(make_vacancy(), person, stage=StageKind.SESSION, shortlisted_at=timezone.now())
    assert CandidateNote.objects.visible_to(cast.dora).count() == 1
    for user in (cast.dora, cast.karl, cast.ivan, cast.adam, cast.sam):
        assert not CandidateReach.objects.visible_to(user).exists()
        assert not CandidateNote.objects.editable_by(user).exists()
    assert not CandidateNote.objects.visible_to(cast.ivan).exists()


def test_a_person_stands_for_a_vacancy_once_and_a_rejection_has_a_time(cast):
    made = make_candidacy(make_vacancy())
    with pytest.raises(IntegrityError), transaction.atomic():
        make_candidacy(made.vacancy, made.candidate)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_candidacy(made.vacancy, state=CandidacyState.REJECTED)


def test_counts_outlive_the_person(cast):
    made = make_candidacy(make_vacancy(), shortlisted_at=timezone.now())
    Candidacy.objects.filter(pk=made.pk).update(candidate=None)
    made.candidate.delete()
    for user in (cast.rita, cast.dora):
        assert Candidacy.objects.visible_to(user).get().candidate is None
    assert str(Candidacy.objects.get()).startswith("–")
