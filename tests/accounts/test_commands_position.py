import pytest
from django.utils import timezone

from accounts.commands import position as commands
from accounts.models import Account, Position
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.field import YESTERDAY, make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl, country="DE")


def verbs(contact) -> list[str]:
    return [event.verb for event in Event.objects.about(contact)]


def test_somebody_leaves_and_it_is_taken_back(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    place = commands.end_position(actor=cast.karl, position_id=jutta.positions.get().pk)
    assert place.valid_to == timezone.localdate()
    with pytest.raises(RuleBroken, match="left this place already"):
        commands.end_position(actor=cast.karl, position_id=place.pk)
    assert commands.reopen_position(actor=cast.karl, position_id=place.pk).valid_to is None
    assert verbs(jutta) == ["contact.position_reopened", "contact.position_ended"]


def test_nobody_leaves_before_they_came(cast, hansa):
    jutta = make_contact(hansa, "Jutta", valid_from=timezone.localdate())
    with pytest.raises(RuleBroken, match="after the beginning"):
        commands.end_position(actor=cast.karl, position_id=jutta.positions.get().pk)


def test_a_place_taken_up_again_later_is_not_reopened(cast, hansa):
    jutta = make_contact(hansa, "Jutta", valid_to=YESTERDAY)
    first = jutta.positions.get()
    commands.open_position(actor=cast.karl, contact_id=jutta.pk, account_id=hansa.pk)
    with pytest.raises(RuleBroken, match="later place"):
        commands.reopen_position(actor=cast.karl, position_id=first.pk)
    with pytest.raises(RuleBroken, match="has a place"):
        commands.open_position(actor=cast.karl, contact_id=jutta.pk, account_id=hansa.pk)


def test_a_person_moves_with_their_story_and_back(cast, hansa):
    other = make_account("Vega", owner=cast.karl)
    jutta = make_contact(hansa, "Jutta", role="purchasing")
    made = commands.move_contact(
        actor=cast.karl, contact_id=jutta.pk, from_account_id=hansa.pk, to_account_id=other.pk,
        title="Director",
    )  # fmt: skip
    today = timezone.localdate()
    assert (made.account, made.valid_from, made.title) == (other, today, "Director")
    assert made.role.code == "purchasing"
    left = jutta.positions.get(account=hansa)
    assert left.valid_to == today
    assert commands.undo_move(actor=cast.karl, position_id=made.pk) == left
    assert [row.valid_to for row in jutta.positions.all()] == [None]


def test_the_record_of_a_move_names_no_customer(cast, hansa):
    other = make_account("Vega", owner=cast.karl)
    jutta = make_contact(hansa, "Jutta")
    commands.move_contact(
        actor=cast.karl, contact_id=jutta.pk, from_account_id=hansa.pk, to_account_id=other.pk
    )
    assert not [e for e in Event.objects.about(jutta) if "Vega" in str(e.data)]


def test_nobody_is_moved_to_a_foreign_customer(cast, hansa):
    foreign = make_account("Vega", owner=cast.kim)
    jutta = make_contact(hansa, "Jutta")
    for target, refused in ((foreign.pk, Account.DoesNotExist), (0, Account.DoesNotExist)):
        with pytest.raises(refused):
            commands.move_contact(
                actor=cast.karl, contact_id=jutta.pk, from_account_id=hansa.pk,
                to_account_id=target,
            )  # fmt: skip
    with pytest.raises(RuleBroken, match="another customer"):
        commands.move_contact(
            actor=cast.karl, contact_id=jutta.pk, from_account_id=hansa.pk, to_account_id=hansa.pk
        )
    assert jutta.positions.get().valid_to is None


def test_a_move_that_never_was_is_not_undone(cast, hansa):
    jutta = make_contact(hansa, "Jutta")
    with pytest.raises(Position.DoesNotExist):
        commands.undo_move(actor=cast.karl, position_id=jutta.positions.get().pk)
