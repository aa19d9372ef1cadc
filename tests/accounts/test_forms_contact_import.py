from accounts.commands.import_kinds import CONTACTS
from accounts.forms.contact_import import columns_form
from common.reading.layout import Layout

LAYOUT = Layout(container="text", columns=("Company", "Who", "Colour"))
ContactMapForm = columns_form(CONTACTS.fields, CONTACTS.required, CONTACTS.terms)


def test_account_and_name_are_needed():
    form = ContactMapForm({"account": "Company"}, layout=LAYOUT)
    assert not form.is_valid()
    assert list(form.errors) == ["name"]


def test_the_mapping_holds_a_column_or_nothing_for_each_field():
    form = ContactMapForm(
        {"account": "Company", "name": "Who", "date_format": "dmy"}, layout=LAYOUT
    )
    assert form.is_valid()
    assert form.mapping()["account"] == "Company"
    assert form.mapping()["phone"] == ""
    assert form.options() == {"date_format": "dmy"}
    assert not ContactMapForm({"account": "Company", "name": "No"}, layout=LAYOUT).is_valid()
