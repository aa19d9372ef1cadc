"""The tables of the law: texts and looks are only added to, a link lives and ends."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from hiring.commands.consent import current_texts, give_consent
from hiring.models import (
    CandidateAccess,
    CandidateLink,
    Consent,
    ConsentText,
    DetailChange,
    Erasure,
)
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def test_texts_and_looks_are_never_rewritten(cast):
    current_texts("en")
    with pytest.raises(ValidationError):
        ConsentText.objects.update(text="Other")
    CandidateAccess.objects.create(candidate=make_candidate(), act="viewed")
    with pytest.raises(ValidationError):
        CandidateAccess.objects.update(act="exported")


def test_a_version_exists_once_in_a_language(cast):
    text = current_texts("en")["pool"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentText.objects.create(
            purpose="pool", language="en", version=text.version, text="Other", sha256="x"
        )


def test_a_text_somebody_agreed_to_stays(cast):
    text = current_texts("en")["pool"]
    give_consent(candidate_id=make_candidate().pk, text_id=text.pk, channel="form")
    with pytest.raises(ProtectedError):
        text.delete()


def test_what_is_personal_goes_with_the_person_and_the_act_of_erasing_stays(cast):
    candidate = make_candidate()
    text = current_texts("en")["pool"]
    give_consent(candidate_id=candidate.pk, text_id=text.pk, channel="form")
    DetailChange.objects.create(candidate=candidate, field="name", old="A", new="B")
    CandidateLink.objects.create(candidate=candidate, digest="x", expires_at=timezone.now())
    Erasure.objects.create(candidate=candidate, reference="y", because="asked")
    candidate.delete()
    for table in (Consent, DetailChange, CandidateLink):
        assert not table.objects.exists()
    assert Erasure.objects.get().candidate is None


def test_a_link_is_open_between_its_making_and_its_end(cast):
    now = timezone.now()
    link = CandidateLink(candidate=make_candidate(), expires_at=now + dt.timedelta(days=1))
    assert link.is_open(now) and not link.is_open(link.expires_at)
    link.ended_at = now
    assert not link.is_open(now)
