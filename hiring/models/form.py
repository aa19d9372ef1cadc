"""The questionnaire of a vacancy, its answers, and rules that propose whom not to take."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.files import StoredFile
from common.i18n import pick
from hiring.choices import QuestionKind, Verdict
from hiring.models.candidate import Candidacy
from hiring.models.vacancy import OfVacancy, Vacancy
from hiring.rules.questionnaire import SCALE


class Question(models.Model):
    """`labels`, `helps`: {language: text}; `options`: [{"code": .., "names": {language: name}}].

    Once answered, a question is retired, never changed into another.
    """

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind)
    labels = models.JSONField(_("question"), default=dict)
    helps = models.JSONField(_("help"), default=dict, blank=True)
    options = models.JSONField(default=list, blank=True)
    is_required = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)
    shown_if = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="opens",
        verbose_name=_("asked only after"),
    )
    shown_if_value = models.CharField(_("when the answer is"), max_length=60, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OfVacancy.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return pick(self.labels)

    @property
    def help(self) -> str:
        return pick(self.helps)

    @property
    def answer_codes(self) -> list[str]:
        """What can be answered, where answers are chosen."""
        if self.kind == QuestionKind.YES_NO:
            return ["yes", "no"]
        if self.kind == QuestionKind.SCALE:
            return list(SCALE)
        return [option["code"] for option in self.options]


class Answer(models.Model):
    """`value`: text, number as text, bool, code, list of codes or ISO day; a file is a
    CandidateFile whose key it holds."""

    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    value = models.JSONField(null=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["question__position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["candidacy", "question"], name="hiring_answer_once")
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class Draft(models.Model):
    """What somebody has typed into the public form so far; found by the browser's own secret."""

    digest = models.CharField(max_length=64, unique=True)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="drafts")
    key = models.UUIDField(default=uuid.uuid4, help_text="Of the application it becomes.")
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(
        null=True, blank=True, help_text="It became an application; its values are gone."
    )

    class Meta:
        ordering = ["-saved_at"]
        indexes = [models.Index(fields=["saved_at"], name="draft_by_age")]

    def __str__(self) -> str:
        return f"{self.vacancy}, {self.saved_at:%Y-%m-%d}"


class DraftFile(StoredFile):
    """A file of a form that is not sent yet: a second try need not choose it again."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    field = models.CharField(max_length=40, help_text="cv, or the question: q12.")

    class Meta(StoredFile.Meta):
        constraints = [
            models.UniqueConstraint(fields=["draft", "field"], name="hiring_draft_file_once")
        ]


class KnockOut(models.Model):
    """A rule that proposes: `operator` and `value` over an answer (hiring.rules.knockout)."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="knock_outs")
    operator = models.CharField(max_length=10)
    value = models.JSONField(null=True)
    reason = models.ForeignKey(
        "hiring.RejectReason", on_delete=models.PROTECT, related_name="knock_outs"
    )
    explanation = models.CharField(_("why this rule"), max_length=300)
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["question__position", "id"]

    def __str__(self) -> str:
        return f"{self.question} {self.operator} {self.value}"


class Finding(models.Model):
    """What a rule found for one application, and what a person decided."""

    rule = models.ForeignKey(KnockOut, on_delete=models.CASCADE, related_name="findings")
    candidacy = models.ForeignKey(Candidacy, on_delete=models.CASCADE, related_name="findings")
    verdict = models.CharField(max_length=8, choices=Verdict)
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_upheld = models.BooleanField(null=True, help_text="False: the person stays in.")
    remark = models.CharField(_("reason"), max_length=300, blank=True)
    is_audited = models.BooleanField(default=False, help_text="Drawn for a second look.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "candidacy"], name="hiring_finding_once")
        ]
        indexes = [
            models.Index(
                fields=["rule"],
                name="finding_undecided",
                condition=Q(verdict="fails", decided_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.verdict}"
