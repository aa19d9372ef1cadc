"""Warnings, answers and pauses that addresses are about."""

import datetime as dt
from itertools import count

from kpi.models import AgreedPause, Alert, AlertAnswer
from people.models import User, company_day
from tests.cast import Cast, make_account

numbers = count(1)


def make_alert(owner: User, name: str = "", **fields) -> Alert:
    day = company_day()
    values = {
        "cause": "rhythm", "level": "red", "since": day - dt.timedelta(days=60), "seen_on": day,
        "raised_on": day - dt.timedelta(days=20), "red_on": day - dt.timedelta(days=10),
        "data": {"usual": 14, "orders": 20, "expected": 0, "basis": "year"},
    }  # fmt: skip
    account = make_account(name or f"Warned {next(numbers)}", owner=owner)
    return Alert.objects.create(account=account, **{**values, **fields})


def alert(cast: Cast, owner: User) -> dict:
    return {"pk": make_alert(owner).pk}


def alert_answer(cast: Cast, owner: User) -> dict:
    made = AlertAnswer.objects.create(
        alert=make_alert(owner), verb="lost", reason="price", actor=owner
    )
    return {"pk": made.pk}


def agreed_pause(cast: Cast, owner: User) -> dict:
    day = company_day()
    made = AgreedPause.objects.create(
        account=make_account(f"Paused {next(numbers)}", owner=owner), by=owner, reason="access",
        valid_from=day, valid_to=day + dt.timedelta(days=9),
    )  # fmt: skip
    return {"pk": made.pk}


MAKERS = {"agreed_pause": agreed_pause, "alert": alert, "alert_answer": alert_answer}
