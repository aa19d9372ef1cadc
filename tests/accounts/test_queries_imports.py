import pytest

from accounts.queries import imports as queries
from common.choices import ImportState
from common.models import Import
from tests.accounts.books import bring, make_import

pytestmark = pytest.mark.django_db

TEXT = "customer id,date,amount\nC1,2024-01-31,5\n"


def test_directors_and_administrators_see_imports_and_nobody_else(cast):
    make_import(TEXT)
    Import.objects.create(kind="nobody's", filename="x")
    assert queries.import_list(cast.dora).count() == queries.import_list(cast.adam).count() == 1
    for user in (cast.lena, cast.karl, cast.anna, cast.rita, cast.ivan, cast.sam):
        assert not queries.import_list(user).exists()


def test_steps_behind_can_be_returned_to_until_the_import_has_run(cast):
    batch = make_import(TEXT)
    steps = queries.import_steps(batch, "preview")
    assert [step.state for step in steps] == ["done", "done", "done", "current", "", ""]
    assert steps[1].url and not steps[0].url
    batch.state = ImportState.FAILED
    assert queries.import_steps(batch, "preview")[3].state == "failed"
    batch.state = ImportState.APPLIED
    assert not any(step.url for step in queries.import_steps(batch, "report"))


def test_reasons_come_with_the_commonest_first(cast):
    batch = bring(",2024-01-31,5", ",2024-01-31,5", "C1,x,5", header="customer id,date,amount")
    reasons = queries.reject_reasons(batch)
    assert [(one.count, one.field) for one in reasons] == [(2, "customer number"), (1, "date")]


def test_what_undo_would_do_is_counted(cast):
    header = "customer id,date,amount,document"
    bring("C1,2024-01-31,5,I1", header=header)
    batch = bring("C1,2024-01-31,6,I1", "C2,2024-01-31,6,I2", header=header)
    assert queries.undo_effect(batch) == queries.Undo(lines=2, restored=1, accounts=1)


def test_lines_without_a_rate_are_counted_by_currency(cast):
    bring("C1,2024-01-31,5,USD", "C1,2024-01-31,5,EUR", header="customer id,date,amount,currency")
    assert queries.waiting_lines() == [queries.Waiting("USD", 1)]


def test_sources_are_offered_by_name(cast):
    bring("C1,2024-01-31,5", header="customer id,date,amount")
    assert queries.source_names() == ["erp"]
