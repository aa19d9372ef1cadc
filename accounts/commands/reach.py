"""Phones, addresses and pages of a person, kept as one list."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.choices import ReachKind
from accounts.models import Contact, Reach
from common import reaching
from common.errors import RuleBroken

MOST = 30
# (kind, value) or (kind, value, what for)
ReachGiven = tuple[str, str] | tuple[str, str, str]


def words(kind: str, value: str) -> str:
    """Why a value does not do, for the person who typed it."""
    sentences = {
        ReachKind.PHONE: _("“%(value)s” is not a phone number."),
        ReachKind.EMAIL: _("“%(value)s” is not an e-mail address."),
        ReachKind.PROFILE: _("“%(value)s” is not a web page: it begins with https:// or http://."),
    }
    return sentences.get(kind, _("“%(value)s” is no address.")) % {"value": value[:60]}


def set_reaches(contact: Contact, given: Iterable[ReachGiven], *, region: str = "") -> None:
    """Make the person's list what was given, in that order; the same number is kept once."""
    wanted: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, value, *label in given:
        if kind not in ReachKind.values:
            raise RuleBroken(words(kind, value))
        try:
            shown, normal = reaching.reach(kind, value, region)
        except reaching.Unfit as unfit:
            raise RuleBroken(words(kind, value)) from unfit
        wanted.setdefault((kind, normal), (shown, "".join(label)[:40].strip()))
    if len(wanted) > MOST:
        raise RuleBroken(_("A person has at most %(n)s numbers and addresses.") % {"n": MOST})
    known = {(row.kind, row.normal): row for row in contact.reaches.all()}
    for key, row in known.items():
        if key not in wanted:
            row.delete()
    for position, ((kind, normal), (shown, label)) in enumerate(wanted.items()):
        if kind == ReachKind.PHONE and (row := known.get((kind, normal))):
            shown = row.value  # the same number in another grouping is no change
        Reach.objects.update_or_create(
            contact=contact, kind=kind, normal=normal,
            defaults={"value": shown, "label": label, "position": position},
        )  # fmt: skip


def reaches_as_given(contact: Contact) -> list[list[str]]:
    """The list as set_reaches takes it."""
    rows = contact.reaches.order_by("position", "pk")
    return [list(row) for row in rows.values_list("kind", "value", "label")]


def as_text(given: Iterable[Iterable[str]]) -> str:
    """The list as people read it: "+49 40 300330 (desk), j@hansa.example"."""
    return ", ".join(f"{value} ({label})" if label else value for _kind, value, label in given)
