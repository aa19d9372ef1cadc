from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people.models import Company

LONGEST = 256


class OwnWords:
    """Refuses the first guesses about us: the product's and the company's name; and the endless."""

    def validate(self, password: str, user=None) -> None:
        if len(password) > LONGEST:
            raise ValidationError(_("This password is too long."))
        plain = "".join(letter for letter in password.lower() if letter.isalpha())
        for name in ("kamhub", Company.current().name):
            word = "".join(letter for letter in name.lower() if letter.isalpha())
            if word and len(plain.replace(word, "")) < 6 and word in plain:
                raise ValidationError(_("This password is easy to guess from our names."))

    def get_help_text(self) -> str:
        return ""
