"""An offer: drafted, approved by somebody else, sent, answered through the candidate's link."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.money import AmountField
from hiring.choices import OfferState
from hiring.models.candidate import Candidacy, Candidate
from people.choices import Grade

LIVE = ("draft", "proposed", "approved", "sent")


class OfferQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Recruiters; directors of those not hidden from them. Interviewers never see pay."""
        if not (user.is_authenticated and user.is_active and user.hires):
            return self.none()
        hidden = Candidate.objects.filter(Candidate.hidden_from(user)).values("pk")
        return self.exclude(candidacy__candidate__in=hidden)

    def editable_by(self, user):
        return self.visible_to(user) if user.is_authenticated and user.is_recruiter else self.none()


class Offer(models.Model):
    """Terms are frozen once it is approved; other terms are another offer."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="offers")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.DRAFT)
    title = models.CharField(_("position"), max_length=160)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade)
    salary = AmountField(_("fixed pay, a month"))
    currency = models.CharField(max_length=3)
    commission = models.TextField(_("commission in words"), max_length=2000, blank=True)
    conditions = models.TextField(_("other terms"), max_length=4000, blank=True)
    starts_on = models.DateField(_("first day"))
    probation_weeks = models.PositiveSmallIntegerField(_("probation, weeks"), default=12)
    expires_at = models.DateTimeField(_("answer by"))
    language = models.CharField(max_length=5)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(_("why it was sent back"), max_length=400, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField(_("what they said"), max_length=1000, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whom of our staff the person became.",
    )
    invitation = models.ForeignKey(
        "people.Invitation", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidacy"],
                condition=Q(state__in=LIVE),
                name="hiring_one_live_offer",
                violation_error_message=_("There is an offer under way already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("made_by")),
                name="hiring_nobody_approves_their_own_offer",
                violation_error_message=_("Nobody approves their own offer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidacy}: {self.get_state_display()}"
