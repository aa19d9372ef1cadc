import pytest

from accounts.commands import importing
from common import imports
from common.choices import ImportState, JobState
from common.errors import RuleBroken
from common.models import Import, Job
from common.reading.errors import FileUnusable
from people.models import Event
from tests.accounts.books import make_import

pytestmark = pytest.mark.django_db

TEXT = b"customer id,date,amount\nC1,2024-01-31,5\n"


def receive(user, data=TEXT):
    return importing.receive_file(actor=user, chunks=[data], filename="book.csv", source="erp")


def test_a_received_file_is_kept_described_and_recorded(cast):
    batch = receive(cast.dora)
    assert imports.source_of(batch).read_bytes() == TEXT
    assert batch.mapping == {"customer": "customer id", "date": "date", "amount": "amount"}
    assert (batch.state, batch.size) == (ImportState.UPLOADED, len(TEXT))
    assert Event.objects.get().verb == "import.received"


def test_a_refused_file_leaves_nothing(cast):
    folder = imports.new_folder().parent
    before = len(list(folder.iterdir()))
    with pytest.raises(FileUnusable):
        receive(cast.dora, b"%PDF-1.7")
    assert len(list(folder.iterdir())) == before
    assert not Import.objects.exists() and not Event.objects.exists()


@pytest.mark.parametrize("who", ["karl", "adam", "rita", "sam"])
def test_only_directors_bring_files(cast, who):
    with pytest.raises(RuleBroken):
        receive(getattr(cast, who))
    assert not Import.objects.exists()


def test_an_import_being_worked_on_is_left_alone(cast):
    batch = receive(cast.dora)
    batch.job = Job.objects.create(name="accounts.jobs.check_import", state=JobState.RUNNING)
    batch.save()
    for verb in (importing.start_import, importing.start_undo, importing.discard_import):
        with pytest.raises(RuleBroken):
            verb(actor=cast.dora, batch=batch)
    with pytest.raises(RuleBroken):
        importing.change_layout(actor=cast.dora, batch=batch, said={"decimal": ","})
    importing.stop_import(actor=cast.dora, batch=batch)
    assert Job.objects.get(pk=batch.job_id).cancel_asked


def test_the_layout_has_known_parts_only(cast):
    with pytest.raises(TypeError):
        importing.change_layout(actor=cast.dora, batch=receive(cast.dora), said={"path": "/etc"})


def test_an_import_that_was_not_mapped_cannot_be_started_or_undone(cast):
    batch = receive(cast.dora)
    for verb in (importing.start_import, importing.start_undo):
        with pytest.raises(RuleBroken):
            verb(actor=cast.dora, batch=batch)
    assert not Job.objects.exists()


def test_administrators_start_again_what_did_not_end_well(cast):
    batch = make_import(TEXT.decode())
    with pytest.raises(RuleBroken):
        importing.start_import(actor=cast.adam, batch=batch)
    batch.state = ImportState.CANCELLED
    batch.save()
    importing.start_import(actor=cast.adam, batch=batch)
    assert Job.objects.get().name == "accounts.jobs.run_import"
    with pytest.raises(RuleBroken):
        importing.start_import(actor=cast.karl, batch=batch)
