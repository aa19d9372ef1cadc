"""What candidates agreed to, the link that is theirs, who looked at them, and their erasure."""

import datetime as dt

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common import tokens
from hiring.choices import AccessAct, ConsentPurpose
from hiring.models.candidate import Candidacy, Candidate
from hiring.models.profile import OfHirers

# A consent may be deleted once it says this for its channel: the way of an erasure, and no other.
GOING = "erased"


class OnlyAdded(models.QuerySet):
    def update(self, **fields):
        raise ValidationError("These rows are only added to.")


class ConsentText(models.Model):
    """One version of a text in one language; what was agreed to stays readable for ever."""

    purpose = models.CharField(max_length=8, choices=ConsentPurpose)
    language = models.CharField(max_length=5)
    version = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=8000)
    sha256 = models.CharField(max_length=64, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = OnlyAdded.as_manager()

    class Meta:
        ordering = ["purpose", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "language", "version"], name="hiring_consent_text_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.language}, {self.version}"


class Consent(models.Model):
    """Given for one purpose by a box that was not ticked beforehand; withdrawn, never edited.

    The database refuses anything else (0007_only_added).
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="consents")
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.SET_NULL, null=True, blank=True, related_name="consents"
    )
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(max_length=20, help_text="form, link, call, paper.")
    ip_prefix = models.CharField(max_length=40, blank=True, help_text="/24 or /48, no more.")
    given_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_at", "-id"]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.text}"


class CandidateLink(models.Model):
    """The candidate's own page: 256 bits, of which only a digest is kept; never a sign-in."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="links")
    purpose = models.CharField(max_length=20, default="page")
    seed = models.CharField(max_length=64, default=tokens.new_seed)
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.candidate}, {self.expires_at:%Y-%m-%d}"

    @property
    def token(self) -> str:
        return tokens.derive(f"hiring.{self.purpose}", self.seed)

    def is_open(self, now: dt.datetime) -> bool:
        return self.ended_at is None and now < self.expires_at


class DetailChange(models.Model):
    """What a candidate corrected on their own page. A new address waits for the code sent to it.

    The old value goes after thirty days, with this row.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=10, help_text="name, city, phone, email.")
    old = models.CharField(max_length=300, blank=True)
    new = models.CharField(max_length=300, blank=True)
    seed = models.CharField(max_length=64, default=tokens.new_seed)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["asked_at"], name="detail_change_by_age")]

    def __str__(self) -> str:
        return f"{self.candidate}: {self.field}"


class CandidateAccess(models.Model):
    """Who of us looked at whom, when; the candidate may see kinds of readers, not names."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.SET_NULL, null=True, related_name="accesses"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    act = models.CharField(max_length=10, choices=AccessAct)
    purpose = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField(default=timezone.now)
    seal = models.CharField(max_length=64, blank=True, help_text="The candidate, keyed.")
    digest = models.CharField(max_length=64, blank=True, help_text="hiring.rules.chain")

    objects = OnlyAdded.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["actor", "-at"], name="access_by_actor"),
            models.Index(fields=["candidate", "-at"], name="access_by_candidate"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.act}"


class Erasure(models.Model):
    """Asked for, confirmed by a second person, done; the act stays, without what was erased."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.SET_NULL, null=True, related_name="erasures"
    )
    reference = models.CharField(max_length=64, unique=True, help_text="Salted digest of the row.")
    because = models.CharField(_("because"), max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="How many rows and files of each kind.")

    objects = OfHirers.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.reference[:12]


class LegalHold(models.Model):
    """Why somebody's data may not be deleted yet."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="holds")
    reason = models.CharField(_("reason"), max_length=400)
    until = models.DateField(_("until"), null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.reason
