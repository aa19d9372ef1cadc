from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from common import formats

NB = "\u00a0"
MINUS = "\u2212"


def shown(source, language="en", **context):
    with translation.override(language):
        return Template("{% load kam %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "whole", "exact"),
    [
        ("en", "1,942,982", f"1,942,982.40{NB}€"),
        ("ru", f"1{NB}942{NB}982", f"1{NB}942{NB}982,40{NB}€"),
        ("es", "1.942.982", f"1.942.982,40{NB}€"),
        ("it", "1.942.982", f"1.942.982,40{NB}€"),
    ],
)
def test_numbers_are_written_as_the_reader_writes_them(language, whole, exact):
    value = Decimal("1942982.40")
    assert shown("{{ v|number:0 }}", language, v=value) == whole
    assert shown('{{ v|money:"EUR" }}', language, v=value) == exact


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0"), "0 €"),
        (Decimal("95.4"), "95 €"),
        (Decimal("999.6"), "1.0 k €"),
        (Decimal("4120"), "4.1 k €"),
        (Decimal("96400"), "96 k €"),
        (Decimal("412000"), "412 k €"),
        (Decimal("999600"), "1.00 M €"),
        (Decimal("1238410"), "1.24 M €"),
        (Decimal("17935412"), "17.9 M €"),
        (Decimal("179354120"), "179 M €"),
        (Decimal("2179354120"), "2.18 bn €"),
        (Decimal("-58300"), f"{MINUS}58 k €"),
        (412_000, "412 k €"),
        (None, "—"),
    ],
)
def test_short_money_keeps_about_three_figures(value, text):
    assert shown('{{ v|money_short:"EUR" }}', v=value) == text.replace(" ", NB)


@pytest.mark.parametrize(
    ("language", "text"),
    [("ru", "1,24 млн ₽"), ("es", "1,24 M ₽"), ("it", "1,24 Mln ₽"), ("en", "1.24 M ₽")],
)
def test_short_money_names_its_unit_in_the_readers_language(language, text):
    assert shown('{{ v|money_short:"RUB" }}', language, v=1_238_410) == text.replace(" ", NB)


def test_money_has_the_decimals_of_its_currency():
    assert shown('{{ v|money:"JPY" }}', v=Decimal("1200.5")) == f"1,201{NB}¥"
    assert shown('{{ v|money_whole:"EUR" }}', v=Decimal("1200.50")) == f"1,201{NB}€"
    assert shown('{{ v|money:"EUR" }}', v=None) == "—"


def test_shares_are_written_as_per_cent_with_a_real_minus():
    assert shown("{{ v|percent }}", v=0.1496) == f"15{NB}%"
    assert shown("{{ v|percent:1 }}", v=Decimal("0.1496")) == f"15.0{NB}%"
    assert shown("{{ v|change }}", v=-0.082) == f"{MINUS}8{NB}%"
    assert shown("{{ v|change }}", v=0.21) == f"+21{NB}%"
    assert shown("{{ v|change }}", v=0.0001) == f"0{NB}%"
    assert shown("{{ v|percent }}|{{ v|change }}|{{ v|number }}", v=None) == "—|—|—"


def test_small_losses_do_not_become_minus_zero():
    assert shown("{{ v|number:0 }}", v=Decimal("-0.2")) == "0"


@pytest.mark.parametrize(
    ("language", "medium", "weekday", "month"),
    [
        ("en", "18 Nov 2026", "Wed 18 Nov", "November 2026"),
        ("ru", "18 нояб. 2026 г.", "ср, 18 нояб.", "ноябрь 2026 г."),
        ("es", "18 nov 2026", "mié, 18 nov", "noviembre de 2026"),
        ("it", "18 nov 2026", "mer 18 nov", "novembre 2026"),
    ],
)
def test_days_and_months_follow_the_language(language, medium, weekday, month):
    day = date(2026, 11, 18)
    assert shown("{{ d|day }}", language, d=day).replace(NB, " ") == medium
    assert shown('{{ d|day:"weekday" }}', language, d=day).replace(NB, " ") == weekday
    assert shown("{{ d|month }}", language, d=day).replace(NB, " ") == month


def test_a_moment_is_told_in_the_readers_time_zone():
    at = datetime(2026, 11, 20, 22, 40, tzinfo=UTC)
    with timezone.override("Europe/Berlin"):
        assert shown("{{ at|moment }}", at=at).replace(NB, " ") == "20 Nov 2026, 23:40"
    with timezone.override("Asia/Tokyo"):
        assert shown("{{ at|day }}", at=at).replace(NB, " ") == "21 Nov 2026"
    assert shown("{{ v|moment }}{{ v|day }}{{ v|month }}{{ v|ago }}", v=None) == "————"


@pytest.mark.parametrize(
    ("back", "text"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(seconds=62), "1 minute ago"),
        (timedelta(minutes=5), "5 minutes ago"),
        (timedelta(minutes=68), "1 hour ago"),
        (timedelta(days=3), "3 days ago"),
    ],
)
def test_recent_moments_are_relative(back, text):
    assert formats.ago(timezone.now() - back) == text


def test_older_moments_become_dates_and_show_the_exact_one_on_hover():
    old = timezone.now() - timedelta(days=40)
    assert formats.ago(old) == formats.day(old)
    html = shown("{{ at|ago }}", at=old)
    assert f'datetime="{old.isoformat()}"' in html
    assert "title=" in html


def test_days_near_today_have_names():
    today = timezone.localdate()
    near = [formats.ago(today + timedelta(days=n)) for n in (-1, 0, 1)]
    assert near == ["yesterday", "today", "tomorrow"]


def test_a_month_has_a_letter_for_the_foot_of_its_column():
    assert formats.month_letter(date(2026, 11, 1)) == "N"
    with translation.override("ru"):
        assert formats.month_letter(date(2026, 11, 1)) == "Н"


def test_an_unknown_language_is_written_as_english():
    with translation.override("de"):
        assert formats.number(Decimal("1234.5"), 1) == "1,234.5"


def test_a_number_keeps_its_own_decimals_unless_told():
    assert formats.number(1234567) == "1,234,567"
    assert formats.number(Decimal("1234.50")) == "1,234.50"
    assert formats.number(12, signed=True) == "+12"


def test_a_sentence_ends_once_after_a_shortened_month():
    with translation.override("ru"):
        august, may = (formats.day(date(2026, month, 2), "short") for month in (8, 5))
    assert [formats.ended(f"{day}.")[-2:] for day in (august, may)] == ["г.", "я."]
