"""Observe, confirm and take back facts about people. Rows are only ever added."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.choices import AccountStatus, Confidence, Fact
from accounts.models import Account, Contact, Observation, Touchpoint
from accounts.queries.facts import newest_of
from accounts.rules import facts as rule
from common.errors import RuleBroken
from people import verbs
from people.commands import record
from people.models import User


def _about(sentence) -> verbs.Sentence:
    """A sentence with the person and the kind of fact; never the value, which is personal."""

    def say(data: dict) -> str:
        known = data.get("fact") in Fact.values
        words = Fact(data["fact"]).label if known else _("fact")
        return str(sentence) % {"name": data.get("name") or _("name unknown"), "fact": words}

    return say


verbs.register(
    {
        "fact.observed": _about(gettext_lazy("Observed about %(name)s: %(fact)s")),
        "fact.confirmed": _about(gettext_lazy("Confirmed about %(name)s: %(fact)s")),
        "fact.forgotten": _about(gettext_lazy("Not known any more about %(name)s: %(fact)s")),
        "fact.retracted": _about(gettext_lazy("Taken back about %(name)s: %(fact)s")),
        "fact.restored": _about(gettext_lazy("Put back about %(name)s: %(fact)s")),
    }
)


@transaction.atomic
def observe(
    *,
    actor: User,
    account_id: int,
    contact_id: int,
    fact: str,
    value: str,
    day: dt.date | None = None,
    evidence: Touchpoint | None = None,
    confidence: int = Confidence.LIKELY,
    colleague: User | None = None,
) -> Observation:
    """What somebody saw or heard on a day: that of the evidence, or else today.

    Account or Contact.DoesNotExist when they are not the actor's to write about.
    """
    account = Account.objects.editable_by(actor).get(pk=account_id)
    contact = Contact.objects.present().filter(positions__account=account).distinct()
    contact = contact.get(pk=contact_id)
    value = value.strip()
    day = day or (timezone.localdate(evidence.at) if evidence else timezone.localdate())
    _check(account, fact, value, day, evidence, colleague)
    row = Observation.objects.create(
        account=account,
        contact=contact,
        fact=fact,
        value=value,
        day=day,
        evidence=evidence,
        confidence=Confidence(confidence),
        colleague=colleague,
        author=actor,
    )
    _record(row, actor, "fact.observed" if value else "fact.forgotten")
    return row


def _check(
    account: Account,
    fact: str,
    value: str,
    day: dt.date,
    evidence: Touchpoint | None,
    colleague: User | None,
) -> None:
    if account.status == AccountStatus.MERGED:
        raise RuleBroken(_("This account has been merged into another; write there."))
    if not rule.is_value(fact, value):
        raise RuleBroken(_("Choose one of the values. Nothing was recorded."))
    if day > timezone.localdate():
        raise RuleBroken(_("What was observed has a day in the past. Nothing was recorded."))
    if colleague is not None and not rule.may_be_of_colleague(fact):
        raise RuleBroken(_("This fact is the same for all of us. Nothing was recorded."))
    if evidence is not None and evidence.account_id != account.pk:
        raise Touchpoint.DoesNotExist


@transaction.atomic
def confirm(*, actor: User, observation_id: int, evidence: Touchpoint | None = None) -> Observation:
    """It still holds: a new row with today's day. A second tap on the same day adds nothing."""
    row = _locked(observation_id, actor=actor)
    now = _newest(row)
    today = timezone.localdate(evidence.at) if evidence else timezone.localdate()
    if now is not None and now.confirms_id == row.pk and now.author_id == actor.pk:
        return now
    if now is None or now.pk != row.pk:
        raise RuleBroken(_("Somebody has recorded something newer. Look at it first."))
    if not row.value:
        raise RuleBroken(_("There is nothing to confirm: it is not known."))
    _check(row.account, row.fact, row.value, today, evidence, row.colleague)
    again = Observation.objects.create(
        account=row.account,
        contact=row.contact,
        fact=row.fact,
        value=row.value,
        colleague=row.colleague,
        day=max(today, row.day),
        evidence=evidence,
        confidence=row.confidence,
        confirms=row,
        author=actor,
    )
    _record(again, actor, "fact.confirmed")
    return again


@transaction.atomic
def forget(*, actor: User, observation_id: int) -> Observation:
    """It is not known any more: a new row with an empty value."""
    row = _locked(observation_id, actor=actor)
    now = _newest(row)
    if now is None or now.pk != row.pk:
        raise RuleBroken(_("Somebody has recorded something newer. Look at it first."))
    return observe(
        actor=actor,
        account_id=row.account_id,
        contact_id=row.contact_id,
        fact=row.fact,
        value="",
        colleague=row.colleague,
    )


@transaction.atomic
def retract(*, actor: User, observation_id: int) -> Observation:
    """Take a slip back; of a row that takes another back: put that one back.

    What was put back is taken back again by a new row about the first one.
    """
    row = _locked(observation_id, actor=actor)
    undoes = row.retracts
    if undoes is not None and undoes.retracts_id is not None:
        raise RuleBroken(_("This has been settled already."))
    if not _stands(row):
        raise RuleBroken(_("This has been taken back already."))
    back = Observation.objects.create(
        account=row.account,
        contact=row.contact,
        fact=row.fact,
        value=row.value,
        colleague=row.colleague,
        day=row.day,
        confidence=row.confidence,
        retracts=row,
        author=actor,
    )
    _record(back, actor, "fact.restored" if undoes else "fact.retracted")
    return back


def _locked(observation_id: int, *, actor: User) -> Observation:
    rows = Observation.objects.editable_by(actor).select_for_update(of=("self",))
    rows = rows.select_related("account", "contact", "retracts")
    return rows.get(pk=observation_id)


def _stands(row: Observation) -> bool:
    rows = Observation.objects.filter(pk=row.pk)
    return (rows.retractions() if row.retracts_id else rows.standing()).exists()


def _newest(row: Observation) -> Observation | None:
    return newest_of(
        account_id=row.account_id,
        contact_id=row.contact_id,
        fact=row.fact,
        colleague_id=row.colleague_id,
    )


def _record(row: Observation, actor: User, verb: str) -> None:
    record(
        actor=actor,
        verb=verb,
        target=row.account,
        name=row.contact.name,
        contact=row.contact_id,
        fact=row.fact,
        observation=row.pk,
    )
