"""The calendar file as RFC 5545 wants it, read back by hand."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from hiring.rules.calendar import OCTETS, Entry, calendar, escaped, folded, moment

START = dt.datetime(2026, 12, 2, 10, tzinfo=dt.timezone(dt.timedelta(hours=3)))
ENTRY = Entry(
    uid="abc@kam.example", sequence=3, stamp=START, starts_at=START,
    ends_at=START + dt.timedelta(hours=3), title="Appointment; with, signs",
    place="Невский проспект 28, четвёртый этаж, большая переговорная напротив лестницы",
    organizer="kamhub@example.org", link="https://meet.example/x",
)  # fmt: skip


def lines_of(text: str) -> list[str]:
    """Unfolded again."""
    assert text.endswith("\r\n")
    return text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def fields_of(text: str) -> dict[str, str]:
    return dict(line.split(":", 1) for line in lines_of(text) if ":" in line)


def test_the_file_says_when_in_utc_and_who_it_is_from():
    found = fields_of(calendar(ENTRY))
    assert found["DTSTART"] == "20261202T070000Z"
    assert found["DTEND"] == "20261202T100000Z"
    assert found["UID"] == "abc@kam.example"
    assert found["SEQUENCE"] == "3"
    assert found["METHOD"] == "PUBLISH"
    assert found["STATUS"] == "CONFIRMED"
    assert found["ORGANIZER"] == "mailto:kamhub@example.org"
    assert found["URL"] == "https://meet.example/x"
    assert found["SUMMARY"] == "Appointment\\; with\\, signs"


def test_a_cancellation_carries_the_same_name():
    gone = Entry(uid="abc@kam.example", sequence=4, stamp=START, starts_at=START,
                 ends_at=START + dt.timedelta(hours=1), title="Appointment", is_cancelled=True,
                 alarm=dt.timedelta(hours=3))  # fmt: skip
    found = fields_of(calendar(gone))
    assert (found["UID"], found["METHOD"], found["STATUS"]) == (
        "abc@kam.example", "CANCEL", "CANCELLED",
    )  # fmt: skip
    assert "VALARM" not in calendar(gone)


def test_parts_open_and_close_in_order():
    text = calendar(Entry(uid="x", sequence=0, stamp=START, starts_at=START,
                          ends_at=START + dt.timedelta(hours=1), title="A",
                          alarm=dt.timedelta(hours=3)))  # fmt: skip
    lines = lines_of(text)
    opened = []
    for line in lines:
        kind, _colon, name = line.partition(":")
        if kind == "BEGIN":
            opened.append(name)
        elif kind == "END":
            assert opened.pop() == name
    assert opened == []
    assert "TRIGGER:-PT180M" in lines


def test_every_line_is_short_and_ends_with_both_signs():
    text = calendar(ENTRY)
    assert "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= OCTETS
    assert "большая переговорная напротив лестницы" in text.replace("\r\n ", "")


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs")), max_size=300))
def test_folding_loses_nothing_and_cuts_no_character(text):
    lines = folded(text).split("\r\n")
    assert all(len(line.encode()) <= OCTETS for line in lines)
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == text


@given(st.text(max_size=60))
def test_no_text_begins_a_line_of_its_own(text):
    assert "\n" not in escaped(text)
    assert "\r" not in escaped(text)


def test_times_of_any_zone_are_one_moment():
    assert moment(START) == moment(START.astimezone(dt.UTC)) == "20261202T070000Z"
