import pytest
from django.conf import settings
from django.utils import timezone

from accounts import jobs
from accounts.commands.ledger_claim import claimed
from accounts.models import LedgerLine
from common.choices import ImportState
from common.jobs import enqueue, run_now, silent
from common.models import Import
from tests.accounts.books import bring, make_import
from tests.cast import make_account, make_cast, make_company
from tests.gate import employ, make_key

pytestmark = pytest.mark.django_db

TEXT = "customer id,date,amount\nC1,2024-01-31,5\n,2024-01-31,5\n"


def test_every_job_run_twice_has_the_effect_of_one():
    make_company()
    batch = make_import(TEXT)
    for name in ("check_import", "run_import", "run_import", "undo_import", "undo_import"):
        row = run_now(enqueue(f"accounts.jobs.{name}", import_id=batch.pk).pk)
        assert row.state == "done", row.error
    assert not LedgerLine.objects.exists()
    assert Import.objects.get().state == ImportState.UNDONE


def test_what_stands_in_the_way_is_kept_on_the_import():
    make_company()
    batch = make_import("customer id,date,amount\nC1,03/04/2024,5\n")
    row = run_now(enqueue("accounts.jobs.run_import", import_id=batch.pk).pk)
    batch.refresh_from_db()
    assert row.state == "done" and row.result["refused"] == batch.error
    assert batch.state == ImportState.FAILED and "day first" in batch.error


def test_a_job_waits_for_the_ledger_and_gives_up_in_words(monkeypatch):
    make_company()
    monkeypatch.setattr(jobs, "PATIENCE", 0)
    batch = make_import(TEXT)
    with claimed():
        assert "Another import" in jobs.run_import(silent, import_id=batch.pk)["refused"]


def test_reports_are_written_in_the_persons_language():
    cast = make_cast()
    cast.dora.language = "ru"
    cast.dora.save()
    batch = make_import(TEXT, user=cast.dora)
    assert jobs._person(batch.pk) == cast.dora
    assert jobs.run_import(silent, import_id=batch.pk) == {}


def test_waiting_lines_are_converted():
    make_company()
    bring("C1,2024-01-31,5,USD", header="customer id,date,amount,currency")
    assert jobs.convert_waiting_lines(silent) == {"moved": 0}


def test_the_gate_is_watched_each_minute_once_the_company_is_set_up(cast):
    employ(cast.karl, 1)
    account = make_key(make_account("Hansa", owner=cast.karl))
    assert jobs.gate_tick() == 0
    make_company(set_up_at=timezone.now())
    assert jobs.gate_tick() == 1
    account.refresh_from_db()
    assert account.owner == cast.dora
    assert jobs.gate_tick() == 0
    assert settings.CELERY_BEAT_SCHEDULE["gate"]["schedule"] == 60
