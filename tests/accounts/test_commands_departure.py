"""Sudden departure: full cover at once, nothing of theirs works, taken back for a day."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.commands import control as controls
from accounts.commands import cover as covers
from accounts.commands import departure as commands
from accounts.commands.assignment import assign_account
from accounts.models import (
    Account,
    Assignment,
    Control,
    Cover,
    CustomerLetter,
    GateOverride,
    HandoverPlan,
    Promise,
    Task,
)
from common.errors import RuleBroken
from common.models import Job
from people import commands as people
from people.choices import Role
from people.models import Departure, Notification, Session, User
from tests.care import in_days, make_absence, make_employment, make_key_account
from tests.cast import LONG_AGO, make_account, make_user, signed_in
from tests.field import make_touchpoint
from tests.field_tasks import make_helper, make_task

pytestmark = pytest.mark.django_db


def owners() -> dict[str, str]:
    rows = Assignment.objects.owners().today().select_related("account", "user")
    return {row.account.name: row.user.name for row in rows}


def everything() -> list:
    """Who answers, does and has promised what, as values that can be compared."""
    answering = Assignment.objects.order_by("account", "user", "role", "valid_from").values_list(
        "account", "user", "role", "valid_from", "valid_to", "function"
    )
    return [
        list(answering),
        list(Task.objects.order_by("pk").values_list("pk", "owner", "state")),
        list(Promise.objects.order_by("pk").values_list("pk", "colleague", "state")),
        list(Cover.objects.order_by("pk").values_list("pk", "state")),
        list(Account.objects.order_by("pk").values_list("pk", "owner")),
    ]


@pytest.fixture
def book(cast):
    """Karl owns three key accounts and two others, stands in elsewhere, and has work to do."""
    make_employment(cast.karl)
    keys = [make_key_account(f"Key {n}", owner=cast.karl) for n in (1, 2, 3)]
    plain = [make_account(f"Plain {n}", owner=cast.karl) for n in (1, 2)]
    foreign = make_account("Foreign", owner=cast.kim)
    Assignment.objects.create(account=foreign, user=cast.karl, role="deputy", valid_from=LONG_AGO)
    make_task("Key task", owner=cast.karl, account=keys[0])
    make_task("Plain task", owner=cast.karl, account=plain[0])
    make_task("Foreign task", owner=cast.karl, account=foreign)
    make_task("Own task", owner=cast.karl)
    for account in (keys[0], plain[0]):
        Promise.objects.create(
            account=account, text="Samples", colleague=cast.karl, made_on=LONG_AGO
        )
    return keys, plain, foreign


def leave(cast, **fields) -> Departure:
    return commands.leave_suddenly(actor=cast.dora, user=cast.karl, **fields)


def test_every_account_has_somebody_from_that_moment(cast, book):
    leave(cast)
    names = {f"Key {n}": "Dora" for n in (1, 2, 3)} | {f"Plain {n}": "Lena" for n in (1, 2)}
    assert owners() == names | {"Foreign": "Kim"}
    assert not Assignment.objects.today().filter(user=cast.karl).exists()
    running = Control.objects.filter(ended_at=None)
    assert running.count() == 3
    assert {(row.director, row.former, row.valid_to) for row in running} == {
        (cast.dora, cast.karl, in_days(60))
    }


def test_the_work_goes_to_whoever_answers_now(cast, book):
    leave(cast)
    held = dict(Task.objects.open().values_list("title", "owner__name"))
    assert held == {
        "Key task": "Dora", "Plain task": "Lena", "Foreign task": "Kim", "Own task": "Lena"
    }  # fmt: skip
    promised = dict(Promise.objects.open().values_list("account__name", "colleague__name"))
    assert promised == {"Key 1": "Dora", "Plain 1": "Lena"}


def test_planned_meetings_have_somebody_who_comes(cast, book):
    meeting = make_touchpoint(book[0][0], days_ago=-3, state="planned")
    meeting.attendances.create(colleague=cast.karl)
    departure = leave(cast)
    assert [row.colleague for row in meeting.attendances.all()] == [cast.dora]
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert [row.colleague for row in meeting.attendances.all()] == [cast.karl]


def test_nothing_of_theirs_works_any_more(cast, book):
    client = signed_in(cast.karl)
    assert client.get("/accounts/").status_code == 200
    job = Job.objects.create(name="kpi.jobs.export", created_by=cast.karl)
    leave(cast)
    assert client.get("/accounts/").status_code == 302  # to the sign-in
    assert not Session.objects.filter(user=cast.karl).exists()
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert not Account.objects.visible_to(User.objects.get(pk=cast.karl.pk)).exists()
    assert not people.tell(user=User.objects.get(pk=cast.karl.pk), kind="x", target=job, cause="x")


def test_the_director_chooses_heir_and_end_of_control(cast, book):
    make_employment(cast.kim)
    leave(cast, heir=cast.kim, until=in_days(30))
    assert owners()["Plain 1"] == "Kim"
    assert set(Control.objects.values_list("valid_to", flat=True)) == {in_days(30)}
    assert Notification.objects.filter(user=cast.kim, kind="accounts_left").count() == 1


def test_refusals_change_nothing(cast, book):
    before = everything()
    closed = make_user("Zoe", Role.KAM, is_active=False)
    for fields in ({"heir": cast.karl}, {"heir": cast.adam}, {"heir": closed},
                   {"until": in_days(100)}):  # fmt: skip
        with pytest.raises(RuleBroken):
            leave(cast, **fields)
    for actor in (cast.lena, cast.adam, cast.rita, cast.karl):
        with pytest.raises(RuleBroken):
            commands.leave_suddenly(actor=actor, user=cast.karl)
    assert everything() == before and not Departure.objects.exists()
    assert User.objects.get(pk=cast.karl.pk).is_active


def test_letters_to_the_key_customers_are_drafted_and_put_away_when_taken_back(cast, book):
    departure = leave(cast)
    rows = CustomerLetter.objects.filter(departure=departure)
    assert {(row.account, row.kind, row.state) for row in rows} == {
        (account, "departure", "draft") for account in book[0]
    }
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert set(rows.values_list("state", flat=True)) == {"stopped"}


def test_taken_back_within_a_day_everything_is_as_before(cast, book):
    before = everything()
    departure = leave(cast)
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert everything() == before
    assert User.objects.get(pk=cast.karl.pk).is_active
    assert not Control.objects.filter(ended_at=None).exists()
    with pytest.raises(RuleBroken, match="nothing to take back"):
        commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    leave(cast)  # and again, for good


def test_after_a_day_it_is_not_taken_back(cast, book):
    departure = leave(cast)
    late = timezone.now() - dt.timedelta(hours=24)
    Departure.objects.filter(pk=departure.pk).update(closed_at=late)
    with pytest.raises(RuleBroken, match="more than a day"):
        commands.undo_departure(actor=cast.dora, departure_id=departure.pk)


def test_what_was_assigned_again_since_stands_in_the_way_of_taking_back(cast, book):
    departure = leave(cast)
    make_employment(cast.kim)
    assign_account(
        actor=cast.dora, account_id=book[1][0].pk, user=cast.kim, role="owner", start=in_days(0)
    )
    before = everything()
    with pytest.raises(RuleBroken, match="assigned again"):
        commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert everything() == before
    assert not User.objects.get(pk=cast.karl.pk).is_active


def test_a_task_done_by_the_heir_stays_done_after_taking_back(cast, book):
    departure = leave(cast)
    Task.objects.filter(title="Plain task").update(state="done")
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert Task.objects.get(title="Plain task").owner == cast.lena
    assert Task.objects.get(title="Key task").owner == cast.karl


def test_what_was_to_become_theirs_stays_with_who_has_it(cast, book):
    foreign = book[2]
    assign_account(
        actor=cast.dora, account_id=foreign.pk, user=cast.karl, role="owner", start=in_days(20)
    )
    departure = leave(cast)
    days = [foreign.assignments.owners().on(in_days(n)).get().user for n in (0, 20, 50)]
    assert days == [cast.kim] * 3
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert foreign.assignments.owners().on(in_days(20)).get().user == cast.karl


def test_standing_in_own_absences_plans_and_leave_through_the_gate_end(cast, book):
    absence = make_absence(cast.kim)
    cover = Cover.objects.create(absence=absence, account=book[2], substitute=cast.karl)
    own = make_absence(cast.karl)
    make_helper(book[2], cast.karl)
    plan = HandoverPlan.objects.create(to_user=cast.karl, starts_on=in_days(5))
    through = GateOverride.objects.create(
        account=book[2], user=cast.karl, valid_until=timezone.now() + dt.timedelta(days=9),
        reason="Fair",
    )  # fmt: skip
    departure = leave(cast)
    for row in (cover, own, plan, through):
        row.refresh_from_db()
    assert cover.state == "cancelled" and own.cancelled_at and plan.closed_at and through.ended_at
    assert Notification.objects.filter(user=cast.kim, kind="cover_lost").exists()
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    for row in (cover, own, plan, through):
        row.refresh_from_db()
    assert cover.state == "proposed" and not own.cancelled_at
    assert not plan.closed_at and not through.ended_at


def test_who_comes_back_stands_in_again_unless_another_does_by_now(cast, book):
    """With the same right, even one that began on the very day of the leaving."""
    other = make_account("Other", owner=cast.kim)
    absence = make_absence(cast.kim, 0, 9)
    chosen = {book[2].pk: cast.karl.pk, other.pk: cast.karl.pk}
    Assignment.objects.filter(user=cast.karl, role="deputy").delete()
    covers.propose_cover(actor=cast.kim, absence_id=absence.pk, chosen=chosen)
    first, second = covers.agree_covers(actor=cast.karl, absence_id=absence.pk)
    departure = leave(cast)
    covers.propose_cover(actor=cast.kim, absence_id=absence.pk, chosen={other.pk: cast.lena.pk})
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    states = {row.account: row for row in absence.covers.exclude(state="cancelled")}
    assert (states[book[2]].pk, states[book[2]].state) == (first.pk, "agreed")
    assert states[book[2]].assignment.valid_to == absence.valid_to
    assert (states[other].substitute, states[other].state) == (cast.lena, "proposed")
    assert second.pk != states[other].pk


def test_nobody_stands_in_for_a_holiday_that_is_not_taken(cast, book):
    absence = make_absence(cast.karl, 3, 9)
    asked = {book[1][0].pk: cast.kim.pk}
    covers.propose_cover(actor=cast.karl, absence_id=absence.pk, chosen=asked)
    covers.agree_covers(actor=cast.kim, absence_id=absence.pk)
    rights = Assignment.objects.filter(user=cast.kim, account=book[1][0])
    before = list(rights.values())
    departure = leave(cast)
    assert not rights.exists()
    commands.undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert [row["id"] for row in rights.values()] == [row["id"] for row in before]
    assert absence.covers.get().assignment == rights.get()


def test_a_director_who_goes_leaves_their_watched_accounts_to_another(cast, book):
    olga = make_user("Olga", Role.DIRECTOR)
    controls.take_control(
        actor=cast.dora, account_id=book[0][0].pk, director=cast.dora, reason="Busy"
    )
    departure = commands.leave_suddenly(actor=olga, user=cast.dora)
    assert owners()["Key 1"] == "Olga"
    assert Control.objects.get(ended_at=None).director == olga
    commands.undo_departure(actor=olga, departure_id=departure.pk)
    assert owners()["Key 1"] == "Dora"
    assert Control.objects.get(ended_at=None).director == cast.dora


def test_a_sign_in_is_not_closed_over_accounts_nor_the_role_taken(cast, book):
    with pytest.raises(RuleBroken, match="answers for 5 accounts"):
        people.deactivate_person(actor=cast.dora, user=cast.karl)
    with pytest.raises(RuleBroken, match="answers for 5 accounts"):
        people.change_roles(actor=cast.dora, user=cast.karl, roles={Role.ASSISTANT})
    people.change_roles(actor=cast.dora, user=cast.karl, roles={Role.KAM, Role.INTERVIEWER})
    people.deactivate_person(actor=cast.dora, user=cast.anna)
    assert owners()["Key 1"] == "Karl"


def test_an_announced_departure_is_carried_out_when_its_last_day_is_over(cast, book):
    Departure.objects.create(user=cast.karl, kind="resigned", last_day=in_days(0))
    assert commands.close_due(day=in_days(0)) == 0
    assert owners()["Key 1"] == "Karl"
    Departure.objects.update(last_day=in_days(-1))
    assert commands.close_due(day=in_days(0)) == 1
    assert commands.close_due(day=in_days(0)) == 0
    assert owners()["Key 1"] == "Dora" and owners()["Plain 1"] == "Lena"
    assert not User.objects.get(pk=cast.karl.pk).is_active


def test_who_moves_to_other_work_keeps_the_sign_in_without_accounts(cast, book):
    Departure.objects.create(user=cast.karl, kind="moved", last_day=in_days(-1))
    commands.close_due(day=in_days(0))
    karl = User.objects.get(pk=cast.karl.pk)
    assert karl.is_active and not karl.is_kam
    assert owners()["Key 1"] == "Dora"


def test_a_week_before_directors_hear_that_accounts_have_no_follower(cast, book):
    departure = Departure.objects.create(user=cast.karl, kind="resigned", last_day=in_days(9))
    assert commands.warn_of_last_days(day=in_days(0)) == 0
    assert commands.warn_of_last_days(day=in_days(2)) == 1
    assert commands.warn_of_last_days(day=in_days(3)) == 0
    row = Notification.objects.get(kind="departure_near")
    assert (row.user, row.target_id) == (cast.dora, departure.pk)
