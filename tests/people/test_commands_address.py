import datetime as dt

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.tokens import default_token_generator
from django.utils import timezone
from hypothesis import settings as profile
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from common.errors import RuleBroken
from common.models import Job
from people import commands
from people.models import EmailChange, Event, User
from people.queries import events
from tests.cast import PASSWORD, make_company, make_user

pytestmark = pytest.mark.django_db
OLD, NEW = "karl@example.org", "karl@new.example"


@pytest.fixture
def karl():
    make_company()
    return make_user("Karl", "kam", password=PASSWORD)


def address(user: User) -> str:
    return User.objects.get(pk=user.pk).email


def test_the_old_address_signs_in_until_the_new_one_is_confirmed(karl):
    change = commands.ask_email_change(user=karl, email=NEW.upper())
    assert address(karl) == OLD
    commands.confirm_email_change(token=change.confirm_token)
    assert address(karl) == NEW
    assert [event.verb for event in events(karl)] == [
        "user.email_changed",
        "user.email_change_asked",
    ]


def test_a_confirmation_works_once_and_for_an_hour(karl):
    change = commands.ask_email_change(user=karl, email=NEW)
    with (
        time_machine.travel(timezone.now() + dt.timedelta(hours=1, seconds=1), tick=False),
        pytest.raises(RuleBroken),
    ):
        commands.confirm_email_change(token=change.confirm_token)
    commands.confirm_email_change(token=change.confirm_token)
    with pytest.raises(RuleBroken):
        commands.confirm_email_change(token=change.confirm_token)


def test_a_second_request_replaces_the_first(karl):
    first = commands.ask_email_change(user=karl, email=NEW)
    second = commands.ask_email_change(user=karl, email="karl@other.example")
    with pytest.raises(RuleBroken):
        commands.confirm_email_change(token=first.confirm_token)
    commands.confirm_email_change(token=second.confirm_token)
    assert address(karl) == "karl@other.example"


def test_a_taken_address_is_refused_only_to_its_reader(karl):
    make_user("Kim", email=NEW)
    change = commands.ask_email_change(user=karl, email=NEW)
    with pytest.raises(RuleBroken):
        commands.confirm_email_change(token=change.confirm_token)
    assert address(karl) == OLD


def test_ones_own_address_is_no_change(karl):
    with pytest.raises(RuleBroken):
        commands.ask_email_change(user=karl, email=OLD)
    assert Event.objects.count() == 0


def test_undo_takes_everything_from_a_thief(karl, reader):
    thief = reader(karl)
    thief.get("/me/")
    change = commands.ask_email_change(user=karl, email=NEW)
    commands.confirm_email_change(token=change.confirm_token)
    TOTP.activate(karl, "JBSWY3DPEHPK3PXP")
    reset = default_token_generator.make_token(User.objects.get(pk=karl.pk))
    commands.undo_email_change(token=change.undo_token)
    user = User.objects.get(pk=karl.pk)
    assert user.email == OLD
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    assert not default_token_generator.check_token(user, reset)
    assert thief.get("/me/").status_code == 302
    assert Job.objects.filter(name="people.jobs.mail_password_reset").count() == 1


def test_undo_reaches_behind_a_second_change(karl):
    first = commands.ask_email_change(user=karl, email=NEW)
    commands.confirm_email_change(token=first.confirm_token)
    karl.refresh_from_db()
    second = commands.ask_email_change(user=karl, email="thief@far.example")
    commands.confirm_email_change(token=second.confirm_token)
    commands.undo_email_change(token=first.undo_token)
    assert address(karl) == OLD
    with pytest.raises(RuleBroken):
        commands.undo_email_change(token=second.undo_token)


def test_undo_works_for_seven_days(karl):
    change = commands.ask_email_change(user=karl, email=NEW)
    commands.confirm_email_change(token=change.confirm_token)
    with (
        time_machine.travel(timezone.now() + dt.timedelta(days=7, seconds=1), tick=False),
        pytest.raises(RuleBroken),
    ):
        commands.undo_email_change(token=change.undo_token)
    commands.undo_email_change(token=change.undo_token)


class Takeover(RuleBasedStateMachine):
    """A thief with the session moves the address about; the owner keeps the first letter."""

    def __init__(self):
        super().__init__()
        User.objects.filter(email__contains="victim").delete()
        self.user = make_user("Victim")
        self.first = None
        self.changes = []
        self.undone = False

    @rule()
    def ask(self):
        self.user.refresh_from_db()
        new = f"victim{len(self.changes)}@far.example"
        change = commands.ask_email_change(user=self.user, email=new)
        self.first = self.first or change
        self.changes.append(change)
        self.undone = False

    @rule()
    def confirm_all(self):
        for change in self.changes:
            try:
                commands.confirm_email_change(token=change.confirm_token)
                self.undone = False
            except RuleBroken:
                pass

    @rule()
    def owner_undoes_the_first(self):
        if self.first and EmailChange.objects.get(pk=self.first.pk).undone_at is None:
            commands.undo_email_change(token=self.first.undo_token)
            self.undone = True
            self.first = None
            self.changes = []

    @invariant()
    def after_undo_nobody_else_holds_the_address(self):
        if self.undone:
            self.user.refresh_from_db()
            assert self.user.email == "victim@example.org"
            pending = EmailChange.objects.filter(user=self.user).pending(timezone.now())
            assert not pending.exists()


def test_no_order_of_changes_takes_an_account_over(db):
    make_company()
    count = 10 if profile.default.max_examples < 1000 else 100
    run_state_machine_as_test(
        Takeover, settings=profile(max_examples=count, stateful_step_count=20, deadline=None)
    )
