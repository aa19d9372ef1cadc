"""What a letter to a customer is made of: to whom, in which language, with which words, and why
it may not go."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import CoverState, CustomerLetterKind, HandoverState, ReachKind
from accounts.models import (
    Account,
    Assignment,
    Contact,
    Control,
    Cover,
    CustomerLetter,
    CustomerLetterTemplate,
    Handover,
    ManagerProfile,
    Position,
    Reach,
)
from accounts.queries.power import powerful_at
from accounts.rules import customer_letter as rules
from common import formats, i18n
from people.models import Company, Departure, User, company_day

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)

TROUBLES: dict[str, str | Promise] = {
    "rights": gettext_lazy("Whoever let it go may not write for this account any more."),
    "no_address": gettext_lazy("No e-mail address is known: print it, or add one."),
    "gone": gettext_lazy("This person is not at the account any more."),
    "overtaken": gettext_lazy("What it announces was called off."),
    "expired": gettext_lazy("Its question is answered or too old."),
    "discarded": gettext_lazy("Put away before it went."),
    "unsure": gettext_lazy("The program stopped while sending it: it may have gone or not."),
}
FIELD_WORDS: dict[str, str | Promise] = {
    "account": gettext_lazy("name of the account"),
    "contact": gettext_lazy("name of the person"),
    "greeting": gettext_lazy("greeting, as their card says they are addressed"),
    "old_manager": gettext_lazy("who answered until now, or is away"),
    "new_manager": gettext_lazy("who answers now, or stands in"),
    "phone": gettext_lazy("their phone; without one the line is left out"),
    "email": gettext_lazy("their e-mail address"),
    "from_day": gettext_lazy("from which day"),
    "until_day": gettext_lazy("the last day; without one the line is left out"),
    "company": gettext_lazy("our company"),
    "link": gettext_lazy("link to the one question"),
}


@dataclass(frozen=True, slots=True)
class Occasion:
    """What letters are about; one of the first four, or none."""

    handover: Handover | None = None
    control: Control | None = None
    cover: Cover | None = None
    departure: Departure | None = None

    @property
    def keys(self) -> dict:
        """As columns of a letter."""
        departure = self.departure or (self.control and self.control.departure)
        return {
            "handover": self.handover, "control": self.control, "cover": self.cover,
            "departure": departure,
        }  # fmt: skip


def may_write(account: Account, user: User) -> bool:
    return writable_accounts(user).filter(pk=account.pk).exists()


def writable_accounts(user: User) -> QuerySet[Account]:
    """Directors write for every account, managers for those they own today."""
    if not (user.is_authenticated and user.is_active and user.sells):
        return Account.objects.none()
    if user.is_director:
        return Account.objects.all()
    mine = Assignment.objects.today().owners().filter(user=user, account=OuterRef("pk"))
    return Account.objects.filter(Exists(mine))


def occasion_of(account: Account, kind: str) -> Occasion:
    """What a letter written by hand is most likely about: the handover that runs, the next
    absence with a substitute, the control that followed a departure; else nothing."""
    if kind == CustomerLetterKind.HANDOVER:
        rows = (
            Handover.objects.live().filter(account=account).select_related("from_user", "to_user")
        )
        return Occasion(handover=rows.order_by("-pk").first())
    if kind == CustomerLetterKind.ABSENCE:
        covers = Cover.objects.filter(account=account, absence__valid_to__gt=company_day())
        covers = covers.exclude(state__in=(CoverState.CANCELLED, CoverState.ENDED))
        rows = covers.select_related("absence__user", "substitute")
        return Occasion(cover=rows.order_by("absence__valid_from", "pk").first())
    if kind == CustomerLetterKind.DEPARTURE:
        rows = Control.objects.filter(account=account, ended_at=None)
        return Occasion(control=rows.select_related("director", "former", "departure").first())
    return Occasion()


def people_to_write(account: Account) -> list[Contact]:
    """Those with power; where nobody's power is known, everybody who can be reached by mail."""
    powerful = [one.contact for one in powerful_at(account)]
    if powerful:
        return powerful
    reached = Reach.objects.filter(kind=ReachKind.EMAIL, contact=OuterRef("contact"))
    rows = Position.objects.on(company_day()).filter(Exists(reached), account=account)
    return [row.contact for row in rows.select_related("contact") if row.contact.name]


def address_of(contact: Contact | None) -> str:
    if contact is None:
        return ""
    first = contact.reaches.filter(kind=ReachKind.EMAIL).values_list("value", flat=True).first()
    return first or ""


def language_of(account: Account, contact: Contact | None, company: Company | None = None) -> str:
    """Of the person, else of the account's country, else of the company."""
    company = company or Company.current()
    spoken = contact.languages if contact else []
    return rules.language_for(spoken, account.country, company.language, LANGUAGES)


def values_of(
    account: Account, contact: Contact | None, occasion: Occasion, language: str
) -> dict[str, str]:
    """What the fields say, in the letter's language; those without a word are left out."""
    old, new, begin, end = _change(account, occasion)
    profile = new and ManagerProfile.objects.filter(user=new).first()
    who = (contact.honorific or contact.name) if contact else ""
    with translation.override(language):
        values = {
            "account": account.name,
            "contact": contact.name if contact else account.name,
            "greeting": rules.greeting(language, who),
            "old_manager": old.name if old else "",
            "new_manager": new.name if new else "",
            "phone": profile.phone if profile else "",
            "email": new.email if new else "",
            "from_day": formats.day(begin, "long") if begin else "",
            "until_day": formats.day(end, "long") if end else "",
            "company": Company.current().name,
        }
    return {name: value for name, value in values.items() if value}


def _change(
    account: Account, occasion: Occasion
) -> tuple[User | None, User | None, dt.date | None, dt.date | None]:
    """Who answered, who answers, from and until which day."""
    if occasion.handover:
        row = occasion.handover
        return row.from_user, row.to_user, row.accepted_on or row.planned_for, None
    if occasion.cover:
        absence = occasion.cover.absence
        last = absence.valid_to - dt.timedelta(days=1)
        return absence.user, occasion.cover.substitute, absence.valid_from, last
    owner = account.assignments.owners().today().select_related("user").first()
    now = owner.user if owner else None
    if occasion.control:
        return occasion.control.former, occasion.control.director, occasion.control.valid_from, None
    if occasion.departure:
        left = occasion.departure.user
        return left, now if now != left else None, occasion.departure.last_day, None
    return None, now, None, None


def template_for(kind: str) -> CustomerLetterTemplate | None:
    return CustomerLetterTemplate.objects.filter(kind=kind).order_by("code").first()


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in this language, else in the company's, else any."""
    if texts.get(language, "").strip():
        return texts[language]
    return i18n.pick({code: text for code, text in texts.items() if text.strip()})


def why_not(letter: CustomerLetter, *, by_mail: bool = True) -> str:
    """A code of TROUBLES when it must not go now, else "". Asked on sending, whatever was then."""
    if letter.sent_by is None or not may_write(letter.account, letter.sent_by):
        return "rights"
    if by_mail and not address_now(letter):
        return "no_address"
    return _overtaken(letter)


def address_now(letter: CustomerLetter) -> str:
    """The address on the letter if it is still one of the person's, else the one they have now."""
    if letter.contact is None:
        return letter.address
    known = letter.contact.reaches.filter(kind=ReachKind.EMAIL).values_list("value", flat=True)
    folded = {value.casefold() for value in known}
    return letter.address if letter.address.casefold() in folded else address_of(letter.contact)


def _overtaken(letter: CustomerLetter) -> str:
    if letter.contact_id is not None:
        places = Position.objects.on(company_day()).filter(contact=letter.contact_id)
        if not places.filter(account=letter.account_id).exists():
            return "gone"
    if letter.kind == CustomerLetterKind.PULSE:
        pulse = letter.pulse
        if pulse is None or pulse.answered_at or pulse.dropped_at:
            return "expired"
    if letter.handover and letter.handover.state in (
        HandoverState.UNDONE, HandoverState.CANCELLED,
    ):  # fmt: skip
        return "overtaken"
    if letter.cover and letter.cover.state == CoverState.CANCELLED:
        return "overtaken"
    if letter.departure and letter.departure.cancelled_at:
        return "overtaken"
    return ""


def trouble_words(letter: CustomerLetter) -> str:
    """Why it did not go, as a sentence; "" when there is no trouble."""
    code, _colon, rest = letter.trouble.partition(":")
    if code == "refused":
        return _("The mail server refused it: %(answer)s") % {"answer": rest}
    return str(TROUBLES.get(code, letter.trouble))


def open_words(letter: CustomerLetter) -> str:
    """What still stands in braces, as a sentence; "" when nothing does."""
    names = rules.open_fields(letter.subject, letter.body)
    if not names:
        return ""
    words = ", ".join("{" + name + "}" for name in names)
    return _("Still open: %(fields)s. Write the words in their place.") % {"fields": words}
