import datetime as dt
import threading

import pytest
from django.db import connection
from django.utils import timezone

from common.errors import RuleBroken
from hiring.choices import OffLimitsKind
from hiring.commands import call_hold as commands
from hiring.models import CallEntry, Candidate, Vacancy
from tests.cast import make_cast, make_user
from tests.hiring.calling import add_people, make_list
from tests.recruiting import make_candidacy, make_off_limits, make_vacancy

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def take(actor, row, **given) -> CallEntry | None:
    return commands.take_next(actor=actor, vacancy_id=row.vacancy_id, **given)


def test_the_next_is_the_best_and_stays_mine_until_it_is_given_back(cast):
    row = make_list(cast.rita, 3)
    first = take(cast.rita, row)
    assert first == CallEntry.objects.order_by("order", "due_at", "pk").first()
    assert take(cast.rita, row) == first
    commands.give_back_all(actor=cast.rita, list_id=row.pk)
    assert take(make_user("Rolf", "recruiter"), row) == first


def test_a_hold_ends_by_itself_and_is_renewed_by_the_open_page(cast):
    row = make_list(cast.rita, 1)
    entry = take(cast.rita, row)
    rolf = make_user("Rolf", "recruiter")
    assert take(rolf, row) is None
    assert commands.keep_entry(actor=cast.rita, entry_id=entry.pk)
    CallEntry.objects.update(held_until=timezone.now() - dt.timedelta(seconds=1))
    assert not commands.keep_entry(actor=cast.rita, entry_id=entry.pk)
    assert take(rolf, row) == entry
    with pytest.raises(RuleBroken):
        commands.take_entry(actor=cast.rita, entry_id=entry.pk)


@pytest.mark.django_db(transaction=True)
def test_recruiters_who_ask_at_the_same_moment_never_get_the_same_person():
    cast = make_cast()
    row = make_list(cast.rita, 12)
    people = [cast.rita, *(make_user(f"Rolf{n}", "recruiter") for n in range(5))]
    for _round in range(4):
        barrier, got = threading.Barrier(len(people)), []

        def ask(actor, barrier=barrier, got=got) -> None:
            barrier.wait()
            try:
                got.append(take(actor, row))
            finally:
                connection.close()

        threads = [threading.Thread(target=ask, args=(person,)) for person in people]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        taken = [entry.pk for entry in got]
        assert len(taken) == len(people) and len(set(taken)) == len(people)
        CallEntry.objects.update(held_by=None, held_until=None)


def test_quiet_hours_are_those_of_the_candidates_city(cast):
    row = make_list(cast.rita, 0, quiet_from=20, quiet_to=9)
    (east,) = add_people(row, 1, actor=cast.rita, city="Владивосток")
    CallEntry.objects.update(due_at=NOON - dt.timedelta(days=1))
    assert take(cast.rita, row, now=NOON) is None
    (west,) = add_people(row, 1, actor=cast.rita, city="Berlin")
    CallEntry.objects.update(due_at=NOON - dt.timedelta(days=1))
    assert take(cast.rita, row, now=NOON) == west
    CallEntry.objects.filter(pk=east.pk).update(is_callback=True)
    rolf = make_user("Rolf", "recruiter")
    assert take(rolf, row, now=NOON) == east


def test_without_a_known_place_the_vacancys_zone_holds(cast):
    row = make_list(cast.rita, 1, quiet_from=20, quiet_to=9)
    CallEntry.objects.update(due_at=NOON - dt.timedelta(days=1))
    Vacancy.objects.update(time_zone="Asia/Vladivostok")
    assert take(cast.rita, row, now=NOON) is None
    Vacancy.objects.update(time_zone="Europe/Berlin")
    assert take(cast.rita, row, now=NOON)


def bar(entry):
    make_off_limits("Hansa")
    Candidate.objects.update(plain_employer="hansa")


@pytest.mark.parametrize(
    "forbid",
    [
        bar,
        lambda entry: Candidate.objects.update(wants_no_calls=timezone.now()),
        lambda entry: entry.candidacy.candidate.reaches.update(is_wrong=True),
        lambda entry: entry.candidacy.candidate.reaches.all().delete(),
        lambda entry: type(entry.candidacy).objects.update(candidate=None),
        lambda entry: type(entry.candidacy).objects.update(
            state="rejected", ended_at=timezone.now()
        ),
    ],
)
def test_who_may_not_be_called_is_never_offered_nor_taken_by_hand(cast, forbid):
    row = make_list(cast.rita, 1)
    entry = CallEntry.objects.get()
    forbid(entry)
    assert take(cast.rita, row) is None
    with pytest.raises((RuleBroken, CallEntry.DoesNotExist)):
        commands.take_entry(actor=cast.rita, entry_id=entry.pk)


def test_who_applied_is_called_wherever_they_work(cast):
    row = make_list(cast.rita, 1)
    bar(None)
    type(CallEntry.objects.get().candidacy).objects.update(applied_at=timezone.now())
    assert take(cast.rita, row)


def test_who_applied_for_another_vacancy_is_called_too(cast):
    row = make_list(cast.rita, 1)
    bar(None)
    make_candidacy(make_vacancy(), Candidate.objects.get(), applied_at=timezone.now())
    assert take(cast.rita, row)


@pytest.mark.parametrize("kind", OffLimitsKind)
def test_of_a_company_off_limits_nobody_comes_next_and_the_reason_names_it(cast, kind):
    row = make_list(cast.rita, 0)
    barred = add_people(row, 3, actor=cast.rita, plain_employer="polus trade")
    (other,) = add_people(row, 1, actor=cast.rita, plain_employer="vega")
    CallEntry.objects.filter(pk=barred[0].pk).update(is_callback=True)
    make_off_limits("Polus", aliases=["Polus Trade"], kind=kind)
    assert take(cast.rita, row) == other
    assert take(make_user("Rolf", "recruiter"), row) is None
    for entry in barred:
        with pytest.raises(RuleBroken, match="Polus"):
            commands.take_entry(actor=cast.rita, entry_id=entry.pk)


def test_whoever_is_held_when_their_company_goes_off_limits_is_let_go(cast):
    row = make_list(cast.rita, 0)
    (held,) = add_people(row, 1, actor=cast.rita, plain_employer="polus")
    assert take(cast.rita, row) == held
    make_off_limits("Polus")
    assert take(cast.rita, row) is None
    (other,) = add_people(row, 1, actor=cast.rita)
    assert take(cast.rita, row) == other


def test_one_passed_over_comes_again_later(cast):
    row = make_list(cast.rita, 2)
    first = take(cast.rita, row)
    with pytest.raises(RuleBroken):
        commands.skip_entry(actor=cast.rita, entry_id=first.pk, reason="lazy")
    commands.skip_entry(actor=cast.rita, entry_id=first.pk, reason="engaged")
    second = take(cast.rita, row)
    assert second != first
    commands.give_back_all(actor=cast.rita, list_id=row.pk)
    CallEntry.objects.filter(pk=second.pk).delete()
    assert take(cast.rita, row) is None
    assert take(cast.rita, row, now=timezone.now() + dt.timedelta(minutes=21)) == first


def test_a_person_holds_one_at_a_time_when_choosing_by_hand(cast):
    row = make_list(cast.rita, 2)
    first = take(cast.rita, row)
    other = CallEntry.objects.exclude(pk=first.pk).get()
    commands.take_entry(actor=cast.rita, entry_id=other.pk)
    assert CallEntry.objects.get(held_by=cast.rita) == other
    assert take(cast.rita, row) == other


def test_800_people_cost_as_many_queries_as_eight(cast, django_assert_max_num_queries):
    row = make_list(cast.rita, 8)
    with django_assert_max_num_queries(20):
        take(cast.rita, row)
    CallEntry.objects.update(held_by=None, held_until=None)
    add_people(row, 60, actor=cast.rita)
    with django_assert_max_num_queries(20):
        take(cast.rita, row)
