"""Never orphaned: who stands in, what a director keeps under control, letters to customers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import CoverState, CustomerLetterKind, CustomerLetterState
from accounts.models.account import Account, NamedInLanguages, Segment, Territory
from accounts.models.contact import Contact, OfAccount, SpanOfAccount
from accounts.models.coverage import Assignment
from accounts.models.handover import Handover, Pulse
from common.dates import Span
from common.i18n import pick
from common.money import AmountField
from people.models import Absence, Departure
from people.models.employment import OfStaff


class CoverQuerySet(OfAccount):
    def visible_to(self, user):
        """Who may open the account, and who is asked to stand in."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        mine = Q(account__in=Account.objects.visible_to(user).values("pk"))
        return self.filter(mine | Q(substitute=user))


class Cover(models.Model):
    """Somebody stands in for one account during one absence, with a deputy's rights."""

    absence = models.ForeignKey(Absence, on_delete=models.CASCADE, related_name="covers")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="covers")
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="covers"
    )
    assignment = models.ForeignKey(
        Assignment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=CoverState, default=CoverState.PROPOSED)
    brief = models.TextField(_("what to know"), max_length=4000, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    handed_back_at = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(default=dict, help_text="What happened meanwhile, counted.")
    words = models.TextField(_("what the manager should know"), max_length=4000, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CoverQuerySet.as_manager()

    class Meta:
        ordering = ["absence", "account"]
        constraints = [
            models.UniqueConstraint(
                fields=["absence", "account"],
                condition=Q(state__in=("proposed", "agreed")),
                name="accounts_one_cover",
                violation_error_message=_("Somebody stands in for this account already."),
            )
        ]
        indexes = [models.Index(fields=["substitute", "state"], name="cover_by_substitute")]

    def __str__(self) -> str:
        return f"{self.account}: {self.substitute}"


class Control(Span):
    """A director answers for the account personally; `valid_to` is the planned end, 1-3 months."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="controls")
    director = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="controls"
    )
    departure = models.ForeignKey(
        Departure, on_delete=models.SET_NULL, null=True, blank=True, related_name="controls"
    )
    assignment = models.ForeignKey(
        Assignment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    former = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who answered before.",
    )
    reason = models.CharField(_("reason"), max_length=400)
    undo = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(_("how it ended"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SpanOfAccount.as_manager()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            Span.forward(),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False), name="accounts_control_ends"
            ),
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(ended_at=None),
                name="accounts_one_control",
                violation_error_message=_("This account is under personal control already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.director} until {self.valid_to}"


class CustomerLetterTemplate(NamedInLanguages):
    """`subjects` and `bodies`: {language: text with merge fields such as {account}}."""

    kind = models.CharField(_("what for"), max_length=10, choices=CustomerLetterKind)
    subjects = models.JSONField(default=dict)
    bodies = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["kind", "code"]

    @property
    def subject(self) -> str:
        return pick(self.subjects)


class CustomerLetterQuerySet(OfAccount):
    """Directors, and the managers who may open the account; assistants never."""

    def visible_to(self, user):
        may = user.is_authenticated and user.is_active and user.sells
        return super().visible_to(user) if may else self.none()

    def writable_by(self, user):
        """Directors, and who owns the account today."""
        if not (user.is_authenticated and user.is_active and user.sells):
            return self.none()
        owned = Assignment.objects.today().owners().filter(user=user).values("account")
        return self if user.is_director else self.filter(account__in=owned)

    def waiting(self):
        """To be sent, and taken by no worker yet."""
        return self.filter(state=CustomerLetterState.QUEUED, sent_at=None)


class CustomerLetter(models.Model):
    """One letter to one person of the customer's: drafted, read over, sent or printed."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="letters")
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    handover = models.ForeignKey(
        Handover, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    control = models.ForeignKey(
        Control, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    cover = models.ForeignKey(
        Cover, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    departure = models.ForeignKey(
        Departure, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    pulse = models.ForeignKey(
        Pulse, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    kind = models.CharField(max_length=10, choices=CustomerLetterKind)
    language = models.CharField(max_length=5)
    address = models.EmailField(_("to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=20_000)
    state = models.CharField(
        max_length=8, choices=CustomerLetterState, default=CustomerLetterState.DRAFT
    )
    trouble = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(
        null=True, blank=True, help_text="While it waits: when a worker took it."
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who let it go, by whose rights of the moment it goes.",
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CustomerLetterQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        indexes = [
            models.Index(fields=["account", "-written_at"], name="customer_letter_time"),
            models.Index(fields=["state", "-written_at"], name="customer_letter_state"),
        ]

    def __str__(self) -> str:
        return self.subject


class ManagerProfile(models.Model):
    """What a manager can carry and speaks; empty figures mean the company's."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="manager_profile",
    )
    languages = models.JSONField(_("languages"), default=list)
    segments = models.ManyToManyField(Segment, blank=True, related_name="+")
    territories = models.ManyToManyField(Territory, blank=True, related_name="+")
    phone = models.CharField(
        _("phone"), max_length=40, blank=True, help_text=_("As letters to customers name it.")
    )
    hours_a_month = models.PositiveSmallIntegerField(
        _("hours with customers a month"), null=True, blank=True
    )
    most_key = models.PositiveSmallIntegerField(_("key accounts at most"), null=True, blank=True)
    most_regular = models.PositiveSmallIntegerField(
        _("other accounts at most"), null=True, blank=True
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfStaff.as_manager()

    def __str__(self) -> str:
        return f"{self.user}"


class OfNight(models.QuerySet):
    def newest(self):
        """Of the last night there was for anybody."""
        last = self.model.objects.order_by("-day").values("day")[:1]
        return self.filter(day=models.Subquery(last))


class StaffNight(OfNight, OfStaff):
    pass


class AccountNight(OfNight, OfAccount):
    pass


class ManagerDay(models.Model):
    """Load of a manager and what hangs on them, as one night found it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="manager_days"
    )
    day = models.DateField()
    hours = models.DecimalField(max_digits=7, decimal_places=1)
    capacity = models.DecimalField(max_digits=7, decimal_places=1)
    key = models.PositiveIntegerField()
    regular = models.PositiveIntegerField()
    relationships = models.PositiveIntegerField()
    revenue = AmountField(default=0, help_text="Twelve months, of accounts owned that day.")
    hanging = AmountField(default=0, help_text="The part of it that hangs on this person.")
    unknown = AmountField(default=0, help_text="The part where nobody has a tie: it may hang.")
    untied = models.PositiveIntegerField(default=0, help_text="Accounts where nobody has a tie.")
    rule_version = models.CharField(max_length=40)

    objects = StaffNight.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="accounts_manager_day")]
        indexes = [models.Index(fields=["day"], name="manager_day")]

    def __str__(self) -> str:
        return f"{self.user} on {self.day}: {self.hours} of {self.capacity}"


class ContactDay(models.Model):
    """What of an account's money hangs on one person of theirs, on one day."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="contact_days")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contact_days")
    day = models.DateField()
    revenue = AmountField(default=0)
    hanging = AmountField(default=0)
    rule_version = models.CharField(max_length=40)

    objects = AccountNight.as_manager()

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "account", "day"], name="accounts_contact_day"
            )
        ]
        indexes = [models.Index(fields=["day", "-hanging"], name="contact_day")]

    def __str__(self) -> str:
        return f"{self.contact} on {self.day}: {self.hanging}"
