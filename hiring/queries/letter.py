"""What a letter is made of: whom it reaches, in which language, with which words, and why not."""

import datetime as dt
from collections.abc import Container

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import ReachKind
from common import i18n, tokens
from hiring.choices import LetterKind
from hiring.models import (
    Candidacy,
    Candidate,
    CandidateLink,
    Letter,
    LetterTemplate,
)
from people.models import Company

# The one letter people ask for themselves, on the page where they would also ask for silence.
ASKED_FOR = (LetterKind.LINK,)
# Letters nobody waits for: they go to nobody whose employer is off limits.
UNASKED = (LetterKind.APPROACH,)

TROUBLES: dict[str, str | Promise] = {
    "opted_out": gettext_lazy("They want no letters from us."),
    "no_address": gettext_lazy("No e-mail address is known."),
    "wrong_address": gettext_lazy("Every e-mail address is marked as wrong."),
    "off_limits": gettext_lazy("Their employer is off limits."),
    "taken_back": gettext_lazy("Taken back before it went."),
    "unsure": gettext_lazy("The program stopped while sending it: it may have gone or not."),
    "gone": gettext_lazy("This record was merged into another."),
    "empty": gettext_lazy("The template has no text."),
}
FIELD_WORDS: dict[str, str | Promise] = {
    "name": gettext_lazy("the candidate's name"),
    "vacancy": gettext_lazy("title of the vacancy"),
    "city": gettext_lazy("city of the vacancy"),
    "company": gettext_lazy("our company"),
    "recruiter": gettext_lazy("who recruits for the vacancy"),
    "link": gettext_lazy("link to the candidate's own page"),
    "session": gettext_lazy("day and time of the session"),
    "place": gettext_lazy("where the session is"),
    "task": gettext_lazy("name of the test task"),
    "due": gettext_lazy("until when an answer is awaited"),
}


def language_of(candidate: Candidate, company: Company | None = None) -> str:
    return candidate.language or (company or Company.current()).language


def address_of(candidate: Candidate) -> str:
    """The first e-mail address that no one found wrong; "" without one. Reads `reaches.all()`."""
    mails = (reach for reach in candidate.reaches.all() if reach.kind == ReachKind.EMAIL)
    return next((reach.value for reach in mails if not reach.is_wrong), "")


def why_not(candidate: Candidate, kind: str, barred: Container[int]) -> str:
    """A code of TROUBLES when this letter must not go, else ""; `barred`: `off_limits.barred`."""
    if candidate.merged_into_id:
        return "gone"
    if candidate.wants_no_letters and kind not in ASKED_FOR:
        return "opted_out"
    if not address_of(candidate):
        known = any(reach.kind == ReachKind.EMAIL for reach in candidate.reaches.all())
        return "wrong_address" if known else "no_address"
    return "off_limits" if kind in UNASKED and candidate.pk in barred else ""


def merge_values(
    candidate: Candidate, candidacy: Candidacy | None, company: Company | None = None
) -> dict[str, str]:
    """What the fields say that are known without being told, in the active language."""
    company = company or Company.current()
    values = {"name": candidate.name, "company": company.name}
    if candidacy:
        vacancy = candidacy.vacancy
        values["vacancy"] = vacancy.text("title") or vacancy.title
        values["city"] = vacancy.city
        values["recruiter"] = vacancy.recruiter.name
    return values


def template_for(kind: str) -> LetterTemplate | None:
    """The company's template of this kind; of several the first by code."""
    return LetterTemplate.objects.filter(kind=kind, retired_at=None).order_by("code").first()


def in_language(texts: dict[str, str], language: str) -> tuple[str, str]:
    """(language, text) nearest to the wanted one; ("", "") when nothing is written."""
    if texts.get(language, "").strip():
        return language, texts[language]
    text = i18n.pick({code: value for code, value in texts.items() if value.strip()})
    return next(
        ((code, value) for code, value in texts.items() if value == text and text), ("", "")
    )


def trouble_words(letter: Letter) -> str:
    """Why it did not go, as a sentence; "" when there is no trouble."""
    code, _colon, rest = letter.trouble.partition(":")
    if code == "missing":
        names = [str(FIELD_WORDS.get(name, name)) for name in rest.split(",")]
        return _("It lacks: %(fields)s.") % {"fields": ", ".join(names)}
    if code == "refused":
        return _("The mail server refused it: %(answer)s") % {"answer": rest}
    return str(TROUBLES.get(code, letter.trouble))


def reader_of(token: str, now: dt.datetime) -> Candidate | None:
    """Whose letters the link at their foot stops; None when it is not a living one."""
    link = (
        CandidateLink.objects.select_related("candidate")
        .filter(digest=tokens.digest(token), purpose="letters")
        .first()
    )
    return link.candidate if link and link.is_open(now) else None
