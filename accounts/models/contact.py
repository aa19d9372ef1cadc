"""People at customers: who they are, how they are reached, and where they have worked, dated."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choices import PositionKind, ReachKind
from accounts.models.account import Account, NamedInLanguages
from common.dates import Span, SpanQuerySet
from people.models import company_day


class OfAccount(models.QuerySet):
    """Rows of an account: read by those who may open its card, changed by those who may edit it."""

    def visible_to(self, user):
        return self.filter(account__in=Account.objects.visible_to(user).values("pk"))

    def editable_by(self, user):
        return self.filter(account__in=Account.objects.editable_by(user).values("pk"))


class SpanOfAccount(SpanQuerySet, OfAccount):
    pass


class ContactRole(NamedInLanguages):
    """A part somebody plays in the customer's decisions; required of a tier, it may be a hole."""

    required_in = models.JSONField(default=list, help_text="Tiers whose accounts must have one.")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]


class Division(models.Model):
    """A part of the customer: a division, or a centre that buys for itself."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="divisions")
    name = models.CharField(pgettext_lazy("thing", "name"), max_length=120)
    buys = models.BooleanField(_("buying centre"), default=False)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )

    objects = OfAccount.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class ContactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who holds, or once held, a place at an account whose card the reader may open."""
        return self._at(Account.objects.visible_to(user))

    def editable_by(self, user):
        return self._at(Account.objects.editable_by(user))

    def kept_by(self, user):
        """Whose numbers and story are the reader's to see and keep.

        Who holds a place at an account of theirs; and who left it, unless they hold a place at
        an account of somebody else's now.
        """
        if user.is_authenticated and user.is_active and user.is_director:
            return self.visible_to(user)
        today = company_day()
        now = Position.objects.on(today)
        here = now.filter(account__in=Account.objects.visible_to(user).values("pk"))
        elsewhere = ~Q(pk__in=now.values("contact"))
        return self.visible_to(user).filter(Q(pk__in=here.values("contact")) | elsewhere)

    def _at(self, accounts):
        places = Position.objects.filter(account__in=accounts.values("pk"))
        return self.filter(pk__in=places.values("contact"))

    def present(self):
        """Not merged away."""
        return self.filter(merged_into=None)

    def known(self):
        """People with a name; without one the row is a hole that waits for somebody."""
        return self.exclude(name="")


class Contact(models.Model):
    """A person, or, without a name, a place on the map that somebody unknown holds."""

    key = models.UUIDField(
        unique=True,
        null=True,
        blank=True,
        editable=False,
        help_text="Made by the form that adds them, so that a repeated request adds nothing.",
    )
    name = models.CharField(pgettext_lazy("person", "name"), max_length=160, blank=True)
    other_name = models.CharField(_("name in another script"), max_length=160, blank=True)
    honorific = models.CharField(_("form of address"), max_length=40, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    photo = models.ImageField(_("photo"), upload_to="faces/", blank=True)
    search_text = models.CharField(max_length=600, editable=False, default="")
    plain_name = models.CharField(
        max_length=200,
        editable=False,
        default="",
        help_text="To compare: common.reaching.plain_name",
    )
    plain_other = models.CharField(max_length=200, editable=False, default="")
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        editable=False,
    )
    brought_by = models.ForeignKey(
        "common.Import",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="contacts",
        editable=False,
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["plain_name"], name="contact_by_name"),
            models.Index(
                fields=["plain_other"], name="contact_by_other_name", condition=~Q(plain_other="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_hole(self) -> bool:
        return not self.name


class ContactOfAccounts(models.QuerySet):
    """Rows of a person: as visible as the person."""

    def visible_to(self, user):
        return self.filter(contact__in=Contact.objects.visible_to(user).values("pk"))

    def editable_by(self, user):
        return self.filter(contact__in=Contact.objects.editable_by(user).values("pk"))


class Reach(models.Model):
    """One phone, address or profile of a person."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="reaches")
    kind = models.CharField(_("kind"), max_length=10, choices=ReachKind)
    value = models.CharField(_("number or address"), max_length=300)
    normal = models.CharField(
        max_length=300, editable=False, help_text="Digits of a phone, folded address: for finding."
    )
    label = models.CharField(_("what for"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ContactOfAccounts.as_manager()

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["kind", "normal"], name="reach_by_normal")]

    def __str__(self) -> str:
        return self.value

    @property
    def is_web(self) -> bool:
        """Whether the value may be a link; commands keep nothing else, files may try."""
        return self.value.lower().startswith(("https://", "http://"))

    @property
    def tel(self) -> str:
        """What a phone dials: the whole number where its country is known."""
        return f"+{self.normal}" if self.value.startswith("+") else self.normal


class Position(Span):
    """A person's place at an account, from a day to a day: employed there, or beside it."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="positions")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="positions")
    kind = models.CharField(
        _("tie"), max_length=10, choices=PositionKind, default=PositionKind.STAFF
    )
    title = models.CharField(_("title"), max_length=160, blank=True)
    organisation = models.CharField(_("own organisation"), max_length=160, blank=True)
    division = models.ForeignKey(
        Division,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("division"),
    )
    role = models.ForeignKey(
        ContactRole,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("role"),
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = SpanOfAccount.as_manager()

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            Span.forward(),
            models.UniqueConstraint(
                fields=["contact", "account"],
                condition=Q(valid_to=None),
                name="accounts_one_open_position",
                violation_error_message=_("This person has a place at this account already."),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "contact"], name="position_by_account"),
            models.Index(fields=["valid_from"], name="position_begun"),
            models.Index(
                fields=["valid_to"], name="position_ended", condition=Q(valid_to__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact}: {self.title}, {self.account}"


class ContactNoteQuerySet(OfAccount):
    def visible_to(self, user):
        """Private notes: directors and the managers who answer for the account, not assistants."""
        return self._private(super().visible_to(user), user)

    def editable_by(self, user):
        return self._private(super().editable_by(user), user)

    @staticmethod
    def _private(rows, user):
        return rows if user.is_authenticated and user.sells else rows.none()

    def kept(self):
        """Not removed."""
        return self.filter(removed_at=None)


class ContactNote(models.Model):
    """Personal, for the eyes of the account's managers and directors only."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="notes")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contact_notes")
    text = models.TextField(_("note"), max_length=4000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ContactNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.contact}, {self.at:%Y-%m-%d}"


class ContactMerge(models.Model):
    """Two rows of one person became one; what moved is kept so that it can be undone."""

    survivor = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="absorbed_in")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.survivor}"


class ContactFill(models.Model):
    """What an import added to a person who was known already, so that it can be taken back.

    `fields` and `place`: {field: [old, new]} of the person and of the position; `reaches`: pairs of
    kind and normal form; `version` is the person's right after.
    """

    batch = models.ForeignKey("common.Import", on_delete=models.CASCADE, related_name="fills")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(default=dict)
    place = models.JSONField(default=dict)
    reaches = models.JSONField(default=list)
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.contact_id}: {', '.join([*self.fields, *self.place])}"
