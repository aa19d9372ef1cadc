from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import rules
from people.choices import Density, Digest, Role, Scheme


class UserQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Colleagues' names are no secret inside the company; strangers see nobody."""
        return self if user.is_authenticated and user.is_active else self.none()

    def active(self):
        return self.filter(is_active=True)

    def holding(self, role: str):
        return self.filter(role_grants__role=role)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
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
    digest = models.CharField(_("news by mail"), max_length=6, choices=Digest, default=Digest.DAILY)
    digest_hour = models.PositiveSmallIntegerField(_("at what hour"), default=7)
    digest_on = models.DateField(
        null=True, blank=True, editable=False, help_text="The last day a digest was sent for."
    )
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
        """Codes of people.choices.Role; a request has them already with the user (backends.py)."""
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
    def hires(self) -> bool:
        """Works on vacancies; what of the candidates, Candidate.visible_to says."""
        return self.is_recruiter or self.is_director

    @property
    def is_administrator(self) -> bool:
        return Role.ADMINISTRATOR in self.roles

    @property
    def logs_touchpoints(self) -> bool:
        """Who works with accounts; which ones, Account.editable_by says."""
        return self.is_director or self.is_kam or self.is_assistant

    @property
    def sees_money(self) -> bool:
        """Margin and cost are closed to assistants (docs/security.md)."""
        return self.is_director or self.is_kam

    @property
    def sells(self) -> bool:
        """Closes accounts and takes lists out of the house; assistants only work on them."""
        return self.is_director or self.is_kam

    @property
    def manages_people(self) -> bool:
        return self.is_director or self.is_administrator

    @property
    def initials(self) -> str:
        return rules.initials(self.name or self.email)

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
