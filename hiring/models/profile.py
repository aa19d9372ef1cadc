"""What a vacancy asks for: the position's profile, weighted competencies, pay in the market."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.account import NamedInLanguages, Segment
from common.i18n import pick
from common.money import AmountField
from hiring.choices import (
    ClientMix,
    CompetencyGroup,
    EmployerKind,
    Experience,
    Seniority,
    WorksWith,
)
from people.choices import Grade


class OfHirers(models.QuerySet):
    """Rows of the hiring side: recruiters and directors read them, recruiters change them."""

    def visible_to(self, user):
        return self if user.is_authenticated and user.is_active and user.hires else self.none()

    def editable_by(self, user):
        return self.visible_to(user)


class Competency(NamedInLanguages):
    """One thing to be good at, with words for what 1 to 5 look like.

    `descriptions`: {language: text}; `anchors`: {"1": {language: text}, ... "5": ...}.
    """

    group = models.CharField(_("group"), max_length=10, choices=CompetencyGroup)
    descriptions = models.JSONField(default=dict)
    anchors = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfHirers.as_manager()

    class Meta:
        ordering = ["position", "id"]

    @property
    def description(self) -> str:
        return pick(self.descriptions)

    def anchor(self, mark: int) -> str:
        """What this mark looks like, in the reader's language."""
        return pick(self.anchors.get(str(mark), {}))


class Profile(models.Model):
    """A position as it is wanted; vacancies copy nothing of it, they point to it."""

    name = models.CharField(pgettext_lazy("thing", "name"), max_length=160)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade)
    seniority = models.CharField(_("seniority"), max_length=8, choices=Seniority)
    clients = models.CharField(_("clients"), max_length=6, choices=ClientMix)
    works = models.CharField(_("way of working"), max_length=6, choices=WorksWith)
    segment = models.ForeignKey(
        Segment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="profiles",
        verbose_name=_("segment"),
    )
    duties = models.TextField(_("what the work is"), max_length=4000, blank=True)
    must_haves = models.JSONField(_("must have"), default=list, help_text="A list of sentences.")
    knock_outs = models.JSONField(
        _("rules people out"), default=list, help_text="A list of sentences."
    )
    pay_from = AmountField(_("pay from, a month"), null=True, blank=True)
    pay_to = AmountField(_("pay to, a month"), null=True, blank=True)
    pay_currency = models.CharField(_("currency"), max_length=3, blank=True)
    commissions = models.JSONField(
        _("commission in words"), default=dict, help_text="{language: commission in words}."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OfHirers.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def commission(self) -> str:
        """In words, in the reader's language where it was written in it."""
        return pick(self.commissions)


class ProfileCompetency(models.Model):
    """A competency of a profile and what it weighs; weights need not add up to 100."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="competencies")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    weight = models.PositiveSmallIntegerField(_("weight"), default=10)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "competency"], name="hiring_competency_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.competency}: {self.weight}"


class PayBenchmark(models.Model):
    """What a city pays: shipped (dated, with its source), entered or imported."""

    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country"), max_length=2, default="RU")
    employer = models.CharField(_("kind of employer"), max_length=8, choices=EmployerKind)
    experience = models.CharField(_("experience"), max_length=6, choices=Experience, blank=True)
    low = AmountField(_("from"), null=True, blank=True)
    high = AmountField(_("to"), null=True, blank=True)
    median = AmountField(_("median"), null=True, blank=True)
    currency = models.CharField(max_length=3, default="RUB")
    on = models.DateField(_("as of"))
    sample_size = models.PositiveIntegerField(_("how many salaries"), null=True, blank=True)
    origin = models.CharField(_("source"), max_length=200)
    is_shipped = models.BooleanField(default=False, editable=False)
    brought_by = models.ForeignKey(
        "common.Import", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = OfHirers.as_manager()

    class Meta:
        ordering = ["city", "employer", "experience", "-on"]
        indexes = [models.Index(fields=["city", "-on"], name="benchmark_by_city")]

    def __str__(self) -> str:
        return f"{self.city}, {self.get_employer_display()}, {self.experience}"
