"""What was erased stays erased, whichever backup comes back."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from common import backup, tombstones
from common.errors import RuleBroken
from common.management.commands import up
from hiring.commands.erasure import ask_erasure, run_erasure
from hiring.commands.tombstone import erase_risen
from hiring.models import Candidacy, Candidate, CandidateFile, Erasure
from hiring.queries.proof import nobody_rose, risen
from tests.cast import make_cast
from tests.common.backups import empty_the_place, forget_uploads
from tests.hiring.test_commands_erasure import MARK, everything, plant
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_list(settings, tmp_path):
    settings.ERASED_LIST = tmp_path / "place" / "erased.list"
    settings.ERASED_LIST.parent.mkdir()
    forget_uploads()
    yield
    forget_uploads()


def _erase(candidate):
    run_erasure(ask_erasure(candidate_id=candidate.pk).pk)


def test_an_older_backup_does_not_bring_an_erased_candidate_back(tmp_path):
    row, other = plant(make_cast()), make_candidate("Vera Stays")
    stored = row.candidate.files.get().content.name
    backup.back_up(tmp_path / "old.zip")
    _erase(row.candidate)
    empty_the_place()
    report = backup.restore(tmp_path / "old.zip", erased=None)
    assert report.erased == 1
    assert MARK not in everything()
    assert not default_storage.exists(stored)
    assert Candidate.objects.get().name == other.name
    assert Candidacy.objects.get().candidate is None
    act = Erasure.objects.get()
    assert (act.because, act.counts["files"]) == ("restored", 1)
    assert act.done_at is not None


def test_the_list_of_a_lost_place_is_named(settings, tmp_path):
    row = plant(make_cast())
    backup.back_up(tmp_path / "old.zip")
    _erase(row.candidate)
    lost = settings.ERASED_LIST.rename(tmp_path / "rescued")
    empty_the_place()
    assert backup.restore(tmp_path / "old.zip", erased=lost).erased == 1
    assert MARK not in everything()


def test_a_later_backup_carries_the_list_beside_it(settings, tmp_path):
    row = plant(make_cast())
    backup.back_up(tmp_path / "old.zip")
    _erase(row.candidate)
    forget_uploads()
    backup.back_up(tmp_path / "new.zip")
    settings.ERASED_LIST.unlink()
    empty_the_place()
    assert backup.restore(tmp_path / "old.zip").erased == 1
    assert MARK not in everything()


def test_without_any_list_nothing_is_restored(settings, tmp_path):
    plant(make_cast())
    backup.back_up(tmp_path / "old.zip")
    settings.ERASED_LIST.unlink(missing_ok=True)
    (tmp_path / tombstones.NAME).unlink()
    empty_the_place()
    with pytest.raises(RuleBroken, match="--erased"):
        backup.restore(tmp_path / "old.zip")
    with pytest.raises(RuleBroken, match="no list of the erased at"):
        backup.restore(tmp_path / "old.zip", erased=tmp_path / "nowhere")
    assert not Candidate.objects.exists()


def _brought_back_by_hand(row):
    """As a database's own tools would do it: the row is there again, number and moment alike."""
    person = row.candidate
    _erase(person)
    Erasure.objects.all().delete()
    person.save(force_insert=True)
    return person


def test_whatever_brought_them_back_they_are_gone_before_it_serves(monkeypatch):
    person = _brought_back_by_hand(plant(make_cast()))
    assert risen() == [person]
    assert "1 candidates came back" in nobody_rose().words and not nobody_rose().well
    said = []
    monkeypatch.setattr(up, "collect_static", lambda: None)
    monkeypatch.setattr(up.translations, "compile_all", lambda: None)
    up.prepare(said.append)
    assert not Candidate.objects.exists()
    assert len(said) == 1 and nobody_rose().well


def test_a_number_given_to_somebody_else_harms_nobody():
    first = make_candidate("Ada Gone")
    number = first.pk
    _erase(first)
    second = make_candidate("Vera New", pk=number)
    assert second.pk == number and not risen()
    assert erase_risen() == 0


def test_merged_records_are_buried_with_their_survivor():
    kept = make_candidate("Ada")
    other = make_candidate("Ada", merged_into=kept)
    _erase(kept)
    assert sorted(tombstones.buried("hiring.candidate")) == sorted([kept.pk, other.pk])


def test_nothing_is_erased_while_the_list_cannot_be_written(settings, tmp_path):
    row = plant(make_cast())
    settings.ERASED_LIST = tmp_path / "no folder" / "erased.list"
    with pytest.raises(FileNotFoundError):
        _erase(row.candidate)
    assert CandidateFile.objects.exists()
    assert not connection.needs_rollback
