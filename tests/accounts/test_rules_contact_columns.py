import pytest
from django.utils import translation

from accounts.choices import ContactField
from accounts.rules.contact_columns import guess_columns


@pytest.mark.parametrize(
    "columns",
    [
        ("Company", "Full name", "Job title", "E-mail", "Mobile phone", "Manager"),
        ("Компания", "ФИО", "Должность", "Эл. почта", "Телефон", "Руководитель"),
        ("Empresa", "Nombre", "Cargo", "Correo electrónico", "Móvil", "Jefe"),
        ("Azienda", "Nome completo", "Mansione", "Email", "Cellulare", "Responsabile"),
    ],
)
def test_columns_are_known_in_four_languages(columns):
    fields = ("account", "name", "title", "email", "phone", "reports_to")
    assert guess_columns(columns) == dict(zip(fields, columns, strict=True))


@pytest.mark.parametrize("language", ["en", "ru", "es", "it"])
def test_our_own_export_is_known_whatever_the_language(language):
    with translation.override(language):
        labels = tuple(str(field.label) for field in ContactField)
        assert guess_columns(labels) == dict(zip(ContactField.values, labels, strict=True))


def test_a_field_takes_one_column_and_unknown_ones_are_left():
    assert guess_columns(("Phone", "Telephone", "Colour")) == {"phone": "Phone"}
