import pytest

from common.reading.countries import country_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("United Kingdom", "GB"), ("EIRE", "IE"), ("USA", "US"), ("de", "DE"), ("Германия", "DE"),
        ("Россия", "RU"), ("España", "ES"), ("espana", "ES"), ("Italia", "IT"), ("Svizzera", "CH"),
        ("RSA", "ZA"), ("Unspecified", ""), ("European Community", ""), ("", ""), ("EU", ""),
    ],
)  # fmt: skip
def test_countries_in_four_languages(text, code):
    assert country_code(text) == code
