import pytest

from accounts.commands.reach import MOST, as_text, reaches_as_given, set_reaches
from common.errors import RuleBroken
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def jutta():
    return make_contact(make_account("Hansa"))


def test_the_list_becomes_what_was_given_in_its_order(jutta):
    set_reaches(jutta, [("phone", "+49 40 300330", "desk"), ("email", "J@hansa.example")])
    kept = jutta.reaches.get(kind="email")
    set_reaches(jutta, [("email", "j@Hansa.example"), ("messenger", "@jk")])
    assert as_text(reaches_as_given(jutta)) == "j@Hansa.example, @jk"
    assert jutta.reaches.get(kind="email") == kept


def test_the_same_number_in_another_grouping_is_no_change(jutta):
    jutta.reaches.create(kind="phone", value="+49 40 300 330", normal="4940300330")
    set_reaches(jutta, [("phone", "+49 40 300330", "desk")])
    assert as_text(reaches_as_given(jutta)) == "+49 40 300 330 (desk)"


def test_the_same_number_is_kept_once(jutta):
    set_reaches(jutta, [("phone", "8 921 555 12 34"), ("phone", "+7 921 5551234")], region="RU")
    assert [row.normal for row in jutta.reaches.all()] == ["79215551234"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("email", "nobody"), "not an e-mail address"),
        (("phone", "none"), "not a phone number"),
        (("profile", "javascript:alert(1)"), "not a web page"),
        (("pigeon", "coo"), "no address"),
    ],
)
def test_what_does_not_do_is_refused_in_words(jutta, given, words):
    set_reaches(jutta, [("messenger", "@jk")])
    with pytest.raises(RuleBroken, match=words):
        set_reaches(jutta, [given])
    assert reaches_as_given(jutta) == [["messenger", "@jk", ""]]


def test_a_person_has_not_endless_numbers(jutta):
    with pytest.raises(RuleBroken, match="at most"):
        set_reaches(jutta, [("phone", f"+49 40 30033{n:02}") for n in range(MOST + 1)])
