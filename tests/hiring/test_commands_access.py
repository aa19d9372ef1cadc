import pytest

from hiring.choices import AccessAct
from hiring.commands.access import note_access, note_accesses
from hiring.models import CandidateAccess
from hiring.queries.proof import first_broken
from tests.cast import make_cast
from tests.races import two_at_once
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


def test_one_after_another_makes_a_chain(cast):
    first, second = make_candidate(), make_candidate()
    note_access(actor=cast.rita, candidate_id=first.pk, act=AccessAct.VIEWED)
    note_accesses(actor=cast.dora, candidate_ids=[first.pk, second.pk], act="exported", purpose="x")
    note_access(actor=None, candidate_id=first.pk, act=AccessAct.SELF)
    assert CandidateAccess.objects.values("digest").distinct().count() == 4
    assert first_broken() is None


@pytest.mark.django_db(transaction=True)
def test_looks_of_many_at_once_make_one_chain():
    cast, people = make_cast(), [make_candidate().pk for _n in range(3)]

    def look() -> None:
        for pk in people * 10:
            note_access(actor=cast.rita, candidate_id=pk, act=AccessAct.VIEWED)

    assert two_at_once(look) == ["done", "done"]
    assert CandidateAccess.objects.count() == 60
    assert first_broken() is None
