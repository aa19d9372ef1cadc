"""Letters. Each may be sent twice when a worker dies in between; none is harmful twice."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator

from common.jobs import job
from people import mail
from people.models import EmailChange, Invitation, User


@job
def mail_invitation(progress, invitation_id: int) -> None:
    row = Invitation.objects.select_related("invited_by").filter(pk=invitation_id).first()
    if row and row.is_open:
        mail.invitation(row)


@job
def mail_password_reset(progress, user_id: int) -> None:
    """`user_id` 0 stands for an address nobody has: asking takes the same time for both."""
    user = User.objects.active().filter(pk=user_id).first()
    if user:
        token = default_token_generator.make_token(user)
        mail.password_reset(user, uid=user_pk_to_url_str(user), token=token)


@job
def mail_email_change(progress, change_id: int) -> None:
    change = EmailChange.objects.select_related("user").filter(pk=change_id).first()
    if change and change.confirmed_at is None and change.undone_at is None:
        mail.email_confirm(change)
        mail.email_undo(change)


@job
def mail_security_notice(progress, user_id: int, kind: str) -> None:
    user = User.objects.filter(pk=user_id).first()
    if user:
        mail.security_notice(user, kind=kind)
