"""What has no day of its own: rhythms due, silences, holes, facts to confirm."""

import datetime as dt
from collections import defaultdict

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Account, Contact, ContactRole, FieldSettings, Position
from accounts.queries.cadence import (
    CadenceNow,
    Standing,
    agreed_at,
    cadences_of,
    people_cadences,
    tier_of,
)
from accounts.queries.confirm import ToConfirm
from common import formats
from kpi.queries.start import places
from kpi.queries.start.silences import SilentAccount
from kpi.queries.week.book import Book
from kpi.queries.week.parts import Line
from kpi.rules.week import MINUTES, Claim

LOOKED_AT = 40  # the largest accounts are looked through for holes


def cadence_lines(book: Book, today: dt.date, settings: FieldSettings) -> list[Line]:
    """Accounts and people whose rhythm is due and who have no meeting planned; two queries."""
    by_id = {account.pk: account for account in book.accounts}
    agreed = list(agreed_at(list(by_id), today))
    now_of = cadences_of(book.accounts, today, settings, agreed)
    found = [now for now in now_of.values() if _is_due(now, today)]
    met = [now for now in found if now.last_on]
    people = [now for now in people_cadences(list(by_id), today, agreed) if _is_due(now, today)]
    lines = [_cadence_line(now, by_id[now.account_id], book, today) for now in [*met, *people]]
    never = [by_id[now.account_id] for now in found if now.last_on is None]
    return [*lines, *_never_line(never, book)]


def _is_due(now: CadenceNow, today: dt.date) -> bool:
    is_arranged = now.next_on is not None and today <= now.next_on
    return now.standing == Standing.DUE and not is_arranged


def _cadence_line(now: CadenceNow, account: Account, book: Book, today: dt.date) -> Line:
    person = now.contact
    name = f"cadence:{now.account_id}" if person is None else f"contact:{person.pk}"
    key = name if person is None else f"contact:{person.pk}-{now.account_id}"
    return Line(
        key=key, kind="cadence", sentence=_cadence_words(now, account, today),
        reasons=[_rhythm_words(now, account)], icon="repeat",
        claim=Claim("cadence", book.share(account.pk), MINUTES["cadence"]),
        url=places.account(account.pk), account=account, stake=book.stake(account.pk),
        title=_("Contact %(name)s") % {"name": person.name if person else account.name},
        cause=name, log_url=book.log_url(account.pk),
    )  # fmt: skip


def _cadence_words(now: CadenceNow, account: Account, today: dt.date) -> str:
    if now.last_on is None:
        words = _("%(person)s at %(account)s has not been met yet.")
        return words % {"person": now.contact.name, "account": account.name}
    days = (today - now.last_on).days
    if now.contact:
        return ngettext(
            "Last spoke with %(person)s at %(account)s %(n)s day ago.",
            "Last spoke with %(person)s at %(account)s %(n)s days ago.",
            days,
        ) % {"person": now.contact.name, "account": account.name, "n": days}
    return ngettext(
        "Last spoke with %(account)s %(n)s day ago.",
        "Last spoke with %(account)s %(n)s days ago.",
        days,
    ) % {"account": account.name, "n": days}


def _rhythm_words(now: CadenceNow, account: Account) -> str:
    if now.is_agreed:
        words = ngettext("agreed: every %(n)s day", "agreed: every %(n)s days", now.every)
        return words % {"n": now.every}
    words = ngettext(
        "tier %(tier)s is met every %(n)s day", "tier %(tier)s is met every %(n)s days", now.every
    )
    return words % {"tier": tier_of(account), "n": now.every}


def _never_line(accounts: list[Account], book: Book) -> list[Line]:
    """Accounts without any contact written down make one line, however many they are."""
    if not accounts:
        return []
    first = accounts[0]
    words = _never_words([account.name for account in accounts])
    return [
        Line(
            key=f"never:{first.pk}", kind="never", sentence=words,
            reasons=[_("log the last talk you remember")], icon="chat-left-text",
            claim=Claim("never", book.share(first.pk), MINUTES["never"]),
            url=places.account(first.pk), account=first, stake=book.stake(first.pk),
            title=_("Contact %(name)s") % {"name": first.name}, cause=f"cadence:{first.pk}",
            log_url=book.log_url(first.pk),
        )
    ]  # fmt: skip


def _never_words(names: list[str]) -> str:
    first, *others = names
    if not others:
        return _("No talk with %(account)s is written down yet.") % {"account": first}
    if len(others) == 1:
        words = _("No talk with %(one)s and %(other)s is written down yet.")
        return words % {"one": first, "other": others[0]}
    return ngettext(
        "No talk with %(account)s and %(n)s other is written down yet.",
        "No talk with %(account)s and %(n)s others is written down yet.",
        len(others),
    ) % {"account": first, "n": formats.number(len(others))}


def silent_lines(found: list[SilentAccount], book: Book) -> list[Line]:
    """Accounts that have not ordered for unusually long."""
    return [
        Line(
            key=f"silent:{item.account.pk}", kind="silent", sentence=item.sentence,
            reasons=[item.evidence], icon="hourglass-split",
            claim=Claim("silent", book.share(item.account.pk), MINUTES["silent"]),
            url=places.account(item.account.pk), account=item.account,
            stake=book.stake(item.account.pk), cause=f"silent:{item.account.pk}",
            title=_("Ask %(name)s why no order comes") % {"name": item.account.name},
            log_url=book.log_url(item.account.pk),
        )
        for item in found
    ]  # fmt: skip


def hole_lines(book: Book, today: dt.date, planned: set[str]) -> list[Line]:
    """Places nobody by name holds, one line an account; two queries for all of them."""
    looked_at = {account.pk: account for account in book.accounts[:LOOKED_AT]}
    held: dict[int, set[int]] = defaultdict(set)
    rows = Position.objects.on(today).filter(account__in=looked_at, contact__in=_named())
    for account_id, role_id in rows.values_list("account", "role"):
        held[account_id].add(role_id)
    roles = list(ContactRole.objects.all())
    lines = []
    for pk, account in looked_at.items():
        if pk not in held:
            continue  # nobody is known there at all: the first talk comes before holes
        wanted = [role for role in roles if tier_of(account) in role.required_in]
        missing = [
            role for role in wanted
            if role.pk not in held[pk] and f"{pk}:hole:{role.code}" not in planned
        ]  # fmt: skip
        if missing:
            lines.append(_hole_line(account, missing, len(wanted), book))
    return lines


def _named() -> QuerySet[Contact]:
    return Contact.objects.present().known().values("pk")


def _hole_line(account: Account, missing: list[ContactRole], wanted: int, book: Book) -> Line:
    words = {"role": missing[0].name, "account": account.name}
    known = wanted - len(missing)
    reason = ngettext(
        "%(known)s of %(n)s role is known", "%(known)s of %(n)s roles are known", wanted
    ) % {"known": known, "n": wanted}
    return Line(
        key=f"hole:{account.pk}", kind="hole",
        sentence=_("Nobody is known at %(account)s as: %(role)s.") % words,
        reasons=[reason], icon="person-plus",
        claim=Claim("hole", book.share(account.pk), MINUTES["hole"]),
        url=places.account(account.pk), account=account, stake=book.stake(account.pk),
        title=_("Find out at %(account)s who is: %(role)s") % words,
        cause=f"hole:{missing[0].code}",
    )  # fmt: skip


def confirm_line(found: list[ToConfirm], number: int, book: Book) -> list[Line]:
    """All facts that want confirming as one line, confirmed in it one by one."""
    if not found:
        return []
    words = ngettext(
        "%(n)s fact about people is old; one tap confirms it.",
        "%(n)s facts about people are old; one tap confirms each.",
        number,
    ) % {"n": formats.number(number)}
    try:
        url = reverse("accounts:confirm_page")
    except NoReverseMatch:
        url = places.account(found[0].account.pk)
    return [
        Line(
            key="confirm:0", kind="confirm", sentence=words, reasons=[found[0].sentence],
            claim=Claim("confirm", book.share(found[0].account.pk), MINUTES["confirm"]),
            icon="person-check", url=url, items=found, is_movable=False,
        )
    ]  # fmt: skip
