"""Facts that age: what somebody observed about a person on a day. Rows are added, never changed."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import Confidence, DossierSection, Fact
from accounts.models.account import Account
from accounts.models.contact import Contact, OfAccount
from accounts.models.touchpoint import Touchpoint

POINTERS = {"account", "account_id", "contact", "contact_id"}


class OnlyAdded(OfAccount):
    """A queryset that neither changes nor deletes what was recorded.

    Merging contacts or accounts may move rows: only whom they are about, never what they say.
    """

    def update(self, **fields):
        if set(fields) <= POINTERS:
            return super().update(**fields)
        raise ValidationError("What was observed is never edited.")

    def bulk_update(self, objs, fields, batch_size=None):
        if set(fields) <= POINTERS:
            return super().bulk_update(objs, fields, batch_size)
        raise ValidationError("What was observed is never edited.")

    def delete(self):
        raise ValidationError("What was observed is never deleted.")

    def retractions(self):
        """Rows that take another back, and are not themselves undone."""
        undone = self.model._base_manager.filter(retracts=OuterRef("pk"))
        return self.filter(~Exists(undone), retracts__isnull=False)

    def standing(self):
        """What was said and not taken back."""
        taken_back = self.model.objects.retractions().filter(retracts=OuterRef("pk"))
        return self.filter(~Exists(taken_back), retracts=None)


class AddedRow(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValidationError("What was observed is never edited.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise ValidationError("What was observed is never deleted.")


class ObservationQuerySet(OnlyAdded):
    def newest(self):
        """Of the rows at hand the last of each fact, person and colleague; filter before."""
        place = Window(
            RowNumber(),
            partition_by=["account", "contact", "fact", "colleague"],
            order_by=["-day", "-pk"],
        )
        return self.annotate(place=place).filter(place=1)


class Observation(AddedRow):
    """One value of one fact, as seen by its author on a day.

    A value that still holds is confirmed by a new row; a slip is taken back by a row that
    `retracts` it; an empty value says that it is not known any more.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="observations")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="observations")
    fact = models.CharField(_("fact"), max_length=12, choices=Fact)
    value = models.CharField(_("value"), max_length=400, blank=True)
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of ours, whose relationship it is; empty: the company's.",
    )
    day = models.DateField(_("observed on"))
    evidence = models.ForeignKey(
        Touchpoint,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="observations",
        help_text="The touchpoint it stands on; empty: hearsay.",
    )
    confidence = models.PositiveSmallIntegerField(
        _("confidence"), choices=Confidence, default=Confidence.LIKELY
    )
    confirms = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="confirmations"
    )
    retracts = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="retractions"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="observations"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-id"]
        indexes = [
            models.Index(
                fields=["account", "contact", "fact", "-day", "-id"], name="observation_newest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.fact} {self.value} on {self.day}"


class DossierQuerySet(OnlyAdded):
    def newest(self):
        """Of the rows at hand the last of each section and title; filter before."""
        place = Window(
            RowNumber(), partition_by=["account", "section", "title"], order_by=["-day", "-pk"]
        )
        return self.annotate(place=place).filter(place=1)


class DossierEntry(AddedRow):
    """What is known for one section of the account's file, with its source and date."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="dossier")
    section = models.CharField(_("section"), max_length=12, choices=DossierSection)
    title = models.CharField(
        _("title"), max_length=120, blank=True, help_text="Of a competitor: its name."
    )
    text = models.TextField(_("what we know"), max_length=4000, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    day = models.DateField(_("as of"))
    is_gone = models.BooleanField(
        _("no longer there"), default=False, help_text="Of a competitor: it has left the account."
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )
    retracts = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="retractions"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = DossierQuerySet.as_manager()

    class Meta:
        ordering = ["section", "-day", "-id"]
        indexes = [models.Index(fields=["account", "section", "-day"], name="dossier_newest")]

    def __str__(self) -> str:
        return f"{self.account}: {self.section} on {self.day}"
