"""A vacancy, the stages people go through for it, and who may see it."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.i18n import pick
from common.money import AmountField
from hiring.choices import StageKind, VacancyState
from hiring.models.profile import Profile
from people.models import company_zone

SEEN_BEFORE = dt.timedelta(days=7)
SEEN_AFTER = dt.timedelta(days=14)


def recruits(user) -> bool:
    return user.is_authenticated and user.is_active and user.is_recruiter


class VacancyQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Recruiters and directors all; colleagues what is published or what they interview for."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.hires:
            return self
        now = timezone.now()
        observed = Vacancy.objects.filter(
            sessions__observers__user=user,
            sessions__starts_at__lte=now + SEEN_BEFORE,
            sessions__ends_at__gt=now - SEEN_AFTER,
        )
        published = Vacancy.objects.published(now)
        return self.filter(Q(pk__in=observed.values("pk")) | Q(pk__in=published.values("pk")))

    def editable_by(self, user):
        return self if recruits(user) else self.none()

    def published(self, now: dt.datetime | None = None):
        """What everybody in the world may read: open, published and in date."""
        now = now or timezone.now()
        return self.filter(
            Q(closes_on=None) | Q(closes_on__gte=timezone.localdate(now, company_zone())),
            state=VacancyState.OPEN,
            published_at__lte=now,
        )

    def open(self):
        return self.filter(state=VacancyState.OPEN)


class Vacancy(models.Model):
    """`texts`: {language: {"title", "intro", "duties", "wants", "offers"}}; a language without a
    title is not offered."""

    profile = models.ForeignKey(
        Profile, on_delete=models.PROTECT, related_name="vacancies", verbose_name=_("profile")
    )
    title = models.CharField(_("title inside the company"), max_length=160)
    slug = models.SlugField(max_length=80, unique=True)
    texts = models.JSONField(_("Advert"), default=dict)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_remote = models.BooleanField(_("may be done from anywhere"), default=False)
    openings = models.PositiveSmallIntegerField(_("openings"), default=1)
    state = models.CharField(
        _("State"), max_length=10, choices=VacancyState, default=VacancyState.DRAFT
    )
    recruiter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="vacancies",
        verbose_name=_("recruiter"),
    )
    team = models.ForeignKey(
        "people.Team",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="vacancies",
        verbose_name=_("team"),
    )
    pay_from = AmountField(_("pay from, a month"), null=True, blank=True)
    pay_to = AmountField(_("pay to, a month"), null=True, blank=True)
    pay_currency = models.CharField(_("currency"), max_length=3, blank=True)
    shows_pay = models.BooleanField(_("pay is published"), default=True)
    closes_on = models.DateField(_("last day for applications"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    refusal = models.CharField(_("why it was sent back"), max_length=400, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(_("why it was closed"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(openings__gte=1), name="hiring_vacancy_has_openings"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="hiring_nobody_approves_their_own_vacancy",
                violation_error_message=_("Nobody approves their own vacancy."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def text(self, part: str) -> str:
        """A part of the advert in the reader's language, else in any it was written in."""
        written = {code: parts.get(part, "") for code, parts in self.texts.items()}
        return pick(written)


class OfVacancy(models.QuerySet):
    """Rows of a vacancy that only those who hire see."""

    def visible_to(self, user):
        return self if user.is_authenticated and user.is_active and user.hires else self.none()

    def editable_by(self, user):
        return self if recruits(user) else self.none()


class Stage(models.Model):
    """A column of the board. `names`: {language: name}."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(_("kind"), max_length=10, choices=StageKind)
    names = models.JSONField(_("names"), default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    stale_days = models.PositiveSmallIntegerField(_("stale after, days"), default=7)
    letter = models.ForeignKey(
        "hiring.LetterTemplate",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("letter on entering"),
    )

    objects = OfVacancy.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return pick(self.names) or self.get_kind_display()
