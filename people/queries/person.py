import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import tokens
from people import rules
from people.choices import Role
from people.models import (
    Attachment,
    EmailChange,
    Invitation,
    Membership,
    RoleGrant,
    Session,
    Team,
    User,
    company_day,
)

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


@dataclass(frozen=True)
class SessionLine:
    """`mark` stands for the session in a page; its key would open it."""

    mark: str
    device: str
    started_at: dt.datetime | None
    seen_at: dt.datetime | None
    is_this: bool


def people_list(
    reader: User,
    *,
    search: str = "",
    role: str = "",
    team: int | None = None,
    state: str = "active",
) -> QuerySet[User]:
    """Colleagues with `grants` and `current_memberships` prefetched; for those who manage them."""
    rows = User.objects.visible_to(reader).annotate(
        has_second_factor=Exists(
            Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
        ),
        last_seen=Max("sessions__seen_at"),
    )
    if search:
        words = search.split()
        for word in words:
            rows = rows.filter(
                Q(name__icontains=word) | Q(email__icontains=word) | Q(title__icontains=word)
            )
    if role:
        rows = rows.filter(Exists(RoleGrant.objects.filter(user=OuterRef("pk"), role=role)))
    today = company_day()
    current = Membership.objects.on(today)
    if team:
        rows = rows.filter(Exists(current.filter(user=OuterRef("pk"), team=team)))
    if state in ("active", "closed"):
        rows = rows.filter(is_active=state == "active")
    return rows.order_by("name", "pk").prefetch_related(
        Prefetch("role_grants", to_attr="grants"),
        Prefetch("memberships", current.select_related("team"), to_attr="current_memberships"),
    )


def person(reader: User, pk: int) -> QuerySet[User]:
    return people_list(reader, state="").filter(pk=pk)


def sessions(user: User, *, this: str | None = None) -> list[SessionLine]:
    """The person's signed-in browsers, the latest used first."""
    rows = Session.objects.live(timezone.now()).filter(user=user).order_by("-seen_at")
    return [
        SessionLine(tokens.digest(row.pk), row.device, row.started_at, row.seen_at, row.pk == this)
        for row in rows
    ]


def invitations(reader: User) -> QuerySet[Invitation]:
    """Unanswered ones, expired too, newest first."""
    rows = Invitation.objects.visible_to(reader).unanswered()
    return rows.select_related("invited_by", "team")


def invitation_by_token(token: str) -> Invitation | None:
    rows = Invitation.objects.usable(timezone.now()).filter(digest=tokens.digest(token))
    return rows.select_related("invited_by", "team").first()


def email_change_by_token(token: str, *, undo: bool) -> EmailChange | None:
    now, digest = timezone.now(), tokens.digest(token)
    if undo:
        found = EmailChange.objects.filter(undo_digest=digest, undone_at=None, undo_until__gt=now)
    else:
        found = EmailChange.objects.pending(now).filter(confirm_digest=digest)
    return found.select_related("user").first()


def pending_email_change(user: User) -> EmailChange | None:
    return EmailChange.objects.filter(user=user).pending(timezone.now()).first()


def grantable_roles(actor: User) -> list[Role]:
    """In the order of the enumeration, for forms."""
    allowed = rules.grantable_roles(actor.roles)
    return [role for role in Role if role in allowed]


def team_list(reader: User) -> QuerySet[Team]:
    """Teams with their lead and today's members."""
    today = company_day()
    members = Membership.objects.on(today).select_related("user").order_by("user__name")
    return (
        Team.objects.visible_to(reader)
        .select_related("lead")
        .prefetch_related(Prefetch("memberships", members, to_attr="current"))
    )


def team_memberships(team: Team) -> QuerySet[Membership]:
    """Everybody who is, was or will be in the team, open ones first."""
    return team.memberships.select_related("user").order_by("valid_to", "user__name")


def attachments(reader: User) -> QuerySet[Attachment]:
    rows = Attachment.objects.visible_to(reader).select_related("assistant", "manager")
    return rows.order_by("assistant__name", "-valid_from")


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A sign-in of the demo: `code` is a role, or "lead" for a manager who leads a team."""

    code: str
    label: str
    user: User


def demo_people() -> list[DemoPerson]:
    """Whom the demo company marks for its sign-in page; else the first made of each role."""
    labels = {
        Role.DIRECTOR: Role.DIRECTOR.label,
        "lead": _("team lead"),
        **{role: role.label for role in Role},
    }
    active = User.objects.active().order_by("id")
    marked = {user.preferences.get("demo"): user for user in active.exclude(preferences={})}
    if not any(code in marked for code in labels):
        marked = {role: active.holding(role).first() for role in Role}
    return [
        DemoPerson(str(code), str(label), marked[code])
        for code, label in labels.items()
        if marked.get(code)
    ]
