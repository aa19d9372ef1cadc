"""One question to people of the customer's after a handover, answered by a link of their own."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import CustomerLetterKind, CustomerLetterState, HandoverState, ReachKind
from accounts.commands import customer_letter as letters
from accounts.commands import task as tasks
from accounts.models import Account, Contact, Handover, Position, Pulse, Reach
from accounts.queries import customer_letter as queries
from accounts.queries import watch_notices as notices
from accounts.queries.customer_letter import Occasion
from accounts.queries.gate import director_for
from accounts.queries.power import powerful_at
from accounts.rules import pulse as rules
from common import tokens
from common.errors import RuleBroken
from people import verbs
from people.commands import record, tell
from people.models import Company, User, company_day

verbs.register(
    {
        "account.pulse_asked": gettext_lazy("The customer is to be asked one question"),
        "account.pulse_chosen": gettext_lazy("Who is asked one question was changed"),
        "account.pulse_answered": gettext_lazy("The customer answered: %(answer)s of 5"),
    }
)


@transaction.atomic
def ask_pulse(handover: Handover, day: int, *, actor: User | None = None) -> list[Pulse]:
    """Drafts of the question to up to three people of power; `day` is the day of the watch.

    Asked of the same handover and day before: those rows. The drafts wait for somebody to read
    them; the new manager and the director are told.
    """
    known = list(handover.pulses.filter(day=day))
    if known:
        return known
    chosen = _proposed(handover.account)
    found = [_ask(handover, day, contact, actor=actor) for contact in chosen]
    if found:
        record(actor=actor, verb="account.pulse_asked", target=handover.account, day=day)
        for user in told_of(handover):
            cause = f"handover:{handover.pk}:pulse:{day}"
            tell(user=user, kind=notices.PULSE_READY, target=handover, cause=cause)
    return found


def _proposed(account: Account) -> list[Contact]:
    """The most powerful; those an e-mail reaches first."""
    people = [one.contact for one in powerful_at(account)]
    ids = [contact.pk for contact in people]
    mails = Reach.objects.filter(kind=ReachKind.EMAIL, contact__in=ids)
    reached = set(mails.values_list("contact", flat=True))
    return sorted(people, key=lambda contact: contact.pk not in reached)[: rules.MOST_ASKED]


def _ask(handover: Handover, day: int, contact: Contact, *, actor: User | None) -> Pulse:
    seed = tokens.new_seed()
    pulse, made = Pulse.objects.get_or_create(
        handover=handover, contact=contact, day=day,
        defaults={
            "seed": seed,
            "digest": tokens.digest(tokens.derive(rules.PURPOSE, seed)),
            "language": queries.language_of(handover.account, contact),
            "expires_at": timezone.now() + rules.OPEN,
        },
    )  # fmt: skip
    if not made and pulse.dropped_at:
        pulse.dropped_at = None
        pulse.save(update_fields=["dropped_at"])
    live = pulse.letters.exclude(state=CustomerLetterState.STOPPED)
    if not live.exists():
        template = letters.template_of(CustomerLetterKind.PULSE)
        occasion = Occasion(handover=handover)
        letters.drafted(handover.account, template, contact, occasion, actor=actor, pulse=pulse)
    return pulse


@transaction.atomic
def choose_pulse_people(
    *, actor: User, handover_id: int, day: int, contact_ids: Iterable[int]
) -> list[Pulse]:
    """Other people are asked. Whoever was written to already stays asked."""
    handover = Handover.objects.select_for_update(of=("self",)).select_related("account").get(
        pk=handover_id
    )  # fmt: skip
    if not queries.may_write(handover.account, actor):
        raise RuleBroken(_("The customer is asked by the account's manager or a director."))
    if handover.state not in (HandoverState.WATCH, HandoverState.CLOSED):
        raise RuleBroken(_("The customer is asked after the handover was accepted."))
    wanted = set(contact_ids)
    there = Position.objects.on(company_day()).filter(account=handover.account_id)
    people = Contact.objects.filter(pk__in=wanted & set(there.values_list("contact", flat=True)))
    if people.count() != len(wanted):
        raise Contact.DoesNotExist
    kept = 0
    for pulse in handover.pulses.filter(day=day, dropped_at=None).exclude(contact__in=wanted):
        drafts = pulse.letters.filter(state=CustomerLetterState.DRAFT)
        if pulse.letters.exclude(state__in=("draft", "stopped")).exists() or pulse.answered_at:
            kept += 1
            continue
        drafts.update(state=CustomerLetterState.STOPPED, trouble="discarded")
        pulse.dropped_at = timezone.now()
        pulse.save(update_fields=["dropped_at"])
    if not 0 < len(wanted) + kept <= rules.MOST_ASKED:
        raise RuleBroken(_("Choose one to %(most)s people.") % {"most": rules.MOST_ASKED})
    found = [_ask(handover, day, contact, actor=actor) for contact in people.order_by("pk")]
    record(actor=actor, verb="account.pulse_chosen", target=handover.account, day=day)
    return found


def open_pulse(token: str, now: dt.datetime) -> Pulse | None:
    """Whose link it is; None when it is wrong, too old or withdrawn."""
    rows = Pulse.objects.select_related("handover__account", "handover__to_user", "contact")
    pulse = rows.filter(digest=tokens.digest(token), dropped_at=None).first()
    if (
        pulse is None
        or not rules.is_open(pulse.expires_at, now)
        or pulse.handover.state in ("undone", "cancelled")
    ):
        return None
    return pulse


@transaction.atomic
def answer_pulse(
    token: str, answer: int | None, comment: str | None = None, *, now: dt.datetime | None = None
) -> Pulse:
    """1 to 5, and words; what is None stays as it was. Pulse.DoesNotExist for no living link."""
    now = now or timezone.now()
    found = open_pulse(token, now)
    if found is None:
        raise Pulse.DoesNotExist
    rows = Pulse.objects.select_for_update(of=("self",))
    pulse = rows.select_related("handover__account", "handover__to_user").get(pk=found.pk)
    if not rules.may_change(pulse.answered_at, now):
        raise RuleBroken(_("Your answer was given more than a day ago and stays as it is."))
    if answer is not None and answer not in rules.ANSWERS:
        raise RuleBroken(_("Choose a number from 1 to 5."))
    if answer is None and pulse.answer is None:
        raise RuleBroken(_("Choose a number from 1 to 5."))
    was = pulse.answer
    if answer is not None:
        pulse.answer = answer
    if comment is not None:
        pulse.comment = comment.replace("\x00", "").strip()[: rules.LONGEST_COMMENT]
    pulse.answered_at = pulse.answered_at or now
    pulse.save(update_fields=["answer", "comment", "answered_at"])
    if pulse.answer != was:
        _react(pulse)
    return pulse


def _react(pulse: Pulse) -> None:
    handover = pulse.handover
    record(
        actor=None, verb="account.pulse_answered", target=handover.account, pulse=pulse.pk,
        answer=pulse.answer,
    )  # fmt: skip
    for user in told_of(handover):
        cause = f"pulse:{pulse.pk}:answer:{pulse.answer}"
        tell(user=user, kind=notices.PULSE_ANSWERED, target=pulse, cause=cause)
    if rules.is_low(pulse.answer):
        _make_task(pulse)


def _make_task(pulse: Pulse) -> None:
    """To whoever answers for the account now, today, whatever happened to the new manager."""
    account = pulse.handover.account
    owner = account.assignments.owners().today().select_related("user").first()
    user = owner.user if owner and owner.user.is_active else director_for(account)
    if user is None:
        return
    with translation.override(user.language or Company.current().language):
        who = pulse.contact.name if pulse.contact else account.name
        title = _("Call %(who)s: a low answer, %(answer)s of 5") % {
            "who": who, "answer": pulse.answer,
        }  # fmt: skip
    tasks.create_task(
        actor=user, owner=user, account_id=account.pk, title=title, due=company_day(),
        contact_id=pulse.contact_id, cause=f"pulse:{pulse.pk}",
    )  # fmt: skip


def told_of(handover: Handover) -> list[User]:
    """The new manager and the director whom the account concerns."""
    director = director_for(handover.account, handover.to_user_id)
    people = [handover.to_user, *([director] if director else [])]
    return list({user.pk: user for user in people if user.is_active}.values())
