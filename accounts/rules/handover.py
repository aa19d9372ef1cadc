"""An account changes hands: the road, who may take which step, and what keeps them from it.

Planned, knowledge captured, introduced, joint work, accepted (ownership changes here, and the watch
begins), closed. Called off before acceptance; taken back for a stated time after it.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from enum import StrEnum

VERSION = "handover-1"
ROAD = ("planned", "captured", "introduced", "joint", "watch")
BEFORE = frozenset(ROAD[:-1])
AFTER = frozenset({"watch", "closed"})
MOST_JOINT = 10  # joint meetings
QUESTION_LONGEST = 400  # letters of a question in one language
POWER = 2  # from this power on somebody of theirs is introduced personally
FACE_TO_FACE = frozenset({"meeting", "video", "event", "informal"})


class Part(StrEnum):
    """What somebody is to a handover; one person may be several."""

    DIRECTOR = "director"
    PROPOSER = "proposer"
    GIVER = "giver"
    TAKER = "taker"


class Verb(StrEnum):
    AGREE = "agree"
    TELL = "tell"
    WAIVE = "waive"
    CAPTURED = "captured"
    INTRODUCED = "introduced"
    JOINT = "joint"
    SEE = "see"
    ACCEPT = "accept"
    UNDO = "undo"
    CANCEL = "cancel"


class Refusal(StrEnum):
    NOT_YOURS = "not_yours"
    OVER = "over"
    NOT_YET = "not_yet"
    NOT_ACCEPTED = "not_accepted"
    UNSIGNED = "unsigned"
    OTHER_NAME = "other_name"
    TOO_LATE = "too_late"


class Gap(StrEnum):
    """Something that is missing."""

    QUESTION = "question"
    CHECK = "check"
    PROMISE = "promise"
    TASK = "task"
    AGREEMENT = "agreement"
    POWER = "power"
    PERSON = "person"
    JOINT = "joint"
    UNSEEN = "unseen"


KEEPS_FROM = {
    Gap.QUESTION: "captured",
    Gap.CHECK: "captured",
    Gap.PROMISE: "captured",
    Gap.TASK: "captured",
    Gap.AGREEMENT: "introduced",
    Gap.POWER: "introduced",
    Gap.PERSON: "introduced",
    Gap.JOINT: "joint",
    Gap.UNSEEN: "watch",
}
WHO = {
    Verb.AGREE: {Part.DIRECTOR},
    Verb.TELL: {Part.GIVER, Part.DIRECTOR},
    Verb.WAIVE: {Part.DIRECTOR},
    Verb.CAPTURED: {Part.GIVER, Part.DIRECTOR},
    Verb.INTRODUCED: {Part.GIVER, Part.TAKER, Part.DIRECTOR},
    Verb.JOINT: {Part.GIVER, Part.TAKER, Part.DIRECTOR},
    Verb.SEE: {Part.TAKER},
    Verb.ACCEPT: {Part.TAKER},
    Verb.UNDO: {Part.DIRECTOR},
    Verb.CANCEL: {Part.DIRECTOR, Part.PROPOSER},
}
WHEN = {
    Verb.CAPTURED: frozenset({"planned"}),
    Verb.INTRODUCED: frozenset({"captured"}),
    Verb.JOINT: frozenset({"introduced"}),
    Verb.ACCEPT: frozenset({"joint"}),
    Verb.UNDO: AFTER,
}


def parts_of(
    user: int, *, is_director: bool, giver: int | None, taker: int, proposer: int | None
) -> frozenset[Part]:
    found = {Part.DIRECTOR} if is_director else set()
    pairs = ((Part.GIVER, giver), (Part.TAKER, taker), (Part.PROPOSER, proposer))
    return frozenset(found | {part for part, who in pairs if who == user})


def refusal(verb: Verb, *, state: str, parts: Collection[Part]) -> Refusal | None:
    """Why somebody who is `parts` cannot do this in this state, or None."""
    if not WHO[verb] & set(parts):
        return Refusal.NOT_YOURS
    if verb == Verb.UNDO and state in BEFORE:
        return Refusal.NOT_ACCEPTED
    when = WHEN.get(verb, BEFORE)
    if state in when:
        return None
    is_ahead = state in BEFORE and all(ROAD.index(one) > ROAD.index(state) for one in when)
    return Refusal.NOT_YET if is_ahead else Refusal.OVER


def next_state(state: str) -> str | None:
    """The next of the road, or None at its end."""
    place = ROAD.index(state) + 1 if state in ROAD else len(ROAD)
    return ROAD[place] if place < len(ROAD) else None


def gaps_before(state: str, missing: Mapping[Gap, int]) -> list[Gap]:
    """What keeps from `state`: what is missing of its own step and of those before.

    A promise written down after the knowledge was captured is missing again.
    """
    until = ROAD.index(state)
    return [gap for gap in Gap if missing.get(gap) and ROAD.index(KEEPS_FROM[gap]) <= until]


def signature_refusal(*, name: str, typed: str) -> Refusal | None:
    """Signed is by one's own name as the product knows it; capitals and spaces do not matter."""
    if not typed.strip():
        return Refusal.UNSIGNED
    return None if _plain(typed) == _plain(name) else Refusal.OTHER_NAME


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def undo_until(accepted_on: dt.date, undo_days: int) -> dt.date:
    """The last day on which it can be taken back."""
    return accepted_on + dt.timedelta(days=undo_days)


def undo_refusal(*, accepted_on: dt.date, today: dt.date, undo_days: int) -> Refusal | None:
    """
    >>> day = dt.date(2026, 3, 1)
    >>> undo_refusal(accepted_on=day, today=dt.date(2026, 3, 31), undo_days=30)
    >>> undo_refusal(accepted_on=day, today=dt.date(2026, 4, 1), undo_days=30)
    <Refusal.TOO_LATE: 'too_late'>
    """
    return Refusal.TOO_LATE if today > undo_until(accepted_on, undo_days) else None


def is_introduced(*, present: Collection[int], taker: int, others: Collection[int]) -> bool:
    """Whether of ours the new manager was there, and one who stands for the former one.

    Nobody to stand for them (`others` empty): the new manager alone.
    """
    return taker in present and (not others or bool(set(others) & set(present)))
