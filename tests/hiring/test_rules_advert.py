import datetime as dt
from decimal import Decimal

import pytest

from hiring.rules import advert as rules
from hiring.rules.advert import Block

POSTING = {
    "title": "KAM", "description": "<p>x</p>", "url": "https://x/jobs/k/", "organisation": "Us",
    "site": "https://x", "number": "7", "posted": dt.date(2026, 11, 1), "closes": None,
    "city": "", "country": "", "is_remote": False, "openings": 1, "pay": None, "language": "en",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("One\ntwo\n\nthree", [Block(text="One two"), Block(text="three")]),
        ("- a\n• b\n— c", [Block(items=("a", "b", "c"))]),
        ("We:\n- a\nThen", [Block(text="We:"), Block(items=("a",)), Block(text="Then")]),
        ("-5 degrees", [Block(text="-5 degrees")]),
    ],
)
def test_lines_become_paragraphs_and_lists(text, found):
    assert rules.blocks(text) == found


def test_a_summary_ends_at_a_word():
    assert rules.summary("- One\n- two") == "One two"
    assert len(rules.summary("word " * 200)) <= 200
    assert rules.summary("word " * 200).endswith("word…")


def test_html_is_escaped():
    assert rules.as_html([("A & B", "<i>\n- <b>")]) == (
        "<h2>A &amp; B</h2><p>&lt;i&gt;</p><ul><li>&lt;b&gt;</li></ul>"
    )


def test_what_is_not_known_is_left_out_of_a_posting():
    found = rules.job_posting(**POSTING)
    assert not {"validThrough", "jobLocation", "baseSalary", "jobLocationType"} & set(found)
    assert found["datePosted"] == "2026-11-01" and found["directApply"] is True


def test_work_from_anywhere_names_the_country_people_may_live_in():
    found = rules.job_posting(**POSTING | {"is_remote": True, "country": "DE"})
    assert found["jobLocationType"] == "TELECOMMUTE"
    assert found["applicantLocationRequirements"]["name"] == "DE"


@pytest.mark.parametrize(
    ("pay", "value"),
    [
        ((Decimal(1), Decimal(2), "EUR"), {"minValue": 1, "maxValue": 2}),
        ((Decimal(1), Decimal(1), "EUR"), {"value": 1}),
        ((None, Decimal("2.5"), "EUR"), {"value": 2.5}),
        ((None, None, "EUR"), None),
    ],
)
def test_pay_is_a_range_or_a_figure(pay, value):
    found = rules.job_posting(**POSTING | {"pay": pay}).get("baseSalary")
    if value is None:
        assert found is None
    else:
        assert found["currency"] == "EUR" and value.items() <= found["value"].items()
