import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from common.errors import RuleBroken
from people.commands.event import apply_changes, record
from people.models import Attachment, Membership, Team, User


@transaction.atomic
def create_team(*, actor: User, name: str, lead: User | None) -> Team:
    _ask_may_arrange(actor, lead)
    if Team.objects.filter(name__iexact=name).exists():
        raise RuleBroken(_("There is a team of this name already."))
    team = Team.objects.create(name=name, lead=lead)
    record(actor=actor, verb="team.created", target=team, name=name)
    return team


@transaction.atomic
def update_team(*, actor: User, team: Team, name: str, lead: User | None) -> Team:
    team = Team.objects.select_for_update().get(pk=team.pk)
    _ask_may_arrange(actor, None if lead == team.lead else lead)
    if Team.objects.filter(name__iexact=name).exclude(pk=team.pk).exists():
        raise RuleBroken(_("There is a team of this name already."))
    changes = apply_changes(team, {"name": name, "lead": lead})
    if changes:
        record(actor=actor, verb="team.changed", target=team, changes=changes)
    return team


@transaction.atomic
def join_team(*, actor: User, user: User, team: Team, day: dt.date) -> Membership:
    """From `day` on the person belongs to this team; an open membership elsewhere ends then."""
    _ask_may_arrange(actor, user)
    user = User.objects.select_for_update().get(pk=user.pk)
    current = Membership.objects.filter(user=user).open_ended().first()
    if current and current.team_id == team.pk:
        raise RuleBroken(_("%(name)s is in this team already.") % {"name": user.name})
    if current:
        _end(current, day)
    row = Membership.objects.create(user=user, team=team, valid_from=day)
    record(actor=actor, verb="team.joined", target=team, name=user.name, day=day.isoformat())
    return row


@transaction.atomic
def leave_team(*, actor: User, membership: Membership, day: dt.date) -> None:
    """The last day in the team is the day before `day`."""
    _ask_may_arrange(actor)
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    if row.valid_to is not None:
        raise RuleBroken(_("This has ended already."))
    _end(row, day)
    record(actor=actor, verb="team.left", target=row.team, name=row.user.name, day=day.isoformat())


@transaction.atomic
def attach_assistant(*, actor: User, assistant: User, manager: User, day: dt.date) -> Attachment:
    """From `day` on the assistant sees and tends the manager's accounts."""
    _ask_may_arrange(actor, assistant)
    if not assistant.is_assistant:
        raise RuleBroken(_("%(name)s does not hold the role of assistant.") % {"name": assistant})
    if not manager.is_kam:
        raise RuleBroken(_("%(name)s is not a key account manager.") % {"name": manager})
    User.objects.select_for_update().get(pk=assistant.pk)
    rows = Attachment.objects.open_ended()
    if rows.filter(assistant=assistant, manager=manager).exists():
        raise RuleBroken(_("They work together already."))
    row = Attachment.objects.create(assistant=assistant, manager=manager, valid_from=day)
    _record_pair(actor, "user.attached", row, day)
    return row


@transaction.atomic
def detach_assistant(*, actor: User, attachment: Attachment, day: dt.date) -> None:
    _ask_may_arrange(actor)
    row = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if row.valid_to is not None:
        raise RuleBroken(_("This has ended already."))
    _record_pair(actor, "user.detached", row, day)
    _end(row, day)


def _record_pair(actor: User, verb: str, row: Attachment, day: dt.date) -> None:
    record(
        actor=actor,
        verb=verb,
        target=row.assistant,
        assistant=row.assistant.name,
        manager=row.manager.name,
        day=day.isoformat(),
    )


def _end(row: Membership | Attachment, day: dt.date) -> None:
    """What ends on the day it began never was."""
    if day < row.valid_from:
        raise RuleBroken(_("The end must lie after the beginning."))
    if day == row.valid_from:
        row.delete()
    else:
        row.valid_to = day
        row.save(update_fields=["valid_to"])


def _ask_may_arrange(actor: User, *gaining: User | None) -> None:
    """Teams and attachments open accounts, so an administrator arranges them for others only."""
    if not actor.manages_people:
        raise RuleBroken(_("Only a director or an administrator may change this."))
    if actor in gaining and not actor.is_director:
        raise RuleBroken(_("Nobody changes their own roles. Ask a colleague who may."))
