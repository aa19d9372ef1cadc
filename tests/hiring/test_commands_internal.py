import pytest

from common.errors import RuleBroken
from hiring.choices import Source
from hiring.commands.internal import add_colleague, let_manager_know
from hiring.models import Candidate
from people.models import Event, Membership, Team
from tests.cast import LONG_AGO
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db


def test_a_colleague_becomes_a_candidate_once(cast):
    made = add_colleague(actor=cast.rita, user_id=cast.karl.pk)
    assert (made.user, made.source, made.name) == (cast.karl, Source.INTERNAL, "Karl")
    assert made.reaches.get().value == cast.karl.email
    assert add_colleague(actor=cast.rita, user_id=cast.karl.pk) == made


def test_nobody_adds_whom_they_lead_or_themselves(cast):
    team = Team.objects.create(name="Recruiters", lead=cast.rita)
    Membership.objects.create(user=cast.sam, team=team, valid_from=LONG_AGO)
    for user in (cast.sam, cast.rita):
        with pytest.raises(RuleBroken):
            add_colleague(actor=cast.rita, user_id=user.pk)
    assert not Candidate.objects.exists()


def test_only_when_the_colleague_agrees_may_the_manager_know(cast):
    made = add_colleague(actor=cast.rita, user_id=cast.karl.pk)
    assert made.manager_may_know is None
    told = let_manager_know(actor=cast.rita, candidate_id=made.pk, may=True)
    assert told.manager_may_know is not None
    again = let_manager_know(actor=cast.rita, candidate_id=made.pk, may=True)
    assert again.manager_may_know == told.manager_may_know
    hidden = let_manager_know(actor=cast.rita, candidate_id=made.pk, may=False)
    assert hidden.manager_may_know is None
    assert Event.objects.about(made).count() == 3


def test_who_is_nobody_of_ours_has_no_manager_here(cast):
    with pytest.raises(RuleBroken):
        let_manager_know(actor=cast.rita, candidate_id=make_candidate().pk, may=True)
