import pytest
from allauth.mfa.totp.internal.auth import TOTP

from people.backends import Backend
from tests.cast import make_user

pytestmark = pytest.mark.django_db


def test_a_person_comes_with_roles_and_factor_in_one_query(django_assert_num_queries):
    lena = make_user("Lena", "kam", "interviewer")
    with django_assert_num_queries(1):
        user = Backend().get_user(lena.pk)
        assert user == lena
        assert user.roles == {"kam", "interviewer"}
        assert not user.has_second_factor


def test_a_person_without_roles_is_a_person():
    sam = make_user("Sam")
    TOTP.activate(sam, "JBSWY3DPEHPK3PXP")
    user = Backend().get_user(sam.pk)
    assert user.roles == frozenset()
    assert user.has_second_factor


def test_closed_and_unknown_people_are_nobody():
    kim = make_user("Kim", "kam", is_active=False)
    assert Backend().get_user(kim.pk) is None
    assert Backend().get_user(999) is None
