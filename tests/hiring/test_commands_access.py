import pytest

from hiring.choices import AccessAct
from hiring.commands.access import note_access, note_accesses
from hiring.models import CandidateAccess
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def test_one_look_is_one_row(cast):
    person = make_candidate()
    note_access(actor=cast.rita, candidate_id=person.pk, act=AccessAct.VIEWED, purpose="card")
    row = CandidateAccess.objects.get()
    assert (row.actor, row.candidate, row.act, row.purpose) == (
        cast.rita, person, AccessAct.VIEWED, "card"
    )  # fmt: skip


def test_an_export_is_noted_for_each_of_its_rows(cast):
    people = [make_candidate().pk for _n in range(3)]
    note_accesses(actor=cast.rita, candidate_ids=people, act=AccessAct.EXPORTED, purpose="list")
    rows = CandidateAccess.objects.values_list("candidate", "act")
    assert sorted(rows) == [(pk, "exported") for pk in sorted(people)]
