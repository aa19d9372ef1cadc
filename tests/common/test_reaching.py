import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.reaching import Unfit, plain_name, reach


@pytest.mark.parametrize(
    ("kind", "value", "region", "shown", "normal"),
    [
        ("phone", "8 (921) 555-12-34", "RU", "+7 921 555-12-34", "79215551234"),
        ("phone", "+49 40 30 03 30", "", "+49 40 300330", "4940300330"),
        ("phone", "040 300330", "DE", "+49 40 300330", "4940300330"),
        ("phone", "ext. 245", "DE", "ext. 245", "245"),
        ("email", " Jutta@Hansa.example ", "", "Jutta@Hansa.example", "jutta@hansa.example"),
        ("messenger", "@Jutta_K", "", "@Jutta_K", "jutta_k"),
        ("address", "Am Kai 3,\nHamburg", "", "Am Kai 3, Hamburg", "am kai 3, hamburg"),
        ("profile", "https://www.Net.example/Jutta/", "", "https://www.Net.example/Jutta/",
         "net.example/jutta"),
    ],
)  # fmt: skip
def test_what_is_shown_and_what_is_compared(kind, value, region, shown, normal):
    assert reach(kind, value, region) == (shown, normal)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("phone", "ab"), ("phone", ""), ("email", "jutta"), ("email", "a@b"), ("email", "a b@c.de"),
        ("profile", "javascript:alert(1)"), ("profile", "ftp://x.example"), ("profile", "//x.de"),
        ("profile", "https://[bad"), ("messenger", "   "),
    ],
)  # fmt: skip
def test_what_is_none_of_its_kind_is_refused(kind, value):
    with pytest.raises(Unfit):
        reach(kind, value)


@given(kind=st.sampled_from(["phone", "email", "messenger", "address", "profile"]), value=st.text())
def test_any_text_is_taken_or_refused_and_taking_it_twice_changes_nothing(kind, value):
    try:
        shown, normal = reach(kind, value, "RU")
    except Unfit:
        return
    assert "\x00" not in shown + normal
    assert reach(kind, shown, "RU")[1] == normal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Катарина Шульц", "Shul'ts Katarina"),
        ("Žižka, Jan", "jan zizka"),
        ("Rautenberg H. Henning", "Henning Rautenberg"),
        ("Prof. Dr. Henning Rautenberg", "Herr Rautenberg, Henning"),
    ],
)
def test_one_name_in_two_spellings(one, other):
    assert plain_name(one) == plain_name(other)


def test_two_names_stay_two():
    assert plain_name("Anna Behrens") != plain_name("Timo Behrens")
    assert plain_name("") == ""
