import datetime as dt
import os

import pytest
from django.utils import timezone

from accounts.commands.ledger_claim import ClaimLost, claimed, take
from accounts.models import LedgerClaim
from common.imports import Busy

pytestmark = pytest.mark.django_db


def held(holder: str, minutes: int = 5) -> None:
    LedgerClaim.objects.update_or_create(
        pk=1, defaults={"holder": holder, "until": timezone.now() + dt.timedelta(minutes=minutes)}
    )


def test_a_claim_is_held_for_the_block_and_then_free():
    with claimed() as claim:
        assert LedgerClaim.objects.get().holder == claim.holder
        with pytest.raises(Busy):
            take()
    assert LedgerClaim.objects.get().holder == ""


def test_a_claim_of_another_machine_lasts_as_long_as_its_lease():
    held("elsewhere|1|1|x")
    with pytest.raises(Busy):
        take()
    held("elsewhere|1|1|x", minutes=-1)
    assert take().holder.endswith("|x") is False


def test_a_process_of_this_machine_that_is_no_more_holds_nothing():
    take()
    where = LedgerClaim.objects.get().holder.split("|")[0]
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)
    held(f"{where}|{pid}|12345|x")
    assert take()


def test_who_lost_the_lease_writes_nothing_more():
    claim = take()
    held("elsewhere|1|1|x", minutes=-1)
    take()
    with pytest.raises(ClaimLost):
        claim.renew()
    claim.release()
    assert LedgerClaim.objects.get().holder


def test_the_next_one_learns_what_the_dead_one_left():
    assert take().left_behind is None
