import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common import tokens
from common.errors import RuleBroken
from common.jobs import enqueue
from people import rules
from people.commands.event import record
from people.models import Invitation, Membership, RoleGrant, Team, User, company_day

VALID = dt.timedelta(hours=72)


@transaction.atomic
def invite_people(
    *, actor: User, people: list[tuple[str, str]], roles: set[str], team: Team | None = None
) -> list[Invitation]:
    """Ask in everybody of `people` (address, name) or nobody; an older invitation is replaced."""
    _ask_may_grant(actor, roles)
    addresses = [email.strip().lower() for email, _name in people]
    taken = User.objects.filter(email__in=addresses).values_list("email", flat=True).first()
    if taken:
        raise RuleBroken(_("%(email)s is a colleague already.") % {"email": taken})
    Invitation.objects.unanswered().filter(email__in=addresses).update(withdrawn_at=timezone.now())
    made = []
    for (_given, name), email in zip(people, addresses, strict=True):
        row = Invitation(email=email, name=name, roles=sorted(roles), team=team, invited_by=actor)
        _renew(row)
        record(actor=actor, verb="user.invited", target=row, email=email)
        enqueue("people.jobs.mail_invitation", invitation_id=row.pk)
        made.append(row)
    return made


@transaction.atomic
def renew_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    """A new link for another three days; the old one dies."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _ask_unanswered(row)
    _ask_may_grant(actor, set(row.roles))
    row.invited_by = actor
    _renew(row)
    record(actor=actor, verb="user.invitation_renewed", target=row, email=row.email)
    enqueue("people.jobs.mail_invitation", invitation_id=row.pk)
    return row


@transaction.atomic
def withdraw_invitation(*, actor: User, invitation: Invitation) -> Invitation:
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    _ask_unanswered(row)
    _ask_may_grant(actor, set(row.roles))
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    record(actor=actor, verb="user.invitation_withdrawn", target=row, email=row.email)
    return row


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, language: str) -> User:
    """Make the invited person a user. The inviter must still be somebody who may invite so."""
    row = (
        Invitation.objects.select_for_update()
        .usable(timezone.now())
        .filter(digest=tokens.digest(token))
        .first()
    )
    inviter = row and row.invited_by
    if (
        inviter is None
        or not inviter.is_active
        or not set(row.roles) <= rules.grantable_roles(inviter.roles)
        or User.objects.filter(email__iexact=row.email).exists()
    ):
        raise RuleBroken(_("This invitation is no longer valid. Ask for a new one."))
    user = User.objects.create_user(
        email=row.email, password=password, name=name, language=language
    )
    claimed = Invitation.objects.filter(pk=row.pk, accepted_by=None).update(accepted_by=user)
    if not claimed:
        raise RuleBroken(_("This invitation is no longer valid. Ask for a new one."))
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in row.roles)
    if row.team_id:
        Membership.objects.create(user=user, team=row.team, valid_from=company_day())
    record(actor=user, verb="user.joined", target=user, name=name)
    return user


def _renew(row: Invitation) -> None:
    row.seed = tokens.new_seed()
    row.digest = tokens.digest(row.token)
    row.expires_at = timezone.now() + VALID
    row.save()


def _ask_may_grant(actor: User, roles: set[str]) -> None:
    if not actor.manages_people:
        raise RuleBroken(_("Only a director or an administrator may invite people."))
    if not roles <= rules.grantable_roles(actor.roles):
        raise RuleBroken(_("Only a director may make or unmake a director."))


def _ask_unanswered(row: Invitation) -> None:
    if row.accepted_by_id or row.withdrawn_at:
        raise RuleBroken(_("This invitation has been answered or withdrawn."))
