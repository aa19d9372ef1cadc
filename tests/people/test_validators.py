import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tests.cast import make_company, make_user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "password",
    [
        "short-words",
        "password1234",
        "Severpack2026!",
        "kamhub-2026-2026",
        "karl@example.org",
        "x" * 300,
    ],
)
def test_first_guesses_and_extremes_are_refused(password):
    make_company(name="Severpack")
    with pytest.raises(ValidationError):
        validate_password(password, make_user("Karl"))


@pytest.mark.parametrize(
    "password", ["correct horse battery", "x" * 250, "пароль из четырёх слов", "        a b c d  "]
)
def test_long_ones_are_welcome_without_rules_of_composition(password):
    make_company(name="Severpack")
    validate_password(password, make_user("Karl"))
