"""Pauses written down on an account's page."""

import pytest

from accounts.models import Account
from common.errors import RuleBroken
from kpi.commands.pause import agree_pause, undo_pause
from kpi.models import AgreedPause, Alert
from people.models import Event
from tests.cast import make_cast
from tests.kpi.warned import DAY, days, make_warned

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def alert(cast):
    return make_warned(cast.karl)


def agreed(actor, alert) -> AgreedPause:
    return agree_pause(
        actor=actor, account_id=alert.account_id, day=DAY, until=DAY + days(9), reason=" Holiday "
    )


def test_a_pause_ends_open_warnings_and_is_recorded(cast, alert):
    pause = agreed(cast.karl, alert)
    alert.refresh_from_db()
    assert (pause.reason, pause.by, alert.why) == ("Holiday", cast.karl, "paused")
    assert Event.objects.filter(verb="pause.agreed").exists()


def test_taken_back_the_warning_stands_again_at_once(cast, alert):
    pause = agreed(cast.karl, alert)
    undo_pause(actor=cast.karl, pause_id=pause.pk)
    assert Alert.objects.open().filter(pk=alert.pk).exists()
    with pytest.raises(RuleBroken, match="already"):
        undo_pause(actor=cast.karl, pause_id=pause.pk)


def test_a_stranger_pauses_nothing(cast, alert):
    with pytest.raises(Account.DoesNotExist):
        agreed(cast.kim, alert)
    pause = agreed(cast.karl, alert)
    with pytest.raises(AgreedPause.DoesNotExist):
        undo_pause(actor=cast.kim, pause_id=pause.pk)
