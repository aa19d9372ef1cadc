"""Consents: exact texts in versions, given one by one, withdrawn and never rewritten."""

import hashlib

import pytest

from common.errors import RuleBroken
from hiring.commands import consent as commands
from hiring.models import Consent, ConsentText, HiringSettings
from people.models import Company
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def test_three_purposes_in_four_languages_installed_once(cast):
    assert commands.install_consent_texts() == 12
    assert commands.install_consent_texts() == 0
    row = ConsentText.objects.get(purpose="vacancy", language="ru")
    assert "Severpack" in row.text and "180" in row.text
    assert row.sha256 == hashlib.sha256(row.text.encode()).hexdigest()


def test_other_terms_make_a_new_version_and_old_consents_keep_their_text(cast):
    old = commands.current_texts("en")["pool"]
    given = commands.give_consent(candidate_id=make_candidate().pk, text_id=old.pk, channel="form")
    HiringSettings.objects.create(pk=1, pool_months=6)
    new = commands.current_texts("en")["pool"]
    given.refresh_from_db()
    assert (old.version, new.version) == (1, 2) and "6 months" in new.text
    assert given.text == old and "12 months" in given.text.text


def test_a_text_somebody_wrote_here_stays(cast):
    commands.install_consent_texts()
    ConsentText.objects.create(
        purpose="news", language="en", version=2, text="Ours", sha256="x", made_by=cast.dora
    )
    Company.objects.update(name="Other")
    assert commands.current_texts("en")["news"].text == "Ours"


def test_a_language_without_texts_falls_back(cast):
    assert commands.current_texts("xx")["vacancy"].language == "en"


def test_withdrawn_at_once_and_only_for_its_purpose(cast):
    candidate = make_candidate()
    for text in commands.current_texts("en").values():
        commands.give_consent(candidate_id=candidate.pk, text_id=text.pk, channel="form")
    assert commands.withdraw_consent(candidate_id=candidate.pk, purpose="news") == 1
    assert commands.withdraw_consent(candidate_id=candidate.pk, purpose="news") == 0
    assert Consent.objects.filter(withdrawn_at=None).count() == 2
    with pytest.raises(RuleBroken):
        commands.withdraw_consent(candidate_id=candidate.pk, purpose="anything")
