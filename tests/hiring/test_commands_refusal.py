"""What a refusal will say and when; nothing is kept until it is sent on its way."""

import pytest
from django.utils import timezone

from hiring.choices import LetterState
from hiring.commands.refusal import preview_refusal, queue_refusal
from hiring.commands.reject_reason import install_reject_reasons
from hiring.models import Letter, LetterTemplate, RejectReason
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def candidacy(cast):
    install_reject_reasons()
    person = make_candidate("Polina", language="ru")
    person.reaches.create(kind="email", value="p@x.org", normal="p@x.org")
    return make_candidacy(make_vacancy(recruiter=cast.rita), person)


def test_a_preview_is_the_letter_that_goes(cast, candidacy):
    reason = RejectReason.objects.get(code="pay")
    seen = preview_refusal(candidacy, reason)
    assert "Polina" in seen.body and seen.send_at > timezone.now()
    assert not Letter.objects.exists()
    sent = queue_refusal(candidacy, actor=cast.rita, reason=reason)
    assert sent.subject == seen.subject
    assert sent.body.replace("{link}", "…") == seen.body
    assert sent.state == LetterState.QUEUED


def test_a_reason_may_have_words_of_its_own(cast, candidacy):
    own = LetterTemplate.objects.create(
        code="own", kind="rejection", names={"en": "Own"},
        subjects={"ru": "Оплата"}, bodies={"ru": "Мы не сошлись в оплате."},
    )  # fmt: skip
    RejectReason.objects.filter(code="pay").update(letter=own)
    assert preview_refusal(candidacy, RejectReason.objects.get(code="pay")).subject == "Оплата"


def test_who_has_no_address_is_known_beforehand(cast, candidacy):
    candidacy.candidate.reaches.all().delete()
    assert preview_refusal(candidacy, None).state == LetterState.STOPPED
