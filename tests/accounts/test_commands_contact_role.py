import pytest

from accounts.choices import Tier
from accounts.commands.contact_role import install_contact_roles
from accounts.models import ContactRole
from accounts.queries.people import required_roles

pytestmark = pytest.mark.django_db


def test_a_company_starts_with_six_roles_for_a_four_for_b_and_two_for_c():
    assert install_contact_roles() == 10
    counts = {tier: len(required_roles(tier)) for tier in Tier.values}
    assert counts == {"A": 6, "B": 4, "C": 2, "N": 0}


def test_every_role_has_a_name_in_four_languages():
    install_contact_roles()
    assert all(set(role.names) == {"en", "ru", "es", "it"} for role in ContactRole.objects.all())


def test_a_role_that_is_there_keeps_its_own_words():
    ContactRole.objects.create(code="finance", names={"en": "Treasurer"}, required_in=["C"])
    assert install_contact_roles() == 9
    assert ContactRole.objects.get(code="finance").name == "Treasurer"
    assert install_contact_roles() == 0
