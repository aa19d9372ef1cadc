"""A year and a half of meetings, calls and letters at a rhythm that fits the tier."""

import datetime as dt

import numpy as np

from kpi.demo.company import FASTENERS, AccountPlan
from kpi.demo.field import PersonPlan, TouchPlan
from kpi.demo.field.names import pick
from kpi.demo.field.talk import INFORMAL, TALK
from kpi.demo.people import PEOPLE, SERVES, TEAMS

PERSON = {person.key: person for person in PEOPLE}
ASSISTANT = {manager: key for key, managers in SERVES.items() for manager in managers}
EVERY = (9.0, 22.0, 75.0)  # days between touchpoints, by importance
REACH = (540, 450, 300)
CHANNELS = ("call", "mail", "meeting", "video", "message", "informal", "event")
ODDS = (0.36, 0.25, 0.2, 0.08, 0.06, 0.03, 0.02)
MINUTES = {"call": (5, 25), "meeting": (45, 120), "video": (25, 60), "informal": (60, 150), "event": (90, 240)}  # fmt: skip
TONES, TONE_ODDS = (-1, 0, 1), (0.14, 0.5, 0.36)
LATE, QUIET = 0.13, 0.17  # share told late; share without a word


def owner_on(plan: AccountPlan, ago: int) -> str:
    """Who answered for the customer that many days ago: before its owner came, the team's lead."""
    person = PERSON[plan.owner]
    since = min(plan.owner_since or 10_000, person.joined_days_ago)
    return plan.owner if ago < since else TEAMS[person.team][1]


def writes(key: str) -> str:
    """The language in which somebody of ours writes notes."""
    person = PERSON[key]
    return person.language if person.language in TALK else {"east": "ru", "south": "it"}.get(person.team, "en")  # fmt: skip


def plan_touches(rng: np.random.Generator, plan: AccountPlan, people: list[PersonPlan], importance: int, today: dt.date) -> list[TouchPlan]:  # fmt: skip
    """In order of time; whoever leaves us is spoken to less and less, and then not at all."""
    begin = min(REACH[importance], plan.began)
    stop = max(plan.ended - 20, 1) if plan.ended > 100 else 1
    every = EVERY[importance] * float(rng.uniform(0.8, 1.4))
    ago, rows = float(begin), []
    while True:
        ago -= max(1.0, float(rng.gamma(2.2, every / 2.2)))
        day = _workday(today, int(ago))
        if day < stop:
            break
        touch = _touch(rng, plan, people, day)
        if touch:
            rows.append(touch)
    return rows


def plan_ahead(rng: np.random.Generator, plan: AccountPlan, people: list[PersonPlan], importance: int, today: dt.date) -> list[TouchPlan]:  # fmt: skip
    """What stands in the diaries of this week and the next; a few wait to be told."""
    if plan.ended > 100 or rng.random() > (0.8, 0.4, 0.05)[importance]:
        return []
    rows = [_planned(rng, plan, people, -int(rng.integers(0, 12)), today)]
    if importance == 0 and rng.random() < 0.2:
        rows.append(_planned(rng, plan, people, int(rng.integers(1, 4)), today))
    return [row for row in rows if row]


def _touch(rng, plan: AccountPlan, people: list[PersonPlan], ago: int) -> TouchPlan | None:
    channel = str(rng.choice(CHANNELS, p=ODDS))
    who = _present(rng, people, ago, 1 if channel in ("call", "message", "informal") else 3)
    if not who:
        return None
    ours = _ours(rng, plan, people, who, ago, channel)
    tone = int(rng.choice(TONES, p=TONE_ODDS)) if rng.random() < 0.85 else None
    subject, text = _said(rng, ours[0], channel, tone)
    late = int(rng.integers(6, 80)) if rng.random() < LATE else 0
    written = channel in ("mail", "message")
    return TouchPlan(
        ago=ago,
        hour=int(rng.integers(6, 16)),
        minute=5 * int(rng.integers(12)),
        channel=channel,
        who=who,
        ours=ours,
        direction=str(rng.choice(("both", "ours", "theirs"), p=(0.5, 0.3, 0.2))) if written else "both",
        tone=tone,
        subject=subject,
        text=text,
        minutes=int(rng.integers(*MINUTES[channel])) // 5 * 5 + 5 if channel in MINUTES else None,
        place=plan.city if channel == "meeting" else "",
        late_hours=late if (ago - 2) * 24 > late else 0,
    )  # fmt: skip


def _planned(rng, plan, people, ago: int, today: dt.date) -> TouchPlan | None:
    while (today - dt.timedelta(days=ago)).weekday() > 4:
        ago += 1 if ago > 0 else -1
    channel = str(rng.choice(("meeting", "call", "video"), p=(0.55, 0.3, 0.15)))
    who = _present(rng, people, max(ago, 0), 3)
    if not who:
        return None
    owner = owner_on(plan, 0)
    _tone, subject, _text = pick(rng, TALK[writes(owner)])
    return TouchPlan(ago=ago, hour=int(rng.integers(6, 15)), minute=30 * int(rng.integers(2)), channel=channel,
                     who=who, ours=(owner,), subject=subject, minutes=30 if channel == "call" else 60,
                     place=plan.city if channel == "meeting" else "", state="planned")  # fmt: skip


def _workday(today: dt.date, ago: int) -> int:
    weekday = (today - dt.timedelta(days=ago)).weekday()
    return ago + max(0, weekday - 4)


def _present(rng, people: list[PersonPlan], ago: int, most: int) -> tuple[int, ...]:
    there = [i for i, p in enumerate(people)
             if p.name and p.warmth and p.since > ago >= max(p.until or 0, p.silent_since)]  # fmt: skip
    if not there:
        return ()
    weights = np.array([people[i].warmth for i in there])
    count = min(1 + int(rng.integers(most)) * int(rng.random() < 0.6), len(there))
    chosen = rng.choice(there, size=count, replace=False, p=weights / weights.sum())
    return tuple(sorted((int(i) for i in chosen), key=lambda i: -people[i].power))


def _ours(rng, plan, people, who, ago: int, channel: str) -> tuple[str, ...]:
    """The owner, now and then their assistant; a lead or the director comes along to those who
    decide. Where all hangs on one person, it does so on our side too."""
    owner = owner_on(plan, ago)
    alone = plan.name == FASTENERS
    assistant = ASSISTANT.get(owner)
    if (
        assistant
        and channel in ("call", "mail")
        and ago < 700
        and not alone
        and rng.random() < 0.16
    ):
        return (assistant,)
    ours = [owner]
    if channel in ("meeting", "event", "video") and not alone:
        if rng.random() < 0.25:
            ours.append(TEAMS[PERSON[owner].team][1])
        if people[who[0]].role == "decision_maker" and rng.random() < 0.4:
            ours.append("marina_sokolova")
    return tuple(dict.fromkeys(ours))


def _said(rng, author: str, channel: str, tone: int | None) -> tuple[str, str]:
    language = writes(author)
    if channel in ("informal", "event"):
        return "", str(pick(rng, INFORMAL[language]))
    fitting = [row for row in TALK[language] if tone is None or row[0] == tone]
    _tone, subject, text = pick(rng, fitting)
    return subject, "" if rng.random() < QUIET else text
