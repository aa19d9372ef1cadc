"""One deed on several people, and its undo."""

import pytest

from common.errors import RuleBroken
from hiring.choices import LetterKind, LetterState
from hiring.commands import candidacy_bulk as commands
from hiring.commands.candidacy_undo import undo_moves
from hiring.commands.letter import install_letters
from hiring.commands.reject_reason import install_reject_reasons
from hiring.models import Candidacy, Letter, LetterTemplate, RejectReason
from people.models import Event
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows(cast):
    install_letters()
    install_reject_reasons()
    vacancy = make_vacancy(recruiter=cast.rita)
    rows = [make_candidacy(vacancy) for _ in range(3)]
    for row in rows:
        mail = f"p{row.pk}@example.org"
        row.candidate.reaches.create(kind="email", value=mail, normal=mail)
    return rows


def ids(rows):
    return [row.pk for row in rows]


def template():
    return LetterTemplate.objects.filter(kind=LetterKind.APPROACH).first().pk


def test_several_are_rejected_with_a_letter_each_and_taken_back_at_once(cast, rows):
    reason = RejectReason.objects.get(code="others").pk
    event = commands.reject_candidacies(
        actor=cast.rita, candidacy_ids=ids(rows), reason_id=reason, letter=True
    )
    assert Candidacy.objects.filter(state="rejected", ended_by=cast.rita).count() == 3
    assert Letter.objects.filter(state=LetterState.QUEUED).count() == 3
    assert undo_moves(actor=cast.rita, event_id=event.pk) == 3
    assert Candidacy.objects.active().count() == 3
    assert not Letter.objects.filter(state=LetterState.QUEUED).exists()


def test_one_who_cannot_be_rejected_keeps_all(cast, rows):
    Candidacy.objects.filter(pk=rows[2].pk).update(state="hired")
    reason = RejectReason.objects.get(code="others").pk
    with pytest.raises(RuleBroken):
        commands.reject_candidacies(
            actor=cast.rita, candidacy_ids=ids(rows), reason_id=reason, letter=True
        )
    assert Candidacy.objects.active().count() == 2 and not Letter.objects.exists()


def test_all_get_the_same_letter_and_it_can_be_stopped(cast, rows):
    rows[0].candidate.reaches.all().delete()
    event, stopped = commands.write_to_candidacies(
        actor=cast.rita, candidacy_ids=ids(rows), template_id=template()
    )
    assert (len(event.data["letters"]), stopped) == (3, 1)
    assert commands.undo_writing(actor=cast.rita, event_id=event.pk) == 2
    with pytest.raises(RuleBroken):
        commands.undo_writing(actor=cast.rita, event_id=event.pk)


def test_nobody_writes_to_whom_they_may_not_see(cast, rows):
    with pytest.raises(Candidacy.DoesNotExist):
        commands.write_to_candidacies(
            actor=cast.dora, candidacy_ids=ids(rows), template_id=template()
        )
    assert not Letter.objects.exists() and not Event.objects.filter(actor=cast.dora).exists()
