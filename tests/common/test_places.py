import pytest
from django.utils.translation import override

from common.places import countries, country_name


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Italy"), ("ru", "Италия"), ("es", "Italia"), ("it", "Italia")]
)
def test_countries_have_names_in_the_readers_language(language, name):
    with override(language):
        assert country_name("IT") == name
        assert ("IT", name) in countries()


def test_what_is_no_country_is_not_offered():
    codes = {code for code, _name in countries()}
    assert {"EU", "UN", "ZZ"}.isdisjoint(codes) and len(codes) > 200
    assert country_name("") == "" and country_name("QQ") == "QQ"
