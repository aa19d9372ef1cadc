"""Every contact with a customer, planned or past, and what it left: ties and files."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Channel, Direction, Tone, TouchpointState
from accounts.models.account import Account
from accounts.models.contact import Contact, OfAccount
from common.files import StoredFile


class TouchpointQuerySet(OfAccount):
    def done(self):
        return self.filter(state=TouchpointState.DONE)

    def planned(self):
        return self.filter(state=TouchpointState.PLANNED)

    def meaningful(self):
        """Took place, and both sides spoke (methods 1.17)."""
        return self.done().filter(direction=Direction.BOTH)


class Touchpoint(models.Model):
    """A meeting, call or letter: planned, then held and told by the same row."""

    key = models.UUIDField(
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text="Made by the device that logs it, so that a repeated request adds nothing.",
    )
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="touchpoints")
    state = models.CharField(max_length=10, choices=TouchpointState, default=TouchpointState.DONE)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    direction = models.CharField(
        _("who spoke"), max_length=6, choices=Direction, default=Direction.BOTH
    )
    at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    tone = models.SmallIntegerField(_("tone"), choices=Tone, null=True, blank=True)
    text = models.TextField(_("what was said"), max_length=8000, blank=True)
    contacts = models.ManyToManyField(
        Contact, through="TouchpointContact", related_name="touchpoints"
    )
    colleagues = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="TouchpointColleague", related_name="touchpoints"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="authored_touchpoints",
    )
    recorded_at = models.DateTimeField(
        default=timezone.now, help_text="When it was told: on the device, if that was offline."
    )
    late_hours = models.PositiveIntegerField(
        default=0, help_text="Hours between the event and telling, beyond what counts as at once."
    )
    search_text = models.TextField(editable=False, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = TouchpointQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["account", "-at", "-id"], name="touchpoint_timeline"),
            models.Index(fields=["author", "-at"], name="touchpoint_by_author"),
            models.Index(fields=["-at", "-id"], name="touchpoint_by_time"),
            models.Index(fields=["at"], name="touchpoint_planned", condition=Q(state="planned")),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.at:%Y-%m-%d}, {self.account}"


class TouchpointContact(models.Model):
    """Somebody of the customer's who took part; the order is that of importance."""

    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.CASCADE, related_name="presences")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="presences")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["touchpoint", "contact"], name="accounts_present_once")
        ]
        indexes = [models.Index(fields=["contact", "touchpoint"], name="presence_by_contact")]

    def __str__(self) -> str:
        return f"{self.contact}"


class TouchpointColleague(models.Model):
    """Somebody of ours who took part."""

    touchpoint = models.ForeignKey(Touchpoint, on_delete=models.CASCADE, related_name="attendances")
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attendances"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["touchpoint", "colleague"], name="accounts_attended_once"
            )
        ]
        indexes = [models.Index(fields=["colleague", "touchpoint"], name="attendance_by_colleague")]

    def __str__(self) -> str:
        return f"{self.colleague}"


class Tie(models.Model):
    """What lived contact between one of theirs and one of ours (or, empty, us all) has left.

    `energy` is the sum of points as of `as_of`, halved every `half_life` days; written by the
    commands that log and change touchpoints (accounts.rules.strength), exact for any later day.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="ties")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="ties")
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="ties",
    )
    energy = models.FloatField(default=0)
    as_of = models.DateField()
    half_life = models.PositiveSmallIntegerField()
    touchpoints = models.PositiveIntegerField(default=0)
    last_on = models.DateField(null=True, help_text="The last touchpoint of any kind.")
    last_two_way_on = models.DateField(null=True)

    objects = OfAccount.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "contact", "colleague"],
                name="accounts_one_tie",
                condition=Q(colleague__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["account", "contact"],
                name="accounts_one_tie_with_all",
                condition=Q(colleague=None),
            ),
        ]
        indexes = [
            models.Index(
                fields=["last_two_way_on"], name="tie_spoken", condition=Q(colleague=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact} and {self.colleague or 'us'}: {self.energy:.1f}"


class AccountRhythm(models.Model):
    """When the account was last met and will be next, for lists: written with its touchpoints."""

    account = models.OneToOneField(
        Account, on_delete=models.CASCADE, primary_key=True, related_name="rhythm"
    )
    touchpoints = models.PositiveIntegerField(default=0)
    last_on = models.DateField(null=True)
    last_two_way_on = models.DateField(null=True)
    next_on = models.DateField(null=True, help_text="The next planned touchpoint.")

    objects = OfAccount.as_manager()

    class Meta:
        indexes = [models.Index(fields=["last_two_way_on"], name="rhythm_by_contact")]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.last_two_way_on}"


class File(StoredFile):
    """A file somebody attached to a touchpoint or an account; served at /files/<key>/ only."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="files")
    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.CASCADE, null=True, blank=True, related_name="files"
    )

    objects = OfAccount.as_manager()
