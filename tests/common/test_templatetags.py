import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from common.templatetags import kam

NB = "\u00a0"
MINUS = "\u2212"


def shown(source, language="en", **context):
    with translation.override(language):
        return Template("{% load kam %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anna Lindqvist", "AL"),
        ("Екатерина Верещагина-Климова", "ЕВ"),
        ("Cher", "C"),
        ("Dr. Henning A. Rautenberg", "DR"),
        ("", "?"),
    ],
)
def test_initials_are_two_letters_at_most(name, letters):
    assert kam.initials(name) == letters


def test_a_tier_says_what_it_is_and_escapes_its_reason():
    html = shown('{% tier "A" reason %}', reason='<b>"x"</b>')
    assert "k-tier-a" in html
    assert "Tier" in html
    assert "<b>" not in html
    assert "k-tier-none" in shown('{% tier "" %}')


def test_a_spark_leaves_a_gap_for_an_unknown_month():
    html = shown("{% spark v width=80 %}", v=[1, None, 3, Decimal("4")])
    assert re.search(r' d="([^"]+)"', html)[1].count("M") == 2
    assert 'aria-hidden="true"' in html
    assert "<path" not in shown("{% spark v %}", v=[None, None])
    assert "<path" in shown("{% spark v %}", v=[0, 0])


def test_a_ring_draws_the_unknown_as_unknown():
    assert "r-hollow" not in shown("{% ring 80 100 %}")
    assert "r-hollow" in shown("{% ring 80 60 %}")
    assert "not known yet" in shown("{% ring none %}", none=None)


@pytest.mark.parametrize(
    "share, words, arc",
    [(1, "fresh", "a-1"), (0.2, "ageing", "a-2"), (0.0, "past its shelf life", None),
     (None, "not recorded yet", "a-3")],
)  # fmt: skip
def test_an_age_ring_empties_and_says_so(share, words, arc):
    drawn = kam.age(share)
    assert f'title="{words}"' in drawn and words in drawn.partition("visually-hidden")[2]
    assert re.findall(r"a-[123]", drawn) == ([arc] if arc else [])


def test_a_link_keeps_the_other_filters():
    request = RequestFactory().get("/", {"tier": ["A", "B"], "page": "3", "q": "x y"})
    html = shown('{% query_with page=None sort="-name" %}', request=request)
    assert html == "?tier=A&amp;tier=B&amp;q=x+y&amp;sort=-name"
    many = shown("{% query_with tier=v q=None page=None %}", request=request, v=["C"])
    assert many == "?tier=C"


def test_a_message_carries_its_undo_address():
    assert kam.undo_url(Message(25, "Moved", extra_tags="undo:/x/undo/")) == "/x/undo/"
    assert kam.undo_url(Message(25, "Moved")) == ""


def test_every_icon_a_template_names_is_in_the_sprite():
    sprite = set(
        re.findall(r'symbol id="([^"]+)"', (settings.BASE_DIR / "static/icons.svg").read_text())
    )
    asked = {
        (name, path.name)
        for path in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)"', path.read_text())
    }
    assert {pair for pair in asked if pair[0] not in sprite} == set()
