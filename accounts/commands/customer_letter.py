"""Letters to customers: drafted by the program, read over by a person, sent or printed by them."""

import json
from collections.abc import Iterable
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import CustomerLetterState as State
from accounts.commands import customer_letter_send as sending
from accounts.models import (
    Account,
    Contact,
    Control,
    Cover,
    CustomerLetter,
    CustomerLetterTemplate,
    Handover,
    Pulse,
)
from accounts.queries import customer_letter as queries
from accounts.queries.customer_letter import Occasion
from accounts.rules import customer_letter as rules
from common.errors import RuleBroken
from common.jobs import enqueue
from common.merge_fields import one_line
from people import verbs
from people.commands import record
from people.models import Departure, User

STARTING_SET = Path(__file__).parent.parent / "customer_letters.json"

verbs.register(
    {
        "account.letters_drafted": gettext_lazy("Letters to the customer were drafted"),
        "account.letter_edited": gettext_lazy("A letter to the customer was changed"),
        "account.letter_queued": gettext_lazy("A letter to the customer was let go"),
        "account.letter_taken_back": gettext_lazy("A letter to the customer was taken back"),
        "account.letter_printed": gettext_lazy("A letter to the customer was printed and posted"),
        "account.letter_discarded": gettext_lazy("A letter to the customer was put away"),
    }
)


class Conflict(RuleBroken):
    """Somebody changed the letter first; `letter` is what stands now."""

    def __init__(self, letter: CustomerLetter):
        super().__init__(_("Somebody else has changed this letter since you opened it."))
        self.letter = letter


@transaction.atomic
def install_customer_letters() -> int:
    """Bring a template of each kind in four languages; those there are keep their own words.

    Returns how many were new.
    """
    known = set(CustomerLetterTemplate.objects.values_list("code", flat=True))
    rows = json.loads(STARTING_SET.read_text(encoding="utf-8"))
    fresh = [CustomerLetterTemplate(**row) for row in rows if row["code"] not in known]
    CustomerLetterTemplate.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def draft_letters(
    *,
    actor: User | None,
    account: Account,
    kind: str,
    people: Iterable[Contact] | None = None,
    handover: Handover | None = None,
    control: Control | None = None,
    cover: Cover | None = None,
    departure: Departure | None = None,
) -> list[CustomerLetter]:
    """One draft a person, each in their language; nothing goes before somebody has read it.

    `people` None: those with power. With nobody to write to one draft is addressed to the house.
    What was drafted for the same person and occasion before is returned as it stands. `actor` None:
    the system. RuleBroken when the actor may not write for this account.
    """
    _ask(account, actor)
    occasion = Occasion(handover, control, cover, departure)
    chosen = queries.people_to_write(account) if people is None else list(people)
    template = template_of(kind)
    found, fresh = [], []
    for contact in chosen or [None]:
        known = _known(account, kind, contact, occasion)
        letter = known or drafted(account, template, contact, occasion, actor=actor)
        found.append(letter)
        if known is None:
            fresh.append(letter)
    if fresh:
        record(
            actor=actor, verb="account.letters_drafted", target=account, kind=kind,
            letters=[letter.pk for letter in fresh],
        )  # fmt: skip
    return found


def _ask(account: Account, actor: User | None) -> None:
    if actor is not None and not queries.may_write(account, actor):
        raise RuleBroken(_("Letters to a customer are written by its manager or a director."))


def template_of(kind: str) -> CustomerLetterTemplate:
    template = queries.template_for(kind)
    if template is None:
        install_customer_letters()
        template = queries.template_for(kind)
    if template is None:
        raise RuleBroken(_("There is no template of this kind."))
    return template


def _known(
    account: Account, kind: str, contact: Contact | None, occasion: Occasion
) -> CustomerLetter | None:
    """Of the same occasion, unless somebody put it away; without an occasion each is new."""
    keys = occasion.keys
    if not any(keys.values()):
        return None
    rows = CustomerLetter.objects.filter(account=account, kind=kind, contact=contact, **keys)
    return rows.exclude(state=State.STOPPED).order_by("pk").first()


def drafted(
    account: Account,
    template: CustomerLetterTemplate,
    contact: Contact | None,
    occasion: Occasion,
    *,
    actor: User | None,
    pulse: Pulse | None = None,
) -> CustomerLetter:
    """A draft with what is known filled in."""
    language = queries.language_of(account, contact)
    values = queries.values_of(account, contact, occasion, language)
    subject = rules.fill(queries.in_language(template.subjects, language), values)
    body = rules.fill(queries.in_language(template.bodies, language), values)
    return CustomerLetter.objects.create(
        account=account, contact=contact, kind=template.kind, language=language, pulse=pulse,
        address=queries.address_of(contact), subject=one_line(subject), body=body,
        written_by=actor, **occasion.keys,
    )  # fmt: skip


def locked(letter_id: int, *, actor: User) -> CustomerLetter:
    """CustomerLetter.DoesNotExist when the actor may not write for its account (any more)."""
    rows = CustomerLetter.objects.writable_by(actor).select_for_update(of=("self",))
    return rows.select_related("account", "contact").get(pk=letter_id)


@transaction.atomic
def edit_letter(
    *, actor: User, letter_id: int, version: int, subject: str, body: str, address: str = ""
) -> CustomerLetter:
    """Change a draft. Conflict when somebody else did since `version`."""
    letter = locked(letter_id, actor=actor)
    if letter.state != State.DRAFT:
        raise RuleBroken(_("Only a draft can be changed; take the letter back first."))
    values = _checked(subject, body, address)
    changed = [name for name, value in values.items() if getattr(letter, name) != value]
    if not changed:
        return letter
    if letter.version != version:
        raise Conflict(letter)
    for name in changed:
        setattr(letter, name, values[name])
    _save(letter, *changed)
    record(actor=actor, verb="account.letter_edited", target=letter.account, letter=letter.pk)
    return letter


def _checked(subject: str, body: str, address: str) -> dict[str, str]:
    subject = one_line(subject)
    body = body.replace("\x00", "").replace("\r\n", "\n").strip()
    address = address.strip()
    if not subject or not body:
        raise RuleBroken(_("A letter needs a subject and a text."))
    unknown = rules.unknown_fields(subject, body)
    if unknown:
        raise RuleBroken(
            _("Unknown field: %(field)s. The fields are listed beside the text.")
            % {"field": "{" + unknown[0] + "}"}
        )
    if address:
        try:
            validate_email(address)
        except ValidationError as error:
            raise RuleBroken(_("This is no e-mail address.")) from error
    return {"subject": subject, "body": body, "address": address}


@transaction.atomic
def send_letter(*, actor: User, letter_id: int, version: int | None = None) -> CustomerLetter:
    """Let a draft go by mail. RuleBroken while words are open or nobody is reached by mail.

    Rights, the address and whether what it says still holds are asked again when it goes.
    """
    letter = locked(letter_id, actor=actor)
    if letter.state in (State.QUEUED, State.SENT):
        return letter  # a second click
    if version is not None and letter.version != version:
        raise Conflict(letter)
    _ask_move(letter, State.QUEUED)
    if words := queries.open_words(letter):
        raise RuleBroken(words)
    letter.sent_by = actor
    letter.address = queries.address_now(letter)
    if trouble := queries.why_not(letter):
        raise RuleBroken(str(queries.TROUBLES[trouble]))
    letter.state, letter.trouble, letter.sent_at = State.QUEUED, "", None
    _save(letter, "state", "trouble", "sent_at", "sent_by", "address")
    record(actor=actor, verb="account.letter_queued", target=letter.account, letter=letter.pk)
    enqueue(
        "accounts.jobs.send_customer_letter", key=f"customer-letter:{letter.pk}:{letter.version}",
        letter_id=letter.pk,
    )  # fmt: skip
    return letter


@transaction.atomic
def send_letters(*, actor: User, versions: dict[int, int]) -> int:
    """All of these drafts ({letter: version}), or none: RuleBroken names the first that cannot."""
    for pk in sorted(versions):
        try:
            send_letter(actor=actor, letter_id=pk, version=versions[pk])
        except RuleBroken as broken:
            letter = CustomerLetter.objects.select_related("contact", "account").get(pk=pk)
            words = _("%(who)s: %(why)s")
            who = letter.contact.name if letter.contact else letter.account.name
            raise RuleBroken(words % {"who": who, "why": broken}) from broken
    return len(versions)


@transaction.atomic
def mark_printed(*, actor: User, letter_id: int) -> CustomerLetter:
    """Printed and posted by hand: it counts as sent and stands on the account's timeline."""
    letter = locked(letter_id, actor=actor)
    if letter.state == State.PRINTED:
        return letter
    _ask_move(letter, State.PRINTED)
    if words := queries.open_words(letter):
        raise RuleBroken(words)
    letter.sent_by = actor
    if trouble := queries.why_not(letter, by_mail=False):
        raise RuleBroken(str(queries.TROUBLES[trouble]))
    letter.state, letter.trouble, letter.sent_at = State.PRINTED, "", timezone.now()
    _save(letter, "state", "trouble", "sent_at", "sent_by")
    record(actor=actor, verb="account.letter_printed", target=letter.account, letter=letter.pk)
    sending.put_on_timeline(letter)
    return letter


@transaction.atomic
def discard_letter(*, actor: User, letter_id: int) -> CustomerLetter:
    """It will not be sent; `draft_again` brings it back."""
    letter = locked(letter_id, actor=actor)
    if letter.state != State.DRAFT:
        raise RuleBroken(_("Only a draft can be put away."))
    letter.state, letter.trouble = State.STOPPED, "discarded"
    _save(letter, "state", "trouble")
    record(actor=actor, verb="account.letter_discarded", target=letter.account, letter=letter.pk)
    return letter


@transaction.atomic
def draft_again(*, actor: User, letter_id: int) -> CustomerLetter:
    """Back to a draft: before a worker took it, after it was stopped, or marked by mistake."""
    letter = locked(letter_id, actor=actor)
    if letter.state == State.DRAFT:
        return letter
    _ask_move(letter, State.DRAFT)
    if letter.state == State.QUEUED:
        free = CustomerLetter.objects.waiting().filter(pk=letter.pk)
        if not free.update(state=State.DRAFT):
            raise RuleBroken(_("This letter has gone already."))
    if letter.state == State.PRINTED:
        sending.take_off_timeline(letter, actor=actor)
    letter.state, letter.trouble, letter.sent_at = State.DRAFT, "", None
    _save(letter, "state", "trouble", "sent_at")
    record(actor=actor, verb="account.letter_taken_back", target=letter.account, letter=letter.pk)
    return letter


def _ask_move(letter: CustomerLetter, wanted: str) -> None:
    if not rules.may_become(letter.state, wanted):
        words = {
            State.SENT: _("This letter has gone already."),
            State.QUEUED: _("This letter is about to go; take it back first."),
            State.STOPPED: _("This letter was put away or stopped; make it a draft again first."),
            State.PRINTED: _("This letter was printed and posted already."),
        }
        raise RuleBroken(words[State(letter.state)])


def _save(letter: CustomerLetter, *fields: str) -> None:
    letter.version += 1
    letter.save(update_fields=[*fields, "version"])
