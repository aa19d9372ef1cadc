import uuid

import pytest

from accounts.models import Contact, Task
from tests.cast import make_account
from tests.field import make_contact, make_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl, country="DE")


def form_of(client, url: str) -> dict:
    """What the form holds, as a browser would send it back."""
    context = client.get(url).context
    fields = {field.html_name: field.value() for field in context["form"]}
    fields = {
        name: ", ".join(value) if isinstance(value, list) else ("" if value is None else value)
        for name, value in fields.items()
    }
    return fields | {"version": context["version"], "seen": context["seen"]}


def test_one_field_is_enough_on_the_phone_and_undo_takes_it_back(cast, hansa, reader):
    client = reader(cast.karl)
    data = {"name": "Jutta Krämer, Head of purchasing", "key": str(uuid.uuid4())}
    for _ in "ab":
        page = client.post(f"/accounts/{hansa.pk}/people/add/", data, follow=True)
    jutta = Contact.objects.get()
    assert (jutta.name, jutta.positions.get().title) == ("Jutta Krämer", "Head of purchasing")
    undo = f"/accounts/{hansa.pk}/people/{jutta.pk}/remove/"
    assert undo in page.content.decode()
    client.post(undo)
    assert not Contact.objects.exists()


def test_without_a_name_the_phone_adds_nobody(cast, hansa, reader):
    page = reader(cast.karl).post(f"/accounts/{hansa.pk}/people/add/", {"name": " "}, follow=True)
    assert "Give a name" in page.content.decode()
    assert not Contact.objects.exists()


def test_the_whole_form_adds_somebody_at_an_open_place(cast, hansa, reader):
    role = make_role("finance")
    client = reader(cast.karl)
    page = client.get(f"/accounts/{hansa.pk}/people/new/?role=finance")
    assert page.context["form"]["role"].value() == role.pk
    data = {
        "name": "Anna Behrens", "role": role.pk, "kind": "staff",
        "phones": "040 300330 (desk)\n+49 152 1111111", "emails": "anna@hansa.example",
        "languages": "de, en", "profiles": "https://net.example/anna",
    }  # fmt: skip
    client.post(f"/accounts/{hansa.pk}/people/new/", data)
    anna = Contact.objects.get()
    assert anna.languages == ["de", "en"]
    assert [(row.kind, row.value, row.label) for row in anna.reaches.all()][:2] == [
        ("phone", "+49 40 300330", "desk"), ("phone", "+49 152 1111111", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": ""}, "Give a name, or say which place"),
        ({"name": "A", "emails": "nobody"}, "not an e-mail address"),
        ({"name": "A", "profiles": "javascript:alert(1)"}, "not a web page"),
        ({"name": "A", "role": "999999"}, "Select a valid choice"),
    ],
)
def test_what_does_not_do_is_said_and_nothing_is_kept(cast, hansa, reader, data, words):
    page = reader(cast.karl).post(f"/accounts/{hansa.pk}/people/new/", {"kind": "staff", **data})
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Contact.objects.exists()


def test_a_foreign_division_is_like_a_missing_one(cast, hansa, reader):
    foreign = make_account(owner=cast.kim).divisions.create(name="CNRY")
    answers = [
        reader(cast.karl)
        .post(f"/accounts/{hansa.pk}/people/new/", {"name": "A", "kind": "staff", "division": pk})
        .context["form"]
        .errors["division"]
        for pk in (foreign.pk, 999_999)
    ]
    assert answers[0] == answers[1]


def test_while_typing_whom_one_may_see_is_named_and_others_are_not(cast, hansa, reader):
    make_contact(hansa, "Jutta Krämer")
    foreign = make_contact(make_account(owner=cast.kim), "CNRY Person")
    foreign.reaches.create(kind="phone", value="x", normal="4940300330")
    url = f"/accounts/{hansa.pk}/people/namesakes/?name=Kr%C3%A4mer+Jutta&phones=040+300330"
    part = reader(cast.karl).get(url).content.decode()
    assert "Jutta Krämer" in part
    assert "A record exists; ask your director." in part
    assert "CNRY" not in part


def test_an_edit_is_saved_and_undone_by_its_toast(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta", title="Buyer")
    client = reader(cast.karl)
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/edit/"
    page = client.post(url, form_of(client, url) | {"title": "Head"}, follow=True)
    assert jutta.positions.get().title == "Head"
    (undo,) = {part for part in page.content.decode().split('"') if part.endswith("/undo/")}
    client.post(undo)
    assert jutta.positions.get().title == "Buyer"


def test_the_second_editor_is_told_sees_both_and_loses_nothing(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta", title="Buyer", honorific="Frau")
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/edit/"
    karl, anna = reader(cast.karl), reader(cast.anna)
    his, hers = form_of(karl, url), form_of(anna, url)
    karl.post(url, his | {"title": "Head of purchasing", "phones": "+49 40 300330"})
    answer = anna.post(url, hers | {"title": "Chief buyer", "languages": "de"})
    assert answer.status_code == 409
    page = answer.content.decode()
    for words in ("Somebody else has saved", "Buyer", "Head of purchasing", "Chief buyer"):
        assert words in page
    form = answer.context["form"]
    assert form["phones"].value() == "+49 40 300330"
    assert form["languages"].value() == "de"
    assert jutta.positions.get().title == "Head of purchasing"
    both = {row["label"] for row in answer.context["rows"] if row["is_both"]}
    assert both == {"Title"}
    settled = {name: form[name].value() for name in form.fields}
    settled = {
        name: ", ".join(value) if isinstance(value, list) else ("" if value is None else value)
        for name, value in settled.items()
    }
    hidden = {"version": answer.context["version"], "seen": answer.context["seen"]}
    anna.post(url, settled | hidden)
    jutta.refresh_from_db()
    assert jutta.positions.get().title == "Chief buyer"
    assert (jutta.languages, jutta.reaches.get().value) == (["de"], "+49 40 300330")


def test_two_different_fields_meet_without_a_question(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta", title="Buyer")
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/edit/"
    karl, anna = reader(cast.karl), reader(cast.anna)
    his, hers = form_of(karl, url), form_of(anna, url)
    karl.post(url, his | {"honorific": "Frau Krämer"})
    answer = anna.post(url, hers | {"title": "Head"})
    assert answer.status_code == 409
    assert not [row for row in answer.context["rows"] if row["is_both"]]
    form = answer.context["form"]
    assert (form["honorific"].value(), form["title"].value()) == ("Frau Krämer", "Head")


def test_nothing_but_the_fields_of_the_form_is_written(cast, hansa, reader):
    jutta = make_contact(hansa, "Jutta")
    client = reader(cast.karl)
    url = f"/accounts/{hansa.pk}/people/{jutta.pk}/edit/"
    smuggled = {"created_by": cast.karl.pk, "merged_into": jutta.pk, "search_text": "x"}
    client.post(url, form_of(client, url) | smuggled | {"name": "Jutta K"})
    jutta.refresh_from_db()
    assert (jutta.name, jutta.created_by, jutta.merged_into) == ("Jutta K", None, None)


def test_finding_out_makes_one_task(cast, hansa, reader):
    make_role("finance")
    client = reader(cast.anna)
    for _ in "ab":
        client.post(f"/accounts/{hansa.pk}/people/holes/finance/ask/")
    assert Task.objects.get().owner == cast.karl
    assert client.post(f"/accounts/{hansa.pk}/people/holes/nothing/ask/").status_code == 404
