"""A customer, its names elsewhere, its kin, and what it was merged from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import AccountStatus
from accounts.models.coverage import Assignment, people_led, people_served, team_mates
from common.i18n import pick
from people.choices import Grade


class NamedInLanguages(models.Model):
    """Reference data whose name exists in several languages."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    names = models.JSONField(_("names"), default=dict)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return pick(self.names) or self.code


class Segment(NamedInLanguages):
    class Meta:
        ordering = ["code"]


class Territory(NamedInLanguages):
    class Meta:
        ordering = ["code"]


class Tag(models.Model):
    name = models.CharField(_("tag"), max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """A system that accounts and ledger lines come from, with its remembered column mapping."""

    name = models.CharField(_("source"), max_length=60, unique=True)
    mapping = models.JSONField(default=dict)
    dialect = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class AccountQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accounts whose card the reader may open today (docs/security.md)."""
        return self._answered_for_by(user, people_led, people_served)

    def named_to(self, user):
        """Accounts the reader may know of: their own and, by name and owner only, the team's."""
        return self._answered_for_by(user, people_led, people_served, team_mates)

    def editable_by(self, user):
        """Accounts the reader may change: a lead reads the team's but changes only their own."""
        return self._answered_for_by(user, people_served)

    def _answered_for_by(self, reader, *groups):
        """All for a director; else those with an assignment today to the reader or `groups`."""
        if not (reader.is_authenticated and reader.is_active):
            return self.none()
        if reader.is_director:
            return self
        if not (reader.is_kam or reader.is_assistant):
            return self.none()
        anybody = Q(user=reader)
        for group in groups:
            anybody |= Q(user__in=group(reader))
        answering = Assignment.objects.today().answering()
        return self.filter(pk__in=answering.filter(anybody).values("account"))

    def present(self):
        """Not merged away."""
        return self.exclude(status=AccountStatus.MERGED)


class Account(models.Model):
    """A company that buys, or may buy, from us."""

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=200)
    search_text = models.CharField(max_length=600, editable=False, default="")
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("parent account"),
    )
    rolls_up = models.BooleanField(
        _("counts with its parent"),
        default=True,
        help_text=_("Its orders are added to the parent's when tiers are computed."),
    )
    status = models.CharField(
        _("status"), max_length=10, choices=AccountStatus, default=AccountStatus.ACTIVE
    )
    segment = models.ForeignKey(
        Segment, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("segment")
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("territory")
    )
    country = models.CharField(_("country"), max_length=2, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about"), blank=True, max_length=4000)
    logo = models.ImageField(_("logo"), upload_to="logos/", blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="accounts", verbose_name=_("tags"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="owned_accounts",
        help_text="Today's owner, copied from the assignments for lists; rights read assignments.",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        editable=False,
    )
    brought_by = models.ForeignKey(
        "common.Import",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="accounts",
        editable=False,
    )
    grade_needed = models.PositiveSmallIntegerField(
        _("grade its manager needs"),
        choices=Grade,
        null=True,
        blank=True,
        help_text=_("Empty: what the company asks for its key accounts."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)

    objects = AccountQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(parent=F("id")),
                name="accounts_not_own_parent",
                violation_error_message=_("An account cannot be its own parent."),
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="account_by_name")]

    def __str__(self) -> str:
        return self.name


class ExternalId(models.Model):
    """What a source calls the account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="external_ids")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="external_ids")
    value = models.CharField(_("number"), max_length=120)

    class Meta:
        ordering = ["source", "value"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "value"],
                name="accounts_external_id",
                violation_error_message=_("This number is already taken in this source."),
            )
        ]

    def __str__(self) -> str:
        return self.value


class Merge(models.Model):
    """Two accounts became one; what moved is kept so that it can be undone."""

    survivor = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="absorbed_in")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.survivor}"
