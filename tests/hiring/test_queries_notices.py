import pytest

from hiring.commands import vacancy as commands
from people.models import Notification
from people.notices import KINDS
from tests.recruiting import make_vacancy

pytestmark = pytest.mark.django_db


def told(notice: Notification, user) -> str:
    """What the bell says of it to this reader; "" when it is not theirs to see."""
    kind = KINDS[notice.kind]
    target = kind.find(user, [notice.target_id]).get(notice.target_id)
    return kind.sentence(target, notice.data) + " " + kind.url(target) if target else ""


def test_a_proposal_is_told_to_directors_while_it_waits(cast):
    vacancy = make_vacancy("KAM, Kazan", state="draft", recruiter=cast.rita)
    commands.propose_vacancy(actor=cast.rita, vacancy_id=vacancy.pk)
    notice = Notification.objects.get()
    assert "KAM, Kazan" in told(notice, cast.dora) and "/approval/" in told(notice, cast.dora)
    assert told(notice, cast.rita) == told(notice, cast.karl) == ""
    commands.approve_vacancy(actor=cast.dora, vacancy_id=vacancy.pk)
    assert told(notice, cast.dora) == ""


def test_the_answer_goes_to_who_asked_and_to_nobody_who_left_hiring(cast):
    vacancy = make_vacancy("KAM, Kazan", state="draft", recruiter=cast.rita)
    commands.propose_vacancy(actor=cast.rita, vacancy_id=vacancy.pk)
    commands.send_back_vacancy(actor=cast.dora, vacancy_id=vacancy.pk, reason="Too dear")
    notice = Notification.objects.get(user=cast.rita)
    assert "KAM, Kazan" in told(notice, cast.rita)
    cast.rita.role_grants.all().delete()
    assert told(notice, type(cast.rita).objects.get(pk=cast.rita.pk)) == ""
