import datetime as dt

import pytest
from django.core import mail as outbox
from django.utils import timezone

from common.errors import RuleBroken
from common.models import Job
from hiring.choices import LetterKind, LetterState
from hiring.commands import letter as commands
from hiring.models import Candidate, Letter, LetterTemplate, OffLimits
from hiring.queries import letter as queries
from hiring.rules import letter as rules
from people.models import Event
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db
FIELDS = {"session": "Tuesday, 10:00", "place": "Berlin", "task": "A lost client", "due": "1 May"}


@pytest.fixture
def jo(cast):
    candidate = make_candidate("Jo Nowak")
    add_reach(candidate, "jo@example.org")
    return make_candidacy(make_vacancy("Head of accounts", city="Berlin"), candidate)


def write(jo, **given) -> Letter:
    given = {"kind": LetterKind.RECEIVED, "candidacy_id": jo.pk, **given}
    return commands.write_letter(candidate_id=jo.candidate_id, **given)


def test_there_is_a_template_of_every_kind_in_every_language_without_unknown_fields(cast):
    assert commands.install_letters() == len(LetterKind)
    assert commands.install_letters() == 0
    for row in LetterTemplate.objects.all():
        for texts in (row.names, row.subjects, row.bodies):
            assert set(texts) == {"en", "ru", "es", "it"}
            assert rules.unknown_fields(*texts.values()) == []
    assert {row.kind for row in LetterTemplate.objects.all()} == set(LetterKind.values)


@pytest.mark.parametrize("kind", LetterKind.values)
@pytest.mark.parametrize("language", ["en", "ru", "es", "it"])
def test_each_kind_is_written_in_the_candidates_language(jo, kind, language):
    Candidate.objects.update(language=language)
    letter = write(jo, kind=kind, fields=FIELDS)
    assert (letter.state, letter.language, letter.address) == (
        LetterState.QUEUED, language, "jo@example.org",
    )  # fmt: skip
    assert rules.fields_in(letter.subject) == []
    assert set(rules.fields_in(letter.body)) <= {"link"}
    assert "Jo Nowak" in letter.body


def test_the_link_is_not_kept_in_the_database(jo):
    assert "{link}" in write(jo).body


def test_a_letter_goes_once_for_its_cause(jo, run_jobs):
    first = write(jo, cause="seat:1")
    assert write(jo, cause="seat:1") == first
    assert write(jo, cause="seat:2") != first
    run_jobs()
    assert len(outbox.outbox) == 2


def test_a_field_without_a_value_stops_it_and_says_which(jo):
    letter = write(jo, kind=LetterKind.REMINDER, fields={"session": "Tuesday"})
    assert (letter.state, letter.trouble) == (LetterState.STOPPED, "missing:place")
    assert "where the session is" in queries.trouble_words(letter)


@pytest.mark.parametrize(
    ("change", "trouble"),
    [
        (lambda c: Candidate.objects.update(wants_no_letters=timezone.now()), "opted_out"),
        (lambda c: c.reaches.update(is_wrong=True), "wrong_address"),
        (lambda c: c.reaches.all().delete(), "no_address"),
    ],
)
def test_one_that_may_not_go_is_kept_with_the_reason(jo, change, trouble):
    change(jo.candidate)
    letter = write(jo)
    assert (letter.state, letter.trouble) == (LetterState.STOPPED, trouble)
    assert queries.trouble_words(letter)
    assert not Job.objects.exists()


def test_the_link_they_asked_for_themselves_goes_also_after_opting_out(jo):
    Candidate.objects.update(wants_no_letters=timezone.now())
    assert write(jo, kind=LetterKind.LINK).state == LetterState.QUEUED


def test_people_of_an_employer_off_limits_are_not_approached_but_answered(jo):
    OffLimits.objects.create(kind="customer", name="Hansa", plain_names=["hansa"], reason="ours")
    Candidate.objects.update(plain_employer="hansa")
    assert write(jo, kind=LetterKind.APPROACH).trouble == "off_limits"
    assert write(jo, kind=LetterKind.RECEIVED).state == LetterState.QUEUED
    OffLimits.objects.update(lifted_at=timezone.now())
    assert write(jo, kind=LetterKind.APPROACH).state == LetterState.QUEUED


def test_a_letter_by_hand_takes_fields_and_refuses_unknown_ones(cast, jo):
    letter = write(
        jo, actor=cast.rita, kind=LetterKind.OTHER, subject="For {name}\nBcc: x", body="In {city}"
    )
    assert (letter.subject, letter.body) == ("For Jo Nowak Bcc: x", "In Berlin")
    assert letter.written_by == cast.rita
    assert Event.objects.about(letter).get().verb == "letter.written"
    with pytest.raises(RuleBroken):
        write(jo, actor=cast.rita, kind=LetterKind.OTHER, subject="x", body="{salary}")


def test_only_recruiters_write_and_never_to_themselves(cast, jo):
    Candidate.objects.filter(pk=jo.candidate_id).update(user=cast.rita)
    for user in (cast.rita, cast.dora, cast.ivan, cast.karl):
        with pytest.raises(Candidate.DoesNotExist):
            write(jo, actor=user)
    assert not Letter.objects.exists()


def test_a_delayed_letter_waits_and_can_be_taken_back_and_written_again(cast, jo, run_jobs):
    commands.install_letters()
    LetterTemplate.objects.filter(kind="rejection").update(delay_hours=20)
    letter = write(jo, kind=LetterKind.REJECTION, cause="end:1")
    assert letter.send_at > timezone.now() + dt.timedelta(hours=19)
    assert not Job.objects.exists()
    commands.take_letter_back(actor=cast.rita, letter_id=letter.pk)
    letter.refresh_from_db()
    assert (letter.state, letter.trouble) == (LetterState.STOPPED, "taken_back")
    again = write(jo, kind=LetterKind.REJECTION, cause="end:1")
    assert (again.pk, again.state) == (letter.pk, LetterState.QUEUED)


def test_what_has_gone_is_not_taken_back(cast, jo, run_jobs):
    letter = write(jo)
    run_jobs()
    with pytest.raises(RuleBroken):
        commands.take_letter_back(actor=cast.rita, letter_id=letter.pk)
    with pytest.raises(RuleBroken):
        commands.try_letter_again(actor=cast.rita, letter_id=letter.pk)
    with pytest.raises(Letter.DoesNotExist):
        commands.take_letter_back(actor=cast.karl, letter_id=letter.pk)


def test_a_stage_sends_its_letter_once_after_a_while_and_moving_back_stops_it(jo):
    commands.install_letters()
    assert commands.queue_stage_letter(jo) is None
    jo.stage.letter = LetterTemplate.objects.get(code="received")
    jo.stage.save()
    letter = commands.queue_stage_letter(jo)
    assert letter.send_at > timezone.now() + dt.timedelta(minutes=4)
    assert commands.unqueue_stage_letter(candidacy_id=jo.pk, stage_id=jo.stage_id)
    assert not commands.unqueue_stage_letter(candidacy_id=jo.pk, stage_id=jo.stage_id)
    assert commands.queue_stage_letter(jo).pk == letter.pk
    jo.candidate = None
    assert commands.queue_stage_letter(jo) is None


def test_a_retired_template_writes_nothing(jo):
    commands.install_letters()
    LetterTemplate.objects.filter(kind="received").update(retired_at=timezone.now())
    assert write(jo) is None


def test_a_text_missing_in_a_language_comes_in_another(jo):
    commands.install_letters()
    LetterTemplate.objects.filter(kind="received").update(
        subjects={"ru": "Привет"}, bodies={"ru": "Здравствуйте, {name}"}
    )
    letter = write(jo)
    assert (letter.language, letter.body) == ("ru", "Здравствуйте, Jo Nowak")
