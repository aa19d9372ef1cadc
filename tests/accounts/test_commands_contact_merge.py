import datetime as dt
from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.commands import contact_merge as commands
from accounts.commands.contact import renew_search_text
from accounts.commands.ties import rebuild_ties
from accounts.models import (
    Cadence,
    Contact,
    ContactMerge,
    ContactNote,
    Line,
    MapPlace,
    Observation,
    Promise,
    Task,
    TouchpointContact,
)
from accounts.queries.facts import facts_of
from accounts.queries.people import people_at
from accounts.queries.ties import ties_of
from common.errors import RuleBroken
from people.models import Event
from tests.accounts.merging import pointers, snapshot
from tests.cast import LONG_AGO, make_account
from tests.field import YESTERDAY, make_contact, make_observation, make_touchpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


@pytest.fixture
def pair(hansa):
    return make_contact(hansa, "Jutta Krämer"), make_contact(hansa, "Jutta Kraemer", title="")


def merge(actor, pair, **more) -> ContactMerge:
    return commands.merge_contacts(
        actor=actor, survivor_id=pair[0].pk, absorbed_id=pair[1].pk, **more
    )


def test_one_person_is_left_and_everything_said_of_both_is_theirs(cast, hansa, pair):
    jutta, other = pair
    talk = make_touchpoint(hansa, other)
    rebuild_ties(hansa.pk)
    make_observation(other, "stance", "4")
    Promise.objects.create(
        account=hansa, contact=other, text="A price", colleague=cast.karl, made_on=YESTERDAY
    )
    Task.objects.create(account=hansa, contact=other, title="Call", owner=cast.karl)
    ContactNote.objects.create(account=hansa, contact=other, text="Sails")
    other.reaches.create(kind="phone", value="1", normal="4940300330")
    merge(cast.karl, pair)
    assert [person.contact for person in people_at(hansa, cast.karl)] == [jutta]
    assert facts_of(hansa)[jutta.pk]["stance"].value == "4"
    assert list(talk.contacts.all()) == [jutta]
    assert {tie.contact_id for tie in ties_of(hansa)} == {jutta.pk}
    for rows in (jutta.promises, jutta.tasks, jutta.notes, jutta.reaches):
        assert rows.count() == 1
    jutta.refresh_from_db()
    assert "4940300330" in jutta.search_text


def test_chosen_values_are_taken_and_gaps_of_the_place_are_filled(cast, hansa):
    jutta = make_contact(hansa, "Jutta", title="", valid_from=YESTERDAY)
    other = make_contact(hansa, "Dr. Jutta Krämer", title="Head", role="purchasing")
    merge(cast.karl, (jutta, other), take={"name": "absorbed"})
    place = jutta.positions.get()
    jutta.refresh_from_db()
    assert jutta.name == "Dr. Jutta Krämer"
    assert (place.title, place.role.code, place.valid_from) == ("Head", "purchasing", LONG_AGO)


def test_who_sat_in_one_meeting_twice_sits_there_once_and_again_twice(cast, hansa, pair):
    talk = make_touchpoint(hansa, *pair)
    made = merge(cast.karl, pair)
    assert list(talk.contacts.all()) == [pair[0]]
    commands.undo_contact_merge(actor=cast.karl, merge_id=made.pk)
    assert set(talk.contacts.all()) == set(pair)


def test_a_line_between_the_two_comes_back_with_them(cast, hansa, pair):
    Line.objects.create(
        account=hansa, kind="reports", start=pair[0], end=pair[1], valid_from=LONG_AGO
    )
    made = merge(cast.karl, pair)
    assert not Line.objects.exists()
    commands.undo_contact_merge(actor=cast.karl, merge_id=made.pk)
    assert Line.objects.get().end == pair[1]


def test_what_was_changed_since_keeps_the_newer_value(cast, pair):
    made = merge(cast.karl, pair, take={"name": "absorbed"})
    Contact.objects.filter(pk=pair[0].pk).update(name="Newer")
    commands.undo_contact_merge(actor=cast.karl, merge_id=made.pk)
    assert [Contact.objects.get(pk=one.pk).name for one in pair] == ["Newer", "Jutta Kraemer"]


def test_what_was_deleted_since_stays_away(cast, hansa, pair):
    talk = make_touchpoint(hansa, *pair)
    made = merge(cast.karl, pair)
    talk.delete()
    commands.undo_contact_merge(actor=cast.karl, merge_id=made.pk)
    assert not TouchpointContact.objects.exists()


def test_merges_are_undone_from_the_last_to_the_first(cast, hansa, pair):
    third = make_contact(hansa, "J. Krämer")
    first = merge(cast.karl, pair)
    second = merge(cast.karl, (third, pair[0]))
    with pytest.raises((RuleBroken, Contact.DoesNotExist)):
        commands.undo_contact_merge(actor=cast.karl, merge_id=first.pk)
    commands.undo_contact_merge(actor=cast.karl, merge_id=second.pk)
    commands.undo_contact_merge(actor=cast.karl, merge_id=first.pk)
    with pytest.raises(RuleBroken, match="already"):
        commands.undo_contact_merge(actor=cast.karl, merge_id=first.pk)
    assert not Contact.objects.exclude(merged_into=None).exists()


def test_both_records_keep_that_it_happened(cast, pair):
    merge(cast.karl, pair)
    assert [Event.objects.about(one).first().verb for one in pair] == [
        "contact.merged", "contact.absorbed",
    ]  # fmt: skip


def test_only_who_keeps_both_merges_them(cast, hansa, pair):
    foreign = make_contact(make_account("Vega", owner=cast.kim))
    before = snapshot()
    for actor, two, refused in (
        (cast.karl, (pair[0], foreign), Contact.DoesNotExist),
        (cast.karl, (foreign, pair[0]), Contact.DoesNotExist),
        (cast.kim, pair, Contact.DoesNotExist),
        (cast.anna, pair, RuleBroken),
        (cast.karl, (pair[0], pair[0]), RuleBroken),
    ):
        with pytest.raises(refused):
            merge(actor, two)
    assert snapshot() == before


def test_every_table_that_points_to_a_person_is_decided():
    decided = {follower.label for follower in commands.FOLLOWERS}
    assert pointers(Contact) == decided | commands.RECKONED | commands.KEPT


WHO = st.sampled_from([0, 1, 2])
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["talk", "fact", "line", "place", "rhythm", "note", "reach", "task"]),
        WHO,
        WHO,
        st.sampled_from([0, 1]),
    ),
    max_size=12,
)
keys = count(1)


def add(what: str, who: Contact, other: Contact, account, actor) -> None:
    """One row about a person at an account, unless the database has it already."""
    common = {"account": account, "contact": who}
    if what == "talk":
        make_touchpoint(account, *dict.fromkeys((who, other)), author=actor)
    elif what == "fact":
        make_observation(who, "stance", "4", account=account)
    elif what == "line" and who != other:
        if not Line.objects.filter(account=account, start=who).exists():
            Line.objects.create(
                account=account, kind="reports", start=who, end=other, valid_from=LONG_AGO
            )
    elif what == "place":
        MapPlace.objects.get_or_create(**common, defaults={"x": 1, "y": 2})
    elif what == "rhythm":
        Cadence.objects.get_or_create(**common, defaults={"days": 7, "valid_from": LONG_AGO})
    elif what == "note":
        ContactNote.objects.create(**common, text="x")
    elif what == "reach":
        who.reaches.get_or_create(kind="phone", normal=str(other.pk), defaults={"value": "x"})
    elif what == "task":
        Task.objects.create(**common, title="x", owner=actor, cause=f"c{next(keys)}")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(rows=ROWS, both_at=st.booleans(), take=st.sampled_from([{}, {"name": "absorbed"}]))
def test_merging_and_undoing_leaves_every_row_as_it_was(cast, rows, both_at, take):
    point = transaction.savepoint()
    accounts = [make_account(f"A{next(keys)}", owner=cast.karl) for _ in "ab"]
    people = [make_contact(accounts[0], f"P{next(keys)} X") for _ in range(3)]
    if both_at:
        people[1].positions.create(account=accounts[1], valid_from=LONG_AGO, title="Head")
    for what, who, other, where in rows:
        add(what, people[who], people[other], accounts[where], cast.karl)
    for account in accounts:
        rebuild_ties(account.pk)
    for one in people:
        renew_search_text(one)
    before = snapshot()
    observed = Observation.objects.count()
    made = merge(cast.dora, people, take=take)
    assert Observation.objects.count() == observed
    assert not TouchpointContact.objects.filter(contact=people[1]).exists()
    commands.undo_contact_merge(actor=cast.dora, merge_id=made.pk)
    assert snapshot() == before
    transaction.savepoint_rollback(point)


def test_an_end_in_the_past_is_no_obstacle(cast, hansa):
    jutta = make_contact(hansa, "Jutta", valid_to=YESTERDAY - dt.timedelta(days=5))
    other = make_contact(hansa, "Jutta K", valid_from=YESTERDAY)
    merge(cast.karl, (jutta, other))
    assert jutta.positions.count() == 2
