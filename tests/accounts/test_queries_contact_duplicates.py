import pytest

from accounts.queries.contact_duplicates import contact_pairs, namesakes
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


@pytest.fixture
def hansa(cast):
    return make_account("Hansa", owner=cast.karl)


def found(user, **asked) -> list[str]:
    return [one.contact.name for one in namesakes(user, **asked).people]


def reach(contact, kind: str, normal: str) -> None:
    contact.reaches.create(kind=kind, value=normal, normal=normal)


def test_somebody_is_known_by_phone_e_mail_or_name_in_either_script(cast, hansa):
    jutta = make_contact(hansa, "Катарина Шульц", other_name="Katharina Schultz")
    reach(jutta, "phone", "4940300330")
    reach(jutta, "email", "k@hansa.example")
    for asked in (
        {"phones": "040 300330 (desk)", "region": "DE"},
        {"emails": "nobody\nK@Hansa.example"},
        {"name": "Katarina Shults"},
        {"name": "Schultz, Katharina"},
    ):
        assert found(cast.karl, **asked) == ["Катарина Шульц"]
    for asked in ({"name": "Катарина"}, {"phones": "x"}, {}):
        assert found(cast.karl, **asked) == []


def test_whom_one_may_not_see_is_never_named(cast, hansa):
    jutta = make_contact(hansa, "Jutta Krämer")
    reach(jutta, "phone", "4940300330")
    told = namesakes(cast.kim, phones="+49 40 300330", name="Jutta Krämer")
    assert (told.people, told.hidden) == ([], True)
    told = namesakes(cast.kim, name="Jutta Krämer")
    assert (told.people, told.hidden) == ([], False)


def test_open_places_and_merged_records_are_nobody(cast, hansa):
    jutta = make_contact(hansa, "Jutta Krämer")
    make_contact(hansa, "Jutta Kramer", merged_into=jutta)
    reach(make_contact(hansa, ""), "phone", "4940300330")
    assert found(cast.karl, name="Jutta Krämer", phones="+49 40 300330") == ["Jutta Krämer"]


def test_pairs_say_why_and_the_older_record_is_first(cast, hansa):
    one, other = make_contact(hansa, "Jutta Krämer"), make_contact(hansa, "Kramer, Jutta")
    phone = make_contact(hansa, "J. K.")
    for contact in (one, phone):
        reach(contact, "phone", "4940300330")
    pairs = [(p.first.contact, p.second.contact, p.reason) for p in contact_pairs(cast.karl)]
    assert pairs == [(one, other, "name"), (one, phone, "phone")]
    assert contact_pairs(cast.kim) == []


def test_a_name_in_another_script_makes_a_pair(cast, hansa):
    make_contact(hansa, "Екатерина Шульц", other_name="Catherine Schulz")
    make_contact(hansa, "Catherine Schulz")
    assert len(contact_pairs(cast.karl)) == 1


def test_a_switchboard_makes_no_pairs(cast, hansa):
    for number in range(25):
        reach(make_contact(hansa, f"Person {number}"), "phone", "4940300330")
    assert contact_pairs(cast.karl) == []


@pytest.mark.parametrize("many", [1, 30])
def test_pairs_cost_the_same_however_many(cast, hansa, django_assert_num_queries, many):
    for number in range(many):
        for _ in "ab":
            make_contact(hansa, f"Jutta {chr(97 + number % 26)}{number}x")
    assert cast.dora.is_director
    with django_assert_num_queries(7):
        assert len(contact_pairs(cast.dora)) == many
