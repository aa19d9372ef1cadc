"""What anonymous readers see: published vacancies in date, nothing of any other."""

import datetime as dt
import json
import re
from decimal import Decimal

import pytest
from django.utils import timezone

from hiring.choices import VacancyState
from tests.cast import make_cast
from tests.recruiting import make_profile, make_vacancy

pytestmark = pytest.mark.django_db
CANARY = "Zanzibarcanary"
TEXTS = {
    "en": {"title": "Key account manager", "intro": "Keep <b>three</b> customers.\n- one\n- two"},
    "ru": {"title": "Менеджер по ключевым клиентам", "intro": "Три клиента."},
}


@pytest.fixture(autouse=True)
def cast():
    return make_cast()


def data(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found[1])


def hidden_vacancies() -> list:
    """One of every way not to be public, each with the canary in every text."""
    texts = {"en": {"title": CANARY, "intro": CANARY}}
    now, day = timezone.now(), dt.timedelta(days=1)
    common = {"texts": texts, "city": CANARY, "profile": make_profile(commissions={"en": CANARY})}
    rows = [
        make_vacancy(CANARY, slug=f"{CANARY.lower()}-{state}", state=state, **common)
        for state in VacancyState.values
        if state != "open"
    ]
    rows.append(make_vacancy(CANARY, closes_on=timezone.localdate() - 2 * day, **common))
    rows.append(make_vacancy(CANARY, published_at=now + day, **common))
    rows.append(make_vacancy(CANARY, published_at=None, **common))
    return rows


def test_nothing_of_an_unpublished_vacancy_reaches_anybody(client):
    shown = make_vacancy("Inside name", slug="shown", texts=TEXTS)
    hidden = hidden_vacancies()
    pages = ["/jobs/", f"/jobs/?city={CANARY}", "/jobs/?lang=ru", "/sitemap.xml", "/robots.txt"]
    pages += [f"/jobs/{shown.slug}/"]
    for page in pages:
        body = client.get(page).content.decode()
        assert CANARY not in body.replace(f"city={CANARY}", "").replace(
            f"Nothing open in {CANARY}", ""
        )
        assert all(row.slug not in body for row in hidden)
    bodies = set()
    for row in hidden:
        answer = client.get(f"/jobs/{row.slug}/")
        assert answer.status_code == 404 and CANARY not in answer.content.decode()
        bodies.add(re.sub(r"[0-9a-f]{32}|value=\S+|\"X-CSRF.*?\"}", "", answer.content.decode()))
    missing = client.get("/jobs/there-is-no-such-vacancy/").content.decode()
    assert bodies == {re.sub(r"[0-9a-f]{32}|value=\S+|\"X-CSRF.*?\"}", "", missing)}


def test_the_title_inside_the_company_stays_inside(client):
    make_vacancy("Replaces Ivanov", slug="shown", texts=TEXTS)
    for page in ("/jobs/", "/jobs/shown/", "/sitemap.xml"):
        assert "Ivanov" not in client.get(page).content.decode()


def test_the_language_is_chosen_by_the_address_or_the_browser(client):
    make_vacancy(slug="shown", texts=TEXTS)
    russian = client.get("/jobs/shown/?lang=ru")
    assert "Менеджер по ключевым" in russian.content.decode()
    assert russian["Content-Language"] == "ru" and '<html lang="ru"' in russian.content.decode()
    by_browser = client.get("/jobs/shown/", headers={"Accept-Language": "ru,en;q=0.5"})
    assert "Менеджер по ключевым" in by_browser.content.decode()
    odd = client.get("/jobs/shown/?lang=xx").content.decode()
    assert "Key account manager" in odd
    italian = client.get("/jobs/shown/?lang=it").content.decode()
    assert "Key account manager" in italian and '<html lang="it"' in italian


def test_search_engines_read_a_job_posting(client):
    make_vacancy(
        slug="shown", texts=TEXTS, city="Kazan", country="RU", openings=2,
        pay_from=Decimal(90_000), pay_to=Decimal(120_000), pay_currency="RUB",
        closes_on=timezone.localdate() + dt.timedelta(days=9), time_zone="Europe/Moscow",
    )  # fmt: skip
    answer = client.get("/jobs/shown/")
    found = data(answer.content.decode())
    assert found["@type"] == "JobPosting" and found["title"] == "Key account manager"
    for name in ("description", "datePosted", "hiringOrganization", "jobLocation"):
        assert found[name]
    assert "&lt;b&gt;three" in found["description"] and "<li>one</li>" in found["description"]
    assert found["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "unitText": "MONTH", "minValue": 90000, "maxValue": 120000
    }  # fmt: skip
    assert found["validThrough"].endswith("+03:00")
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_pay_that_is_not_published_is_nowhere(client):
    make_vacancy(
        slug="shown", texts=TEXTS, pay_from=Decimal(90_777), pay_to=Decimal(120_777),
        pay_currency="RUB", shows_pay=False,
        profile=make_profile(commissions={"en": "Five per cent"}),
    )  # fmt: skip
    for page in ("/jobs/", "/jobs/shown/"):
        body = client.get(page).content.decode()
        assert "777" not in body and "Five per cent" not in body


def test_the_commission_is_read_in_the_language_of_the_advert(client):
    words = {"en": "Five per cent", "ru": "Пять процентов"}
    make_vacancy(slug="shown", texts=TEXTS, profile=make_profile(commissions=words))
    for language, word in words.items():
        body = client.get(f"/jobs/shown/?lang={language}").content.decode()
        assert [one for one in words.values() if one in body] == [word]


def test_the_heading_of_the_commission_speaks_the_language_of_the_advert(client):
    make_vacancy(
        slug="shown", texts={"en": TEXTS["en"]}, profile=make_profile(commissions={"en": "5 %"})
    )
    body = client.get("/jobs/shown/?lang=es").content.decode()
    assert "<h2>Commission</h2>" in body


def test_addresses_for_each_language_are_linked(client):
    make_vacancy(slug="shown", texts=TEXTS)
    page = client.get("/jobs/shown/?lang=ru").content.decode()
    assert re.search(r'rel="canonical" href="http[^"]+/jobs/shown/\?lang=ru"', page)
    assert 'hreflang="en"' in page and 'hreflang="x-default"' in page
    assert 'property="og:title" content="Менеджер' in page
    body = client.get("/sitemap.xml").content.decode()
    assert "/jobs/shown/</loc>" in body and 'hreflang="ru"' in body


def test_the_list_is_filtered_by_city_and_says_when_it_is_empty(client):
    assert "No open positions" in client.get("/jobs/").content.decode()
    make_vacancy(texts={"en": {"title": "In Kazan", "intro": "x"}}, city="Kazan")
    make_vacancy(texts={"en": {"title": "In Ufa", "intro": "x"}}, city="Ufa")
    page = client.get("/jobs/?city=Ufa").content.decode()
    assert "In Ufa" in page and "In Kazan" not in page
    assert "Nothing open in Omsk" in client.get("/jobs/?city=Omsk").content.decode()


def test_pages_are_light_and_cost_the_same_for_many(client, django_assert_num_queries):
    make_vacancy(slug="shown", texts=TEXTS, city="Kazan")
    with django_assert_num_queries(4):  # company, count, page, cities
        client.get("/jobs/")
    for number in range(40):
        texts = {"en": {"title": f"KAM {number}", "intro": "Keep and grow. " * 200}}
        make_vacancy(texts=texts, city=f"City {number % 5}")
    with django_assert_num_queries(4):
        page = client.get("/jobs/")
    assert len(page.content) < 60 * 1024
    with django_assert_num_queries(2):  # company, vacancy
        assert len(client.get("/jobs/shown/").content) < 60 * 1024


def test_markup_in_texts_is_text(client):
    bad = {"en": {"title": "</script><script>alert(1)</script>", "intro": "<img src=x>"}}
    make_vacancy(slug="shown", texts=bad)
    page = client.get("/jobs/shown/").content.decode()
    assert "<script>alert" not in page and "<img src=x>" not in page
    assert data(page)["title"].startswith("</script>")
