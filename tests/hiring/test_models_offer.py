import pytest
from django.db import IntegrityError, transaction

from hiring.models import Candidate, Offer
from hiring.models.offer import LIVE
from people.choices import Role
from people.models import RoleGrant
from tests.hiring.offering import make_offer

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", LIVE)
def test_one_offer_under_way_for_a_candidacy(cast, state):
    offer = make_offer(cast)
    Offer.objects.update(state=state)
    offer.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        offer.save()


@pytest.mark.parametrize("state", ["accepted", "declined", "expired", "withdrawn"])
def test_after_an_end_another_may_follow(cast, state):
    offer = make_offer(cast)
    Offer.objects.update(state=state)
    offer.pk = None
    offer.save()


def test_the_database_knows_that_nobody_approves_their_own(cast):
    make_offer(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.update(approved_by=cast.rita)


def test_offers_are_for_who_hires_and_changed_by_recruiters(cast):
    make_offer(cast)
    for user, sees, edits in (
        (cast.rita, 1, 1), (cast.dora, 1, 0), (cast.ivan, 0, 0), (cast.karl, 0, 0),
        (cast.adam, 0, 0), (cast.sam, 0, 0),
    ):  # fmt: skip
        assert Offer.objects.visible_to(user).count() == sees
        assert Offer.objects.editable_by(user).count() == edits


def test_nobody_sees_their_own_offer_nor_that_of_a_hidden_colleague(cast):
    make_offer(cast)
    Candidate.objects.update(user=cast.rita)
    assert not Offer.objects.visible_to(cast.rita).exists()
    RoleGrant.objects.create(user=cast.lena, role=Role.DIRECTOR)
    Candidate.objects.update(user=cast.karl)
    assert not Offer.objects.visible_to(cast.lena).exists()
    assert Offer.objects.visible_to(cast.rita).exists()
