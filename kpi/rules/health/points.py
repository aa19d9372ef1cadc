"""From what is recorded to 0-100 points, for many accounts at once; UNKNOWN where nothing is.

Every scale is a broken straight line between two values that a person can name, so that one
sentence explains it. Arrays are int64.
"""

import numpy as np

UNKNOWN = -1
FULL = 100
AMBER_POINTS, ALARM_POINTS = 60, 30
THREADS_FULL = 3.0
TIED = 30  # a tie below it nobody would call a relationship
SPONSOR_LOOSE = 50


def _ratio(top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """100 x top / bottom, half-up, between 0 and 100; `bottom` must be above zero."""
    return np.clip((200 * top + bottom) // (2 * bottom), 0, FULL)


def _line(at: np.ndarray, start: np.ndarray, end: np.ndarray, high: int, low: int) -> np.ndarray:
    """From `high` at `start` down to `low` at `end`, half-up; outside the two held level."""
    span = np.maximum(end - start, 1)
    inside = np.clip(at - start, 0, span)
    return (2 * (high * span - (high - low) * inside) + span) // (2 * span)


def known_mean(*columns: np.ndarray) -> np.ndarray:
    """The mean of those that are known, half-up; UNKNOWN where none is."""
    values = np.stack(columns)
    known = values > UNKNOWN
    count = known.sum(axis=0)
    total = np.where(known, values, 0).sum(axis=0)
    several = np.maximum(count, 1)
    return np.where(count > 0, (2 * total + several) // (2 * several), UNKNOWN)


def silence_points(silent: np.ndarray, amber: np.ndarray, alarm: np.ndarray) -> np.ndarray:
    """Days since the last order against the days from that order to its amber and alarm day.

    100 up to half of the amber silence, 60 there, 30 at the alarm, 0 at twice the alarm silence.
    An account without a rhythm of its own has 0 for both and is UNKNOWN.
    """
    fresh = _line(2 * silent, amber, 2 * amber, FULL, AMBER_POINTS)
    late = _line(silent, amber, alarm, AMBER_POINTS, ALARM_POINTS)
    lost = _line(silent, alarm, 2 * alarm, ALARM_POINTS, 0)
    points = np.where(silent <= amber, fresh, np.where(silent <= alarm, late, lost))
    return np.where((amber > 0) & (alarm > 0), points, UNKNOWN)


def revenue_points(now: np.ndarray, before: np.ndarray) -> np.ndarray:
    """Three months against the same three a year ago: 100 at their level, 0 at half of it.

    UNKNOWN where nothing was earned then.
    """
    whole = np.maximum(before, 1)
    lost = np.clip(before - now, 0, whole)
    return np.where(before > 0, FULL - _ratio(2 * lost, whole), UNKNOWN)


def lines_points(now: np.ndarray, peak: np.ndarray) -> np.ndarray:
    """Service lines bought in three months against the most in any three of twelve.

    UNKNOWN for who never bought more than one: that says nothing silence does not say.
    """
    return np.where(peak > 1, _ratio(now, np.maximum(peak, 1)), UNKNOWN)


def coverage_points(weighed: np.ndarray, power: np.ndarray) -> np.ndarray:
    """Sum of power x strength over sum of power (strengths 0-100); UNKNOWN without known power."""
    points = np.floor(weighed / np.maximum(power, 1) + 0.5).astype(np.int64)
    return np.where(power > 0, np.clip(points, 0, FULL), UNKNOWN)


def threads_points(total: np.ndarray, squares: np.ndarray) -> np.ndarray:
    """Effective threads, total² / sum of squares: 0 at one person, 100 at three and more.

    UNKNOWN without any lived tie.
    """
    alive = total > 0
    threads = np.where(alive, total**2 / np.where(alive, squares, 1.0), 1.0)
    points = np.floor(FULL * (threads - 1) / (THREADS_FULL - 1) + 0.5).astype(np.int64)
    return np.where(alive, np.clip(points, 0, FULL), UNKNOWN)


def sponsor_points(there: np.ndarray, tied: np.ndarray, left: np.ndarray) -> np.ndarray:
    """A sponsor with a tie of 30 and more: 100; there but hardly known: 50; left: 0.

    `there`, `tied`, `left` count people; UNKNOWN where nobody was ever recorded as one.
    """
    points = np.where(tied > 0, FULL, np.where(there > 0, SPONSOR_LOOSE, 0))
    return np.where(there + left > 0, points, UNKNOWN)


def promise_points(kept: np.ndarray, broken: np.ndarray) -> np.ndarray:
    """Ours that were kept out of those that fell due; UNKNOWN where none did."""
    due = kept + broken
    return np.where(due > 0, _ratio(kept, np.maximum(due, 1)), UNKNOWN)


def cadence_points(since: np.ndarray, every: np.ndarray) -> np.ndarray:
    """Days since both sides spoke: 100 within the rhythm, 0 at twice of it.

    UNKNOWN where no rhythm is wanted (`every` 0) or no contact is recorded (`since` below 0).
    """
    points = _line(since, every, 2 * every, FULL, 0)
    return np.where((every > 0) & (since >= 0), points, UNKNOWN)


def voice_points(total: np.ndarray, answers: np.ndarray, judged: np.ndarray) -> np.ndarray:
    """The customer's own answers (sum of 1 to 5 over their number); without any the judgement."""
    own = _ratio(total - answers, np.maximum(4 * answers, 1))
    return np.where(answers > 0, own, judged)


def has_fewer_lines(now: np.ndarray, peak: np.ndarray) -> np.ndarray:
    """bool: still buys, but half of its service lines or fewer, of at least two."""
    return (peak > 1) & (now > 0) & (2 * now <= peak)
