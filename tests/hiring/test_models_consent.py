"""The tables of the law: texts and looks are only added to, a link lives and ends."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from hiring.commands.access import note_access
from hiring.commands.consent import current_texts, give_consent
from hiring.commands.erasure import ask_erasure, run_erasure
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
    DetailChange.objects.create(candidate=candidate, field="name", old="A", new="B")
    CandidateLink.objects.create(candidate=candidate, digest="x", expires_at=timezone.now())
    Erasure.objects.create(candidate=candidate, reference="y", because="asked")
    candidate.delete()
    for table in (DetailChange, CandidateLink):
        assert not table.objects.exists()
    assert Erasure.objects.get().candidate is None


@pytest.fixture
def consent(cast):
    text = current_texts("en")["pool"]
    row = give_consent(candidate_id=make_candidate().pk, text_id=text.pk, channel="form")
    return Consent.objects.filter(pk=row.pk)


def _refused(change) -> None:
    with pytest.raises(IntegrityError, match="only added to"), transaction.atomic():
        change()


@pytest.mark.parametrize(
    "change",
    [
        {"channel": "call"},
        {"given_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)},
        {"ip_prefix": "10.0.0.0/24"},
        {"text_id": 1},
        {"id": 10**6},
    ],
)
def test_the_database_itself_refuses_to_change_a_consent(consent, change):
    if "text_id" in change:
        change = {"text_id": current_texts("ru")["vacancy"].pk}
    _refused(lambda: consent.update(**change))


def test_who_noted_a_consent_is_not_written_in_later(consent, cast):
    _refused(lambda: consent.update(noted_by=cast.rita))


def test_a_consent_is_withdrawn_once_and_for_all(consent):
    consent.update(withdrawn_at=timezone.now())
    _refused(lambda: consent.update(withdrawn_at=None))
    _refused(lambda: consent.update(withdrawn_at=timezone.now()))


def test_a_consent_goes_by_the_way_of_an_erasure_only(consent):
    _refused(consent.delete)
    _refused(lambda: consent.get().candidate.delete())
    person = consent.get().candidate
    run_erasure(ask_erasure(candidate_id=person.pk).pk)
    assert not Consent.objects.exists()


def test_the_database_itself_refuses_to_change_or_delete_a_text(cast):
    text = current_texts("en")["pool"]
    text.text = "Other"
    _refused(text.save)
    _refused(text.delete)
    text.refresh_from_db()
    assert text.text != "Other"


def test_the_database_itself_refuses_to_change_or_delete_a_look(cast):
    person = make_candidate()
    note_access(actor=cast.rita, candidate_id=person.pk, act="viewed", purpose="card")
    row = CandidateAccess.objects.get()
    for name, value in {"act": "exported", "actor": cast.dora, "digest": "x", "at": timezone.now(),
                        "candidate": make_candidate("Other")}.items():  # fmt: skip
        before = getattr(row, name)
        setattr(row, name, value)
        _refused(row.save)
        setattr(row, name, before)
    _refused(row.delete)
    person.delete()
    assert CandidateAccess.objects.get().candidate is None


def test_a_link_is_open_between_its_making_and_its_end(cast):
    now = timezone.now()
    link = CandidateLink(candidate=make_candidate(), expires_at=now + dt.timedelta(days=1))
    assert link.is_open(now) and not link.is_open(link.expires_at)
    link.ended_at = now
    assert not link.is_open(now)
