"""The ledger of soft commitments, in both directions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choices import PromiseState
from accounts.models.account import Account
from accounts.models.contact import Contact, OfAccount
from accounts.models.touchpoint import Touchpoint


class PromiseQuerySet(OfAccount):
    def open(self):
        return self.filter(state=PromiseState.OPEN)


class Promise(models.Model):
    """A soft commitment, ours to them or theirs to us."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="promises")
    is_ours = models.BooleanField(_("we promised"), default=True)
    text = models.CharField(_("what"), max_length=400)
    colleague = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="promises",
        verbose_name=_("of ours"),
        help_text=_("Who promised, or who was promised it."),
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="promises",
        verbose_name=_("of theirs"),
    )
    heard_by = models.CharField(_("heard by"), max_length=200, blank=True)
    made_on = models.DateField(_("promised on"))
    due = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    settled_on = models.DateField(null=True, blank=True)
    note = models.CharField(_("how it ended"), max_length=400, blank=True)
    touchpoint = models.ForeignKey(
        Touchpoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="promises"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        indexes = [
            models.Index(fields=["account", "state", "due"], name="promise_by_account"),
            models.Index(fields=["due"], name="promise_open", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.text
