import pytest

from hiring.choices import StageKind
from hiring.commands.candidate import create_candidate
from hiring.queries.candidate_list import chunks_of
from hiring.queries.candidate_state import CandidateState
from hiring.queries.candidate_table import cells, header
from tests.recruiting import make_candidacy, make_vacancy

pytestmark = pytest.mark.django_db


def test_a_line_has_a_cell_for_every_column_and_only_recruiters_get_any(cast):
    person = create_candidate(
        name="Jo", reaches=[("phone", "+49 40 300330"), ("phone", "1234"), ("email", "j@x.de")]
    )
    make_candidacy(make_vacancy("KAM North"), person, stage=StageKind.CALL)
    rows = [row for rows in chunks_of(cast.rita, CandidateState()) for row in rows]
    (line,) = cells(rows, cast.rita)
    assert len(line) == len(header())
    assert "+49 40 300330; 1234" in line and "KAM North: To call (under way)" in line
    assert list(cells(rows, cast.dora)) == []
