"""Signing in as a person does: password, app, passkey, under the policy with nothing inline."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from common.jobs import run_now
from common.models import Job
from people import commands
from people.models import User
from tests.browser.conftest import PHONE
from tests.cast import PASSWORD, make_cast, make_company, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def karl(transactional_db):
    make_company()
    return make_user("Karl", "kam", password=PASSWORD)


def fill_in(page, password: str = PASSWORD) -> None:
    page.get_by_label("E-mail address").fill("karl@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page) -> None:
    page.locator("details.k-person > summary").click()
    page.locator("details.k-person").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")


def give_authenticator(page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})


def test_a_password_opens_and_a_wrong_one_is_told(open_page, karl):
    page = open_page("/sign-in/?next=/me/security/")
    fill_in(page, "a-wrong-password")
    assert page.get_by_text("The address or the password is wrong.").is_visible()
    fill_in(page)
    page.wait_for_url("**/me/security/")
    assert page.get_by_text("This browser", exact=True).is_visible()


def test_an_invitation_is_accepted(open_page, transactional_db):
    (row,) = commands.invite_people(
        actor=make_cast().dora, people=[("olga@new.example", "")], roles={"kam"}
    )
    page = open_page(f"/invite/{row.token}/")
    page.get_by_label("Your name").fill("Olga New")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/me/security/?welcome=1")
    assert User.objects.get(email="olga@new.example").name == "Olga New"


def test_a_forgotten_password_is_replaced_from_the_letter(open_page, karl, mailoutbox):
    page = open_page("/password/reset/")
    page.get_by_label("E-mail address").fill(karl.email)
    page.get_by_role("button", name="Send the link").click()
    page.wait_for_url("**/password/reset/sent/")
    run_now(Job.objects.get(name__startswith="people.jobs.mail").pk)
    page.goto(re.search(r"/password/reset/\S+", mailoutbox[-1].body)[0])
    for field in page.locator("input[type=password]").all():
        field.fill("meadow-kettle-bridge-31")
    page.locator("form button.btn-primary").click()
    page.wait_for_url("**/password/reset/done/")
    karl.refresh_from_db()
    assert karl.check_password("meadow-kettle-bridge-31")


def test_a_passkey_is_added_and_signs_in_alone_and_as_second_step(open_page, karl):
    page = open_page("/sign-in/?next=/me/second-factor/passkeys/add/")
    give_authenticator(page)
    fill_in(page)
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_url("**/codes/")
    assert page.locator("#codes li").count() == 10
    page.goto("/me/security/")
    assert page.get_by_text("Work laptop").is_visible()
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/me/security/")
    assert page.get_by_text("This browser", exact=True).is_visible()
    sign_out(page)

    fill_in(page)
    page.wait_for_url("**/sign-in/code/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
    page.goto("/me/")
    assert page.get_by_role("heading", name="Karl").is_visible()


def test_an_app_is_connected_and_its_code_asked_for(open_page, karl):
    page = open_page("/sign-in/?next=/me/second-factor/app/")
    fill_in(page)
    secret = page.locator(".p-secret").inner_text()
    drawn = page.evaluate("document.querySelector('.p-qr').naturalWidth")
    assert drawn > 0
    page.get_by_label("Code").fill(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.get_by_role("button", name="Connect").click()
    page.wait_for_url("**/codes/")
    code = page.locator("#codes li").first.inner_text()
    page.goto("/me/")
    sign_out(page)
    fill_in(page)
    page.wait_for_url("**/sign-in/code/")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "sign-in" not in url)


def test_the_first_visit_leads_through_set_up(open_page, transactional_db):
    page = open_page("/", locale="en-GB")
    page.get_by_label("Company").fill("Severpack")
    page.get_by_label("Currency").select_option("SEK")
    page.get_by_label("Your name").fill("Dora Lindqvist")
    page.get_by_label("Your e-mail address").fill("dora@severpack.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set up").click()
    page.wait_for_url("**/me/second-factor/")
    assert page.get_by_role("link", name="Add a passkey").is_visible()
    assert User.objects.get().is_director


@pytest.mark.parametrize("size", [PHONE, {"width": 320, "height": 640}])
def test_the_pages_do_not_scroll_sideways(open_page, transactional_db, size):
    cast = make_cast()
    cast.karl.name = "Мария Верещагина-Климова"
    cast.karl.save()
    page = open_page("/settings/people/", cast.dora, size)
    for path in (
        "/settings/people/",
        f"/settings/people/{cast.karl.pk}/",
        "/settings/people/invite/",
        "/settings/teams/",
        "/settings/record/",
        "/settings/company/",
        "/settings/",
        "/me/",
        "/me/security/",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
