import datetime as dt

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from common import tokens
from common.errors import RuleBroken
from common.jobs import enqueue
from people.commands.event import record
from people.commands.session import end_sessions
from people.models import EmailChange, User

CONFIRM_WITHIN = dt.timedelta(hours=1)
UNDO_WITHIN = dt.timedelta(days=7)


@transaction.atomic
def ask_email_change(*, user: User, email: str) -> EmailChange:
    """Write to the new address for confirmation and to the old one with a way to undo.

    Whether somebody has the address already is not told here, only to its owner on confirming.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    new = email.strip().lower()
    if new == user.email:
        raise RuleBroken(_("This is your address already."))
    now = timezone.now()
    EmailChange.objects.filter(user=user).pending(now).update(expires_at=now)
    change = EmailChange(
        user=user,
        old=user.email,
        new=new,
        seed=tokens.new_seed(),
        expires_at=now + CONFIRM_WITHIN,
        undo_until=now + UNDO_WITHIN,
    )
    change.confirm_digest = tokens.digest(change.confirm_token)
    change.undo_digest = tokens.digest(change.undo_token)
    change.save()
    record(actor=user, verb="user.email_change_asked", target=user)
    enqueue("people.jobs.mail_email_change", change_id=change.pk)
    return change


@transaction.atomic
def confirm_email_change(*, token: str) -> User:
    """From the link in the new mailbox. Until here the old address signs in."""
    now = timezone.now()
    change = (
        EmailChange.objects.select_for_update()
        .pending(now)
        .filter(confirm_digest=tokens.digest(token))
        .first()
    )
    if change is None:
        raise RuleBroken(_("This link has been used, replaced or has expired."))
    user = User.objects.select_for_update().get(pk=change.user_id)
    taken = User.objects.filter(email__iexact=change.new).exclude(pk=user.pk).exists()
    if taken or user.email != change.old or not user.is_active:
        raise RuleBroken(_("This address cannot be used. Ask an administrator."))
    change.confirmed_at = now
    change.save(update_fields=["confirmed_at"])
    user.email = change.new
    user.save(update_fields=["email"])
    record(actor=user, verb="user.email_changed", target=user)
    return user


@transaction.atomic
def undo_email_change(*, token: str) -> User:
    """From the link in the old mailbox: whoever asked for the change may be a thief.

    The old address is back, nobody stays signed in, the password must be made anew, and second
    factors added since then are gone.
    """
    now = timezone.now()
    change = (
        EmailChange.objects.select_for_update()
        .filter(undo_digest=tokens.digest(token), undone_at=None, undo_until__gt=now)
        .first()
    )
    if change is None:
        raise RuleBroken(_("This link has been used, replaced or has expired."))
    user = User.objects.select_for_update().get(pk=change.user_id)
    if User.objects.filter(email__iexact=change.old).exclude(pk=user.pk).exists():
        raise RuleBroken(_("This address cannot be used. Ask an administrator."))
    later = EmailChange.objects.filter(Q(pk=change.pk) | Q(created_at__gt=change.created_at))
    later.filter(user=user).update(undone_at=now)
    user.email = change.old
    user.set_unusable_password()
    user.save(update_fields=["email", "password"])
    Authenticator.objects.filter(user=user, created_at__gte=change.created_at).delete()
    end_sessions(user=user)
    record(actor=user, verb="user.email_restored", target=user)
    enqueue("people.jobs.mail_password_reset", user_id=user.pk)
    return user
