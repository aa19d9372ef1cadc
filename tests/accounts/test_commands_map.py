import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import map as commands
from accounts.models import Account, Contact, Line, MapPlace
from common.errors import RuleBroken
from people import verbs
from people.models import Event
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, make_observation, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    cast = make_cast()
    account = make_account("Hansa", owner=cast.karl)
    people = [make_contact(account, name) for name in ("Ada", "Ben", "Cem")]
    return cast, account, people


def draw(actor, account, kind, start, end):
    return commands.draw_line(
        actor=actor, account_id=account.pk, kind=kind, start=start.pk, end=end.pk
    )


def old_line(account, start, end, kind="reports") -> Line:
    return Line.objects.create(
        account=account, kind=kind, start=start, end=end, valid_from=LONG_AGO
    )


def lines_today(account) -> set[tuple]:
    rows = Line.objects.filter(account=account).on(timezone.localdate())
    return set(rows.values_list("kind", "start__name", "end__name"))


def test_a_line_is_drawn_from_today_and_told(scene):
    cast, account, (ada, ben, _cem) = scene
    line, event = draw(cast.karl, account, "reports", ada, ben)
    assert (line.valid_from, line.made_by) == (timezone.localdate(), cast.karl)
    assert verbs.sentence(event.verb, event.data) == "New on the account map: Ada reports to Ben"
    assert event in Event.objects.about(account)


def test_a_new_superior_takes_the_place_of_the_old_one_and_the_past_keeps_it(scene):
    cast, account, (ada, ben, cem) = scene
    old = old_line(account, ada, ben)
    draw(cast.karl, account, "reports", ada, cem)
    assert lines_today(account) == {("reports", "Ada", "Cem")}
    old.refresh_from_db()
    assert old.valid_to == timezone.localdate()


def test_undo_puts_the_old_superior_back(scene):
    cast, account, (ada, ben, cem) = scene
    old_line(account, ada, ben)
    _line, event = draw(cast.karl, account, "reports", ada, cem)
    undone = commands.undo_change(actor=cast.karl, account_id=account.pk, event_id=event.pk)
    assert lines_today(account) == {("reports", "Ada", "Ben")}
    commands.undo_change(actor=cast.karl, account_id=account.pk, event_id=undone.pk)
    assert lines_today(account) == {("reports", "Ada", "Cem")}


def test_a_circle_is_refused_in_words(scene):
    cast, account, (ada, ben, cem) = scene
    old_line(account, ada, ben)
    old_line(account, ben, cem)
    with pytest.raises(RuleBroken, match="Ada stands under Cem already"):
        draw(cast.karl, account, "reports", cem, ada)
    assert Line.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "turned", "says"),
    [("reports", False, "there already"), ("conflict", True, "there already"),
     ("quarrels", False, "stands for")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused(scene, kind, turned, says):
    cast, account, (ada, ben, _cem) = scene
    if kind != "quarrels":
        old_line(account, ada, ben, kind)
    with pytest.raises(RuleBroken, match=says):
        draw(cast.karl, account, kind, *((ben, ada) if turned else (ada, ben)))


def test_a_line_to_oneself_or_to_somebody_elsewhere_is_none(scene):
    cast, account, (ada, _ben, _cem) = scene
    with pytest.raises(RuleBroken, match="two people"):
        draw(cast.karl, account, "influences", ada, ada)
    stranger = make_contact(make_account(owner=cast.karl), "Eve")
    with pytest.raises(Contact.DoesNotExist):
        draw(cast.karl, account, "influences", ada, stranger)
    left = make_contact(account, "Fay", valid_to=dt.date(2021, 1, 1))
    with pytest.raises(Contact.DoesNotExist):
        draw(cast.karl, account, "influences", ada, left)


def test_only_who_may_change_the_account_draws(scene):
    cast, account, (ada, ben, _cem) = scene
    for reader in (cast.lena, cast.kim, cast.sam):
        with pytest.raises(Account.DoesNotExist):
            draw(reader, account, "influences", ada, ben)
    draw(cast.anna, account, "influences", ada, ben)


def test_a_line_of_today_vanishes_and_an_old_one_ends(scene):
    cast, account, (ada, ben, cem) = scene
    fresh, _event = draw(cast.karl, account, "influences", ada, ben)
    old = old_line(account, ben, cem)
    for line in (fresh, old):
        commands.end_line(actor=cast.karl, account_id=account.pk, line_id=line.pk)
    assert list(Line.objects.values_list("pk", "valid_to")) == [(old.pk, timezone.localdate())]


def test_an_ended_line_comes_back_by_undo(scene):
    cast, account, (ada, ben, _cem) = scene
    line = old_line(account, ada, ben)
    event = commands.end_line(actor=cast.karl, account_id=account.pk, line_id=line.pk)
    commands.undo_change(actor=cast.karl, account_id=account.pk, event_id=event.pk)
    line.refresh_from_db()
    assert line.valid_to is None


def test_undo_is_refused_when_somebody_drew_over_it(scene):
    cast, account, (ada, ben, cem) = scene
    line = old_line(account, ada, ben)
    event = commands.end_line(actor=cast.karl, account_id=account.pk, line_id=line.pk)
    draw(cast.dora, account, "reports", ada, cem)
    with pytest.raises(RuleBroken, match="changed again"):
        commands.undo_change(actor=cast.karl, account_id=account.pk, event_id=event.pk)
    assert lines_today(account) == {("reports", "Ada", "Cem")}


def test_a_change_is_taken_back_only_on_its_own_map(scene):
    cast, account, (ada, ben, _cem) = scene
    _line, event = draw(cast.karl, account, "influences", ada, ben)
    other = make_account(owner=cast.karl)
    with pytest.raises(Event.DoesNotExist):
        commands.undo_change(actor=cast.karl, account_id=other.pk, event_id=event.pk)


def place(actor, account, key, x, y, version=0):
    return commands.place_card(
        actor=actor, account_id=account.pk, key=key, x=x, y=y, version=version
    )


def test_a_card_is_put_somewhere_and_somewhere_else(scene):
    cast, account, (ada, _ben, _cem) = scene
    first, _event = place(cast.karl, account, ada.pk, 10, -20)
    assert (first.x, first.y, first.version) == (10, -20, 1)
    again, event = place(cast.karl, account, f"c{ada.pk}", 30, 40, version=1)
    assert (again.pk, again.version) == (first.pk, 2)
    commands.undo_change(actor=cast.karl, account_id=account.pk, event_id=event.pk)
    first.refresh_from_db()
    assert (first.x, first.y, first.version) == (10, -20, 3)
    assert not Event.objects.about(account).filter(verb="account.card_placed").exists()


def test_who_moves_a_card_that_was_moved_meanwhile_is_told(scene):
    cast, account, (ada, _ben, _cem) = scene
    place(cast.dora, account, ada.pk, 10, 20)
    with pytest.raises(commands.Conflict) as told:
        place(cast.karl, account, ada.pk, 90, 90)
    assert (told.value.place.x, told.value.place.y) == (10, 20)


def test_a_card_stays_on_the_map(scene):
    cast, account, (ada, _ben, _cem) = scene
    with pytest.raises(RuleBroken, match="off the map"):
        place(cast.karl, account, ada.pk, 10**6, 0)
    with pytest.raises(Contact.DoesNotExist):
        place(cast.karl, account, "x1", 0, 0)


def test_a_required_role_gets_a_place_when_it_is_moved(scene):
    cast, account, (ada, _ben, _cem) = scene
    role = make_role("finance")
    made, _event = place(cast.karl, account, f"r{role.pk}", 5, 5)
    assert made.contact.is_hole and made.contact.positions.get().role == role
    commands.draw_line(
        actor=cast.karl, account_id=account.pk, kind="reports", start=f"r{role.pk}", end=ada.pk
    )
    assert Contact.objects.filter(name="").count() == 1


def test_all_places_are_forgotten_and_come_back(scene):
    cast, account, (ada, ben, _cem) = scene
    with pytest.raises(RuleBroken, match="moved by hand"):
        commands.reset_places(actor=cast.karl, account_id=account.pk)
    place(cast.karl, account, ada.pk, 1, 1)
    place(cast.karl, account, ben.pk, 2, 2)
    event = commands.reset_places(actor=cast.karl, account_id=account.pk)
    assert not MapPlace.objects.exists()
    commands.undo_change(actor=cast.karl, account_id=account.pk, event_id=event.pk)
    assert set(MapPlace.objects.values_list("contact", "x")) == {(ada.pk, 1), (ben.pk, 2)}


def test_somebody_is_added_below_a_superior_and_taken_off_again(scene):
    cast, account, (ada, _ben, _cem) = scene
    eve, event = commands.add_person(
        actor=cast.karl, account_id=account.pk, name="Eve", superior=f"c{ada.pk}"
    )
    assert lines_today(account) == {("reports", "Eve", "Ada")}
    commands.undo_change(actor=cast.karl, account_id=account.pk, event_id=event.pk)
    assert not Contact.objects.filter(pk=eve.pk).exists()
    assert not Line.objects.exists()


def test_who_was_written_about_stays(scene):
    cast, account, _people = scene
    eve, event = commands.add_person(actor=cast.karl, account_id=account.pk, name="Eve")
    make_observation(eve, "stance", "4", account=account)
    with pytest.raises(RuleBroken, match="they stay"):
        commands.undo_change(actor=cast.karl, account_id=account.pk, event_id=event.pk)
    assert Contact.objects.filter(pk=eve.pk).exists()


def test_a_person_needs_a_name_or_a_place(scene):
    cast, account, _people = scene
    with pytest.raises(RuleBroken):
        commands.add_person(actor=cast.karl, account_id=account.pk, name=" ")
    hole, _event = commands.add_person(
        actor=cast.karl, account_id=account.pk, name="", title="Head of logistics"
    )
    assert hole.is_hole
