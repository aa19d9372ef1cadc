"""The right-hand column: what ran last night, what was imported last."""

from dataclasses import dataclass

from django.utils.translation import ngettext

from common import formats
from common.choices import ImportState
from common.models import Import
from people.models import User

TONES = {
    ImportState.APPLIED: "pos",
    ImportState.FAILED: "dan",
    ImportState.UNDONE: "",
    ImportState.CANCELLED: "",
}


@dataclass(frozen=True, slots=True)
class LastImport:
    row: Import
    tone: str
    counts: list[str]


def last_import(user: User) -> LastImport | None:
    row = Import.objects.visible_to(user).select_related("created_by").order_by("-pk").first()
    if row is None:
        return None
    return LastImport(row, TONES.get(row.state, "inf"), _counts(row.counts))


def _counts(counts: dict) -> list[str]:
    words = {
        "lines": lambda n: ngettext("%(count)s line", "%(count)s lines", n),
        "new_accounts": lambda n: ngettext("%(count)s new account", "%(count)s new accounts", n),
        "rejected": lambda n: ngettext("%(count)s line refused", "%(count)s lines refused", n),
    }
    return [
        plural(counts[key]) % {"count": formats.number(counts[key])}
        for key, plural in words.items()
        if isinstance(counts.get(key), int) and counts[key]
    ]
