import pytest
from django.db import IntegrityError, transaction

from accounts.models import File, Tie, Touchpoint
from tests.cast import make_account
from tests.field import make_contact, make_logged, make_touchpoint

pytestmark = pytest.mark.django_db


def test_touchpoints_are_read_where_the_card_is_and_changed_where_it_is(cast):
    make_touchpoint(make_account(owner=cast.karl))
    seen = {
        name: (
            Touchpoint.objects.visible_to(user).count(),
            Touchpoint.objects.editable_by(user).count(),
        )
        for name, user in vars(cast).items()
    }
    assert {name for name, counts in seen.items() if counts[0]} == {"dora", "lena", "karl", "anna"}
    assert {name for name, counts in seen.items() if counts[1]} == {"dora", "karl", "anna"}


def test_only_what_took_place_and_went_both_ways_is_meaningful(cast):
    account = make_account(owner=cast.karl)
    make_touchpoint(account, direction="ours")
    make_touchpoint(account, state="planned")
    make_touchpoint(account, state="removed")
    meant = make_touchpoint(account)
    assert list(Touchpoint.objects.meaningful()) == [meant]
    assert Touchpoint.objects.done().count() == 2
    assert Touchpoint.objects.planned().count() == 1


def test_a_key_and_a_tie_exist_once(cast):
    account = make_account(owner=cast.karl)
    person = make_contact(account)
    row = make_logged(cast.karl, account, person)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_touchpoint(account, key=row.key)
    tie = Tie.objects.get(colleague=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(account=account, contact=person, as_of=tie.as_of, half_life=45)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.presences.create(contact=person)


def test_files_are_as_visible_as_their_account(cast):
    File.objects.create(account=make_account(owner=cast.karl), name="a.pdf", size=1)
    assert File.objects.visible_to(cast.karl).count() == 1
    assert not File.objects.visible_to(cast.kim).exists()
