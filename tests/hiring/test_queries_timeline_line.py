"""What every part of a candidate's timeline begins with."""

import pytest

from hiring.choices import StageKind
from hiring.commands import candidacy as commands
from hiring.queries.timeline_line import candidacies_of
from tests.cast import make_cast
from tests.recruiting import make_candidacy, make_candidate, make_vacancy

pytestmark = pytest.mark.django_db


def test_only_the_persons_candidacies_that_the_reader_may_know_of():
    cast = make_cast()
    person = make_candidate("Polina")
    north = make_vacancy("KAM north", recruiter=cast.rita)
    south = make_vacancy("KAM south", recruiter=cast.rita)
    first = make_candidacy(north, person)
    second = make_candidacy(south, person)
    make_candidacy(north, make_candidate("Zoya"))
    assert set(candidacies_of(person, cast.rita)) == {first, second}
    assert not candidacies_of(person, cast.dora).exists()
    commands.move_candidacy(
        actor=cast.rita, candidacy_id=second.pk,
        stage_id=south.stages.get(kind=StageKind.SESSION).pk,
    )  # fmt: skip
    assert set(candidacies_of(person, cast.dora)) == {second}
    assert not candidacies_of(person, cast.karl).exists()
