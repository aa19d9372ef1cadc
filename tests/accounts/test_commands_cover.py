"""Standing in: asked, agreed, rights for exactly the days, handed back, read."""

import pytest

from accounts.commands import absence as absences
from accounts.commands import cover as commands
from accounts.models import Account, Assignment, Cover
from common.errors import RuleBroken
from people.models import Absence, Notification, User
from tests.care import in_days, make_absence, make_employment, make_key_account
from tests.cast import LONG_AGO, make_account

pytestmark = pytest.mark.django_db


def sees(user, account, days: int = 0) -> bool:
    rows = Assignment.objects.on(in_days(days)).answering()
    return rows.filter(account=account, user=user).exists()


@pytest.fixture
def away(cast) -> Absence:
    return make_absence(cast.karl, 3, 10)


@pytest.fixture
def account(cast) -> Account:
    return make_account("Volga", owner=cast.karl)


def ask(cast, away, account, user=None, actor=None) -> Cover:
    made = commands.propose_cover(
        actor=actor or cast.karl, absence_id=away.pk, chosen={account.pk: (user or cast.kim).pk}
    )
    return made[0]


def agreed(cast, away, account, user=None) -> Cover:
    row = ask(cast, away, account, user)
    return commands.agree_cover(actor=user or cast.kim, cover_id=row.pk)


def test_who_is_asked_is_told_and_has_no_rights_before_agreeing(cast, away, account):
    row = ask(cast, away, account)
    assert row.state == "proposed" and not sees(cast.kim, account, 5)
    assert Notification.objects.filter(user=cast.kim, kind="cover_asked").exists()
    assert Cover.objects.visible_to(cast.kim).get() == row


def test_rights_are_for_exactly_the_days(cast, away, account):
    agreed(cast, away, account)
    assert [sees(cast.kim, account, day) for day in (0, 2, 3, 9, 10)] == [
        False, False, True, True, False
    ]  # fmt: skip
    assert account.assignments.get(user=cast.kim).role == "deputy"
    assert sees(cast.karl, account, 5)  # the owner stays owner
    assert Notification.objects.filter(user=cast.karl, kind="cover_agreed").exists()


def test_without_a_choice_the_best_is_asked_for_every_account(cast, away, account):
    other = make_account("Neva", owner=cast.karl)
    Assignment.objects.create(account=other, user=cast.kim, role="deputy", valid_from=LONG_AGO)
    made = commands.propose_cover(actor=cast.karl, absence_id=away.pk)
    assert {row.account.name: row.substitute.name for row in made} == {
        "Neva": "Kim", "Volga": "Lena"  # the deputy; a team mate
    }  # fmt: skip
    assert commands.propose_cover(actor=cast.karl, absence_id=away.pk) == []


def test_one_click_agrees_to_all_that_was_asked_of_one(cast, away, account):
    other = make_account("Neva", owner=cast.karl)
    ask(cast, away, account)
    ask(cast, away, other)
    assert len(commands.agree_covers(actor=cast.kim, absence_id=away.pk)) == 2
    with pytest.raises(Cover.DoesNotExist):
        commands.agree_covers(actor=cast.kim, absence_id=away.pk)


def test_a_director_agrees_for_all_and_nobody_agrees_for_another(cast, away, account):
    row = ask(cast, away, account)
    for user in (cast.karl, cast.lena, cast.anna, cast.adam, cast.rita):
        with pytest.raises(Cover.DoesNotExist):
            commands.agree_covers(actor=user, absence_id=away.pk)
    commands.agree_cover(actor=cast.dora, cover_id=row.pk)
    assert sees(cast.kim, account, 5)


def test_the_gate_is_asked_when_asking_and_when_agreeing(cast, away):
    key = make_key_account("Key", owner=cast.karl)
    with pytest.raises(RuleBroken, match="no grade"):
        ask(cast, away, key)
    assert not Cover.objects.exists()
    trial = make_employment(cast.kim)
    row = ask(cast, away, key)
    trial.on_probation = True
    trial.save()
    with pytest.raises(RuleBroken, match="probation"):
        commands.agree_cover(actor=cast.kim, cover_id=row.pk)
    assert not sees(cast.kim, key, 5)


def test_refusals_change_nothing(cast, away, account):
    foreign = make_account(owner=cast.lena)
    for wrong in ({foreign.pk: cast.kim.pk}, {account.pk: cast.karl.pk},
                  {account.pk: cast.anna.pk}, {account.pk: 999_999}):  # fmt: skip
        with pytest.raises((Account.DoesNotExist, User.DoesNotExist, RuleBroken)):
            commands.propose_cover(actor=cast.karl, absence_id=away.pk, chosen=wrong)
    for user in (cast.kim, cast.anna, cast.rita, cast.adam, cast.sam):
        with pytest.raises(Absence.DoesNotExist):
            ask(cast, away, account, actor=user)
    assert not Cover.objects.exists()


def test_choosing_another_ends_the_first_and_nobody_takes_it_away(cast, away, account):
    first = agreed(cast, away, account)
    ask(cast, away, account, cast.lena)
    first.refresh_from_db()
    assert first.state == "cancelled" and not sees(cast.kim, account, 5)
    commands.propose_cover(actor=cast.karl, absence_id=away.pk, chosen={account.pk: None})
    assert not Cover.objects.filter(state="proposed").exists()


def test_who_cannot_after_all_says_so_and_the_rights_are_gone(cast, away, account):
    row = agreed(cast, away, account)
    with pytest.raises(Cover.DoesNotExist):
        commands.decline_cover(actor=cast.lena, cover_id=row.pk)
    commands.decline_cover(actor=cast.kim, cover_id=row.pk)
    assert not sees(cast.kim, account, 5)
    assert Notification.objects.filter(user=cast.karl, kind="cover_declined").exists()


def test_who_may_everything_there_anyway_needs_no_second_row(cast, away, account):
    Assignment.objects.create(account=account, user=cast.kim, role="deputy", valid_from=LONG_AGO)
    row = agreed(cast, away, account)
    assert row.assignment is None
    absences.cancel_absence(actor=cast.karl, absence_id=away.pk)
    assert sees(cast.kim, account)


def test_on_the_first_day_back_it_is_handed_back_counted_and_read(cast, account):
    absence = make_absence(cast.karl, -5, 3)
    row = agreed(cast, absence, account)
    commands.hand_back(actor=cast.kim, cover_id=row.pk, words="They want a price")
    Absence.objects.filter(pk=absence.pk).update(valid_to=in_days(0))
    assert absences.tend_covers(day=in_days(0)) == 1
    assert absences.tend_covers(day=in_days(0)) == 0
    row.refresh_from_db()
    assert row.state == "ended" and row.words == "They want a price"
    assert row.summary["touchpoints"] == 0 and row.summary["to"] == in_days(0).isoformat()
    assert not sees(cast.kim, account)
    assert Notification.objects.filter(user=cast.karl, kind="cover_back").count() == 1
    assert commands.read_back(actor=cast.kim, absence_id=absence.pk) == 0
    assert commands.read_back(actor=cast.karl, absence_id=absence.pk) == 1
    with pytest.raises(RuleBroken, match="read already"):
        commands.hand_back(actor=cast.kim, cover_id=row.pk, words="Late")


def test_the_brief_tells_what_is_open_and_coming(cast, away, account):
    row = ask(cast, away, account)
    assert row.brief == ""
    commands.write_brief(actor=cast.karl, cover_id=row.pk, brief=" Never call before ten ")
    row.refresh_from_db()
    assert row.brief == "Never call before ten"
    with pytest.raises(Absence.DoesNotExist):
        commands.write_brief(actor=cast.kim, cover_id=row.pk, brief="x")


def test_another_takes_over_midway_and_each_has_the_days_they_stood_in(cast, account):
    absence = make_absence(cast.karl, -2, 10)
    first = agreed(cast, absence, account)
    first.assignment.valid_from = in_days(-2)
    first.assignment.save()
    second = ask(cast, absence, account, cast.lena)
    commands.agree_cover(actor=cast.lena, cover_id=second.pk)
    first.refresh_from_db()
    assert (first.state, first.assignment.valid_to) == ("ended", in_days(0))
    assert not sees(cast.kim, account)
    assert [sees(cast.lena, account, day) for day in (0, 9, 10)] == [True, True, False]
