import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hiring.models import Letter, LetterTemplate
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def make_letter(candidate=None, **fields) -> Letter:
    defaults = {"language": "en", "address": "a@example.org", "subject": "s", "body": "b"}
    return Letter.objects.create(candidate=candidate or make_candidate(), **{**defaults, **fields})


def test_one_letter_a_cause_and_person_and_any_number_without_a_cause(cast):
    letter = make_letter(cause="seat:1")
    make_letter(cause="seat:1")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_letter(letter.candidate, cause="seat:1")
    make_letter(letter.candidate)
    make_letter(letter.candidate)


def test_recruiters_read_letters_except_their_own(cast):
    letter = make_letter()
    make_letter(make_candidate(user=cast.rita))
    assert list(Letter.objects.visible_to(cast.rita)) == [letter]
    for user in (cast.dora, cast.ivan, cast.karl, cast.adam, cast.sam):
        assert not Letter.objects.visible_to(user).exists()


def test_due_is_what_waits_and_whose_time_has_come(cast):
    now = timezone.now()
    letter = make_letter(send_at=now)
    make_letter(send_at=now + dt.timedelta(hours=1))
    make_letter(send_at=now, state="sent")
    assert list(Letter.objects.due(now)) == [letter]


def test_templates_are_for_who_hires_and_named_in_the_readers_language(cast):
    row = LetterTemplate.objects.create(code="a", kind="other", names={"en": "A", "ru": "А"})
    assert str(row) == "A"
    for user, sees in ((cast.rita, 1), (cast.dora, 1), (cast.ivan, 0), (cast.karl, 0)):
        assert LetterTemplate.objects.visible_to(user).count() == sees


def test_letters_go_with_the_person(cast):
    letter = make_letter()
    letter.candidate.delete()
    assert not Letter.objects.exists()
