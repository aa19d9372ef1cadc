"""Our own staff: who they are, what they may, whom they work with, and what they did."""

from functools import cached_property

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.dates import Span, SpanQuerySet
from people.choices import Density, Role, Scheme


def default_second_factor_roles() -> list[str]:
    return [Role.DIRECTOR, Role.RECRUITER, Role.ADMINISTRATOR]


class Company(models.Model):
    """The one company this installation serves."""

    name = models.CharField(_("company"), max_length=120)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    language = models.CharField(_("language"), max_length=5, default="en")
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    night_hour = models.PositiveSmallIntegerField(_("hour of the night's work"), default=2)
    second_factor_roles = models.JSONField(default=default_second_factor_roles)
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="people_company_is_one"),
            models.CheckConstraint(condition=Q(night_hour__lt=24), name="people_company_hour"),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "Company":
        """The company's row, or an unsaved one with defaults before set-up."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class UserManager(BaseUserManager):
    def visible_to(self, user):
        """Colleagues' names are no secret inside the company; strangers see nobody."""
        rows = self.get_queryset()
        return rows if user.is_authenticated and user.is_active else rows.none()

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """A member of the staff; signs in by e-mail address."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    density = models.CharField(
        _("density"), max_length=12, choices=Density, default=Density.COMFORTABLE
    )
    scheme = models.CharField(_("colour scheme"), max_length=6, choices=Scheme, default=Scheme.AUTO)
    preferences = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="people_user_email",
                violation_error_message=_("Somebody already has this address."),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @cached_property
    def roles(self) -> frozenset[str]:
        return (
            frozenset(self.role_grants.values_list("role", flat=True)) if self.pk else frozenset()
        )

    @property
    def is_director(self) -> bool:
        return Role.DIRECTOR in self.roles

    @property
    def is_kam(self) -> bool:
        return Role.KAM in self.roles

    @property
    def is_assistant(self) -> bool:
        return Role.ASSISTANT in self.roles

    @property
    def is_recruiter(self) -> bool:
        return Role.RECRUITER in self.roles

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def sees_money(self) -> bool:
        """Margin and cost are closed to assistants (docs/security.md)."""
        return self.is_director or self.is_kam

    @property
    def is_superuser(self) -> bool:
        """allauth asks; nobody stands above the rules here."""
        return False


class RoleGrant(models.Model):
    """One person may hold several roles."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=16, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="people_role_once")]

    def __str__(self) -> str:
        return self.get_role_display()


class Team(models.Model):
    name = models.CharField(_("team"), max_length=80, unique=True)
    lead = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="teams_led"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(Span):
    """Who belonged to which team, and when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")

    objects = SpanQuerySet.as_manager()

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            Span.forward(),
            models.UniqueConstraint(
                fields=["user"], condition=Q(valid_to=None), name="people_one_open_membership"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class Attachment(Span):
    """Whose assistant somebody is, and when."""

    assistant = models.ForeignKey(User, on_delete=models.CASCADE, related_name="attachments")
    manager = models.ForeignKey(User, on_delete=models.CASCADE, related_name="assistants")

    objects = SpanQuerySet.as_manager()

    class Meta:
        constraints = [
            Span.forward(),
            models.UniqueConstraint(
                fields=["assistant", "manager"],
                condition=Q(valid_to=None),
                name="people_one_open_attachment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assistant} for {self.manager}"


class Invitation(models.Model):
    """A way in for one person; only the digest of its token is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    roles = models.JSONField(default=list)
    team = models.ForeignKey(Team, on_delete=models.SET_NULL, null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_by = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.email

    @property
    def is_open(self) -> bool:
        unused = self.accepted_by_id is None and self.withdrawn_at is None
        return unused and self.expires_at > timezone.now()


class EventQuerySet(models.QuerySet):
    def about(self, target):
        return self.filter(target_kind=target._meta.label_lower, target_id=target.pk)

    def update(self, **fields):
        raise ValidationError("The record of who did what is never edited.")

    def delete(self):
        raise ValidationError("The record of who did what is never deleted.")


class Event(models.Model):
    """Who did what to which object, and when. Written by commands, never edited."""

    actor = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="events"
    )
    verb = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=60)
    target_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["target_kind", "target_id", "-id"], name="event_target")]

    def __str__(self) -> str:
        return f"{self.actor} {self.verb} {self.target_kind}:{self.target_id}"


class SavedView(models.Model):
    """A list as somebody likes it: filters, sorting and columns in one query string."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    page = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.TextField(blank=True)
    is_shared = models.BooleanField(_("shared with colleagues"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="people_view_name")
        ]

    def __str__(self) -> str:
        return self.name
