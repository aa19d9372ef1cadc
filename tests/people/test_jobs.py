import pytest
from django.core import mail

from people import commands, jobs
from people.models import User
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


def quiet(done, total, *, force=False):
    pass


def test_a_withdrawn_invitation_is_not_sent():
    cast = make_cast()
    (row,) = commands.invite_people(
        actor=cast.dora, people=[("new@example.org", "")], roles={"kam"}
    )
    commands.withdraw_invitation(actor=cast.dora, invitation=row)
    jobs.mail_invitation(quiet, invitation_id=row.pk)
    assert mail.outbox == []


def test_nobody_and_closed_people_get_no_reset_link():
    cast = make_cast()
    User.objects.filter(pk=cast.karl.pk).update(is_active=False)
    for user_id in (0, 999, cast.karl.pk):
        jobs.mail_password_reset(quiet, user_id=user_id)
    assert mail.outbox == []


def test_a_confirmed_change_of_address_is_not_told_again():
    cast = make_cast()
    change = commands.ask_email_change(user=cast.karl, email="new@example.org")
    commands.confirm_email_change(token=change.confirm_token)
    jobs.mail_email_change(quiet, change_id=change.pk)
    assert mail.outbox == []
