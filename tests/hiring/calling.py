"""A calling list with people on it."""

import datetime as dt
import uuid

from django.utils import timezone

from hiring.commands import call as calls
from hiring.commands import call_list, reject_reason
from hiring.models import Call, CallEntry, CallList, RejectReason
from people.models import User
from tests.recruiting import add_reach, make_candidacy, make_candidate, make_vacancy


def make_list(actor: User, people: int = 3, **fields) -> CallList:
    """So many people with a phone, callable at any hour."""
    vacancy = fields.pop("vacancy", None) or make_vacancy("Key account manager")
    row = call_list.list_for(vacancy.pk, actor=actor)
    for name, value in {"quiet_from": 0, "quiet_to": 0, **fields}.items():
        setattr(row, name, value)
    row.save()
    add_people(row, people, actor=actor)
    return row


def add_people(row: CallList, people: int, *, actor: User, **fields) -> list[CallEntry]:
    ids = []
    for number in range(people):
        candidate = make_candidate(**fields)
        add_reach(candidate, f"+7 921 555-{number:02}-{candidate.pk % 100:02}", "phone")
        ids.append(make_candidacy(row.vacancy, candidate).pk)
    if ids:
        call_list.add_to_call_list(actor=actor, vacancy_id=row.vacancy_id, candidacy_ids=ids)
    CallEntry.objects.filter(list=row).update(due_at=timezone.now() - dt.timedelta(minutes=1))
    return list(CallEntry.objects.filter(candidacy__in=ids).order_by("pk"))


def say(actor: User, entry: CallEntry, outcome: str, **given) -> Call:
    return calls.log_call(
        actor=actor, key=given.pop("key", uuid.uuid4()), entry_id=entry.pk, outcome=outcome, **given
    )


def a_reason() -> int:
    reject_reason.install_reject_reasons()
    return RejectReason.objects.get(code="stays").pk
