import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.firms import plain_name, plain_site


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hansa Feinkost GmbH", "HANSA FEINKOST"),
        ("ООО «Молочный двор»", "Молочный двор, ООО"),
        ("Молочный двор", "OOO Molochnyi Dvor"),
        ("Уральский крепёж", "Уральский крепеж"),
        ("Pastificio Morandi S.p.A.", "Pastificio Morandi SpA"),
        ("Laboratorios Vega S.L.", "laboratorios vega"),
        ("Société Générale S.A.", "Societe Generale"),
        ("Общество с ограниченной ответственностью «Заречье»", "Заречье"),
        ("Alexander & Sohn GmbH & Co. KG", "Aleksander Sohn"),
    ],
)
def test_one_customer_in_two_spellings_has_one_plain_name(one, other):
    assert plain_name(one) == plain_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hansa Feinkost", "Hansa Feinbau"),
        ("Молочный двор", "Молочный дом"),
        ("Vega", "Vega Sur"),
    ],
)
def test_two_customers_keep_two_plain_names(one, other):
    assert plain_name(one) != plain_name(other)


def test_a_name_that_is_nothing_but_a_legal_form_keeps_it():
    assert plain_name("AG") == "ag"


@given(st.text(max_size=60))
def test_any_text_has_a_plain_name_of_single_spaced_words(text):
    assert plain_name(text) == " ".join(plain_name(text).split())


@pytest.mark.parametrize(
    ("website", "host"),
    [
        ("https://www.example.org/shop", "example.org"),
        ("EXAMPLE.org", "example.org"),
        ("http://[broken", ""),
        ("", ""),
    ],
)
def test_web_sites_are_compared_by_host(website, host):
    assert plain_site(website) == host
