"""Letters to candidates: templates in several languages, and every letter that was written."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.account import NamedInLanguages
from common.i18n import pick
from hiring.choices import LetterKind, LetterState
from hiring.models.candidate import Candidacy, Candidate, OfCandidate
from hiring.models.profile import OfHirers


class LetterTemplate(NamedInLanguages):
    """`subjects` and `bodies`: {language: text with merge fields such as {name}}."""

    kind = models.CharField(_("what for"), max_length=14, choices=LetterKind)
    subjects = models.JSONField(default=dict)
    bodies = models.JSONField(default=dict)
    delay_hours = models.PositiveSmallIntegerField(_("goes out after, hours"), default=0)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfHirers.as_manager()

    class Meta:
        ordering = ["kind", "code"]

    @property
    def subject(self) -> str:
        return pick(self.subjects)


class LetterQuerySet(OfCandidate):
    def due(self, now: dt.datetime):
        return self.filter(state=LetterState.QUEUED, send_at__lte=now)


class Letter(models.Model):
    """One letter as it was sent, or why it was not."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="letters")
    candidacy = models.ForeignKey(
        Candidacy, on_delete=models.SET_NULL, null=True, blank=True, related_name="letters"
    )
    kind = models.CharField(max_length=14, choices=LetterKind, default=LetterKind.OTHER)
    language = models.CharField(max_length=5)
    address = models.EmailField(max_length=254)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"), max_length=20_000)
    cause = models.CharField(
        max_length=80, blank=True, help_text="What it is about, so that it goes once: seat:12."
    )
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.QUEUED)
    trouble = models.CharField(max_length=300, blank=True)
    send_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(default=timezone.now)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-written_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "cause"],
                condition=~models.Q(cause=""),
                name="hiring_letter_once",
            )
        ]
        indexes = [
            models.Index(fields=["send_at"], name="letter_due", condition=models.Q(state="queued"))
        ]

    def __str__(self) -> str:
        return self.subject
