from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common import tokens
from common.errors import RuleBroken
from common.jobs import enqueue
from people import rules
from people.commands.event import record
from people.models import Session, User


def forget_expired_sessions() -> int:
    """Delete sessions nobody can use any more; called at each sign-in, so that none pile up."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def end_sessions(*, user: User, keep: str | None = None) -> int:
    """End the person's sessions but the one with the key `keep`; returns how many ended."""
    rows = Session.objects.filter(user=user)
    if keep:
        rows = rows.exclude(session_key=keep)
    return rows.delete()[0]


@transaction.atomic
def end_session(*, user: User, mark: str) -> None:
    """End one of one's own sessions, named by the digest of its key."""
    keys = Session.objects.filter(user=user).values_list("session_key", flat=True)
    meant = [key for key in keys if tokens.digest(key) == mark]
    Session.objects.filter(user=user, session_key__in=meant).delete()


@transaction.atomic
def sign_out_everywhere(*, actor: User, user: User, keep: str | None = None) -> int:
    """End somebody's sessions: one's own, or those of a person one may manage."""
    if actor != user and not rules.may_manage(actor.roles, user.roles):
        raise RuleBroken(_("You may not sign this person out."))
    ended = end_sessions(user=user, keep=keep)
    record(actor=actor, verb="user.signed_out", target=user)
    return ended


@transaction.atomic
def note_factor_change(*, user: User, verb: str, session_key: str | None) -> None:
    """After a second factor was added or removed: other sessions end, the person is told."""
    end_sessions(user=user, keep=session_key)
    record(actor=user, verb=verb, target=user)
    kind = "factor_added" if verb == "user.factor_added" else "factor_removed"
    enqueue("people.jobs.mail_security_notice", user_id=user.pk, kind=kind)


@transaction.atomic
def remove_factors(*, actor: User, user: User) -> None:
    """For somebody who lost phone and recovery codes: the password alone opens again."""
    if actor == user:
        raise RuleBroken(_("Remove your own second factor on your security page."))
    if not rules.may_manage(actor.roles, user.roles):
        raise RuleBroken(_("You may not change how this person signs in."))
    Authenticator.objects.filter(user=user).delete()
    end_sessions(user=user)
    record(actor=actor, verb="user.factor_removed", target=user)
    enqueue("people.jobs.mail_security_notice", user_id=user.pk, kind="factor_removed")
