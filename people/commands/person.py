from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.errors import RuleBroken
from common.jobs import enqueue
from people import leaving, rules
from people.choices import Role
from people.commands.event import apply_changes, record
from people.commands.session import end_sessions
from people.models import EmailChange, Invitation, RoleGrant, User

LAST_OF = {
    Role.DIRECTOR: gettext_lazy("There must be a director. Make somebody else one first."),
    Role.ADMINISTRATOR: gettext_lazy(
        "There must be an administrator. Make somebody else one first."
    ),
}


@transaction.atomic
def update_profile(*, user: User, **values: object) -> User:
    """One's own name, title, language, time zone, density and colour scheme; not recorded but
    for the name and the title, which colleagues see."""
    user = User.objects.select_for_update().get(pk=user.pk)
    changes = apply_changes(user, values)
    public = {field: change for field, change in changes.items() if field in ("name", "title")}
    if public:
        record(actor=user, verb="user.changed", target=user, changes=public)
    return user


@transaction.atomic
def update_person(*, actor: User, user: User, name: str, title: str) -> User:
    user = _locked(user)
    _ask_may_manage(actor, user)
    changes = apply_changes(user, {"name": name, "title": title})
    if changes:
        record(actor=actor, verb="user.changed", target=user, changes=changes)
    return user


@transaction.atomic
def change_roles(*, actor: User, user: User, roles: set[str]) -> User:
    """Give and take roles; the person's sessions end, so that the next one begins with them."""
    user = _locked(user)
    if actor == user:
        raise RuleBroken(_("Nobody changes their own roles. Ask a colleague who may."))
    old, new = set(user.roles), set(roles)
    if not old ^ new <= rules.grantable_roles(actor.roles):
        raise RuleBroken(_("Only a director may make or unmake a director."))
    for role in old - new:
        _ask_not_the_last(user, role)
    if old == new:
        return user
    _ask_left_in_order(user, roles=frozenset(new))
    user.role_grants.filter(role__in=old - new).delete()
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role) for role in new - old)
    del user.roles
    end_sessions(user=user)
    changes = {"roles": [sorted(old), sorted(new)]}
    record(actor=actor, verb="user.roles_changed", target=user, changes=changes)
    return user


@transaction.atomic
def deactivate_person(*, actor: User, user: User) -> User:
    """Close somebody's sign-in; their sessions and the invitations they sent end at once."""
    user = _locked(user)
    if actor == user:
        raise RuleBroken(_("You cannot close your own sign-in."))
    _ask_may_manage(actor, user)
    if user.is_active:
        _ask_left_in_order(user)
        close_sign_in(actor=actor, user=user)
    return user


def close_sign_in(*, actor: User | None, user: User) -> None:
    """Nothing of theirs works from now on; for commands that settled what they leave behind."""
    ask_replaceable(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user=user)
    now = timezone.now()
    Invitation.objects.unanswered().filter(invited_by=user).update(withdrawn_at=now)
    EmailChange.objects.filter(user=user).pending(now).update(expires_at=now)
    record(actor=actor, verb="user.deactivated", target=user)


def ask_replaceable(user: User) -> None:
    """RuleBroken when nobody else may do what they may: the last director or administrator."""
    for role in user.roles:
        _ask_not_the_last(user, role)


def _ask_left_in_order(user: User, *, roles: frozenset[str] = frozenset()) -> None:
    if words := leaving.stands_in_the_way(user, roles=roles):
        raise RuleBroken(words)


@transaction.atomic
def activate_person(*, actor: User, user: User) -> User:
    user = _locked(user)
    _ask_may_manage(actor, user)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(actor=actor, verb="user.activated", target=user)
    return user


@transaction.atomic
def change_password(*, user: User, password: str, keep_session: str | None = None) -> User:
    """Set the person's own new password; their other sessions end and they are told by mail."""
    user = _locked(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    note_password_change(user=user, keep_session=keep_session)
    return user


def note_password_change(*, user: User, keep_session: str | None = None) -> None:
    end_sessions(user=user, keep=keep_session)
    record(actor=user, verb="user.password_changed", target=user)
    enqueue("people.jobs.mail_security_notice", user_id=user.pk, kind="password_changed")


def _locked(user: User) -> User:
    return User.objects.select_for_update().get(pk=user.pk)


def _ask_may_manage(actor: User, user: User) -> None:
    if not rules.may_manage(actor.roles, user.roles):
        raise RuleBroken(_("Only a director may do this to a director."))


def _ask_not_the_last(user: User, role: str) -> None:
    if role not in LAST_OF or not user.is_active:
        return
    holders = User.objects.select_for_update().active().filter(role_grants__role=role)
    if not holders.exclude(pk=user.pk).exists():
        raise RuleBroken(str(LAST_OF[role]))
