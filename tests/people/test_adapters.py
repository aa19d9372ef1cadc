import time

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from people.adapters import AccountAdapter, FactorAdapter
from tests.cast import make_company, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_of(rf):
    def make(user, at: float | None):
        request = rf.get("/")
        request.user, request.session = user, {}
        if at is not None:
            request.session["account_authentication_methods"] = [{"method": "password", "at": at}]
            request.session["account_authentication_methods_user"] = str(user.pk)
        return request

    return make


@pytest.mark.parametrize(
    ("ago", "required"), [(10, False), (299, False), (301, True), (None, True)]
)
def test_who_has_just_signed_in_need_not_do_it_again(request_of, ago, required):
    karl = make_user("Karl", password="a-long-enough-password")
    request = request_of(karl, None if ago is None else time.time() - ago)
    with context.request_context(request):
        assert AccountAdapter().is_reauthentication_required(app="allauth.mfa") is required


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("/accounts/", True),
        ("http://testserver/x", True),
        ("http://localhost/x", False),  # an allowed host, but not the one asked
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_where_redirects_may_lead(rf, target, safe):
    with context.request_context(rf.get("/")):
        assert AccountAdapter().is_safe_url(target) is safe


def test_the_last_factor_of_a_guarded_role_stays():
    make_company(second_factor_roles=["kam"])
    karl = make_user("Karl", "kam")
    TOTP.activate(karl, "JBSWY3DPEHPK3PXP")
    app = Authenticator.objects.get()
    assert not FactorAdapter().can_delete_authenticator(app)
    Authenticator.objects.create(user=karl, type="webauthn", data={"name": "Key"})
    assert FactorAdapter().can_delete_authenticator(app)
    make_company(second_factor_roles=[])
    Authenticator.objects.filter(type="webauthn").delete()
    assert FactorAdapter().can_delete_authenticator(app)


def test_allauth_sends_no_letter_of_its_own():
    with pytest.raises(RuntimeError, match="letters live in people.mail"):
        AccountAdapter().send_mail("account/email/unknown_account", "x@example.org", {})


def test_nobody_signs_up(rf):
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False
