"""The chain of looks: any change behind our back is found at its row; an erasure is none."""

import pytest
from django.db import connection

from common.dbops import is_postgres
from hiring.commands.access import note_access
from hiring.commands.erasure import ask_erasure, run_erasure
from hiring.jobs import check_looks
from hiring.models import CandidateAccess
from hiring.queries.proof import first_broken, looks_hold, nobody_rose
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


@pytest.fixture
def looks(cast):
    people = [make_candidate(), make_candidate()]
    for turn in range(6):
        note_access(
            actor=cast.rita, candidate_id=people[turn % 2].pk, act="viewed", purpose=f"page {turn}"
        )
    return list(CandidateAccess.objects.order_by("id"))


def behind_our_back(sql: str) -> None:
    """As somebody would who has the rights of the database's owner."""
    with connection.cursor() as cursor:
        if is_postgres():
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none may wait for the end
            cursor.execute("ALTER TABLE hiring_candidateaccess DISABLE TRIGGER USER")
        else:
            cursor.execute("DROP TRIGGER hiring_candidateaccess_changed")
            cursor.execute("DROP TRIGGER hiring_candidateaccess_gone")
        cursor.execute(sql)  # the test's end takes all of it back


def test_an_untouched_chain_holds(looks):
    assert first_broken() is None
    assert looks_hold().well and nobody_rose().well


@pytest.mark.parametrize(
    "change",
    ["act = 'exported'", "purpose = ''", "actor_id = NULL", "seal = 'x'", "digest = 'x'",
     "digest = ''", "candidate_id = {other}", "at = '2020-01-01 00:00:00'"],
)  # fmt: skip
def test_a_changed_look_is_found_at_its_row(looks, change):
    row, other = looks[2], looks[3].candidate_id
    sql = f"UPDATE hiring_candidateaccess SET {change.format(other=other)} WHERE id = {row.pk}"
    behind_our_back(sql)
    assert first_broken() == row.pk
    assert not looks_hold().well and str(row.pk) in looks_hold().words
    with pytest.raises(ValueError, match=str(row.pk)):
        check_looks(lambda *_: None)


def test_a_look_taken_out_is_found_at_the_one_after(looks):
    behind_our_back(f"DELETE FROM hiring_candidateaccess WHERE id = {looks[2].pk}")
    assert first_broken() == looks[3].pk


def test_a_chain_made_without_our_key_is_found(looks, settings):
    settings.SECRET_KEY = "k" * 60
    assert first_broken() == looks[0].pk


def test_looks_at_an_erased_candidate_stay_in_the_chain(looks):
    run_erasure(ask_erasure(candidate_id=looks[0].candidate_id).pk)
    assert CandidateAccess.objects.filter(candidate=None).count() == 3
    assert first_broken() is None


def test_looks_from_before_there_was_a_chain_come_first_or_not_at_all(cast):
    person = make_candidate()
    CandidateAccess.objects.create(candidate=person, act="viewed")
    note_access(actor=cast.rita, candidate_id=person.pk, act="viewed")
    assert first_broken() is None
    late = CandidateAccess.objects.create(candidate=person, act="viewed")
    assert first_broken() == late.pk
