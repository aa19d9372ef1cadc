import pytest

from accounts.commands import customer_letter_template as commands
from accounts.commands.customer_letter import install_customer_letters
from accounts.models import CustomerLetterTemplate
from common.errors import RuleBroken
from people.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(db):
    install_customer_letters()
    return CustomerLetterTemplate.objects.get(code="handover")


def save(actor, row, **fields):
    values = {
        "names": {"en": "Ours"}, "subjects": {"en": "Hello\n{account}"},
        "bodies": {"en": "{greeting}\r\nwords"}, "version": row.version,
    } | fields  # fmt: skip
    return commands.save_customer_template(actor=actor, template_id=row.pk, **values)


def test_a_director_writes_the_companys_own_words(cast, row):
    saved = save(cast.dora, row)
    assert saved.subjects == {"en": "Hello {account}"}
    assert saved.bodies == {"en": "{greeting}\nwords"} and saved.version == row.version + 1
    assert Event.objects.filter(verb="account.letter_template_saved").count() == 1
    with pytest.raises(commands.TemplateChanged):
        save(cast.dora, row)


@pytest.mark.parametrize("who", ["karl", "lena", "anna", "rita", "adam"])
def test_nobody_else_does(cast, row, who):
    with pytest.raises(RuleBroken, match="Only directors"):
        save(getattr(cast, who), row)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"names": {}}, "name"),
        ({"bodies": {}}, "one language"),
        ({"subjects": {}}, "English: a letter needs"),
        ({"bodies": {"en": "x", "it": "y"}}, "Italiano: a letter needs"),
        ({"bodies": {"en": "{salary}"}}, "English: {salary}"),
        ({"bodies": {"en": "{x.__class__}"}}, "not a field"),
    ],
)
def test_what_a_template_cannot_be(cast, row, fields, words):
    with pytest.raises(RuleBroken, match=words):
        save(cast.dora, row, **fields)
    row.refresh_from_db()
    assert row.version == 1
