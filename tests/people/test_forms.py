import pytest

from people.forms import InviteForm, ProfileForm, RolesForm
from people.models import Company
from tests.cast import make_cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("anna@x.example", [("anna@x.example", "")]),
        ("Anna Berg anna@x.example", [("anna@x.example", "Anna Berg")]),
        ("Anna Berg <Anna@X.example>,", [("anna@x.example", "Anna Berg")]),
        ("Berg, Anna anna@x.example;", [("anna@x.example", "Berg, Anna")]),
        ("a@x.example\n;", [("a@x.example", "")]),
        ("a@x.example\n\n  b@x.example  \nA@x.example", [("a@x.example", ""), ("b@x.example", "")]),
    ],
)
def test_people_are_read_line_by_line(text, people):
    form = InviteForm({"people": text, "roles": ["kam"]}, actor=make_cast().dora)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["people"] == people


@pytest.mark.parametrize(
    "text",
    [
        "anna",
        "anna@",
        "a@x.example b",
        "\n".join(f"p{n}@x.example" for n in range(51)),
        "  \n ",
        ",",
        " ;\n,",
        f"a@{'b.' * 126}example",
    ],
)
def test_what_cannot_be_invited_is_refused(text):
    assert not InviteForm({"people": text, "roles": ["kam"]}, actor=make_cast().dora).is_valid()


def test_roles_one_may_not_take_stay():
    cast = make_cast()
    form = RolesForm({"roles": ["kam"]}, actor=cast.adam, person=cast.dora)
    assert form.is_valid()
    assert form.cleaned_data["roles"] == {"kam", "director"}


def test_the_profile_offers_the_companys_zone():
    cast = make_cast()
    form = ProfileForm(instance=cast.karl, company=Company(time_zone="Europe/Rome"))
    assert "Europe/Rome" in form.fields["time_zone"].choices[0][1]
    assert form.fields["scheme"].choices[0][1] == "As the system"
