"""The sentences of the record: code → what happened, in the reader's language.

A code is "noun.verb"; each app registers its own beside its commands' first use.
"""

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str] = {
    "user.invited": _("invited"),
}


def register(sentences: dict[str, str]) -> None:
    SENTENCES.update(sentences)


def sentence(code: str) -> str:
    return str(SENTENCES.get(code, code))
