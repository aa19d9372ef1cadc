import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.cache import cache
from django.test import Client

from people.models import Session, User
from tests.cast import PASSWORD, make_cast, make_company, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def karl():
    make_company()
    return make_user("Karl", "kam", password=PASSWORD)


def sign_in(client: Client, email="karl@example.org", password=PASSWORD, **extra):
    return client.post("/sign-in/", {"login": email, "password": password}, **extra)


def test_the_right_password_opens_a_session_that_knows_its_person(client, karl):
    response = sign_in(client, HTTP_USER_AGENT="Mozilla/5.0 (X11; Linux) Firefox/130.0")
    assert response.status_code == 302
    assert response["Location"] == "/"
    row = Session.objects.get(user=karl)
    assert row.device == "Firefox, Linux"
    assert row.started_at is not None


def test_known_and_unknown_addresses_answer_alike(client, karl):
    wrong = sign_in(client, password="wrong").content.decode()
    unknown = sign_in(client, email="nobody@example.org", password="wrong").content.decode()

    def mask(text):
        return re.sub(r"[A-Za-z0-9]{64}|karl@|nobody@", "", text)

    assert mask(wrong) == mask(unknown)
    assert "The address or the password is wrong." in wrong


def test_five_failures_close_the_password_for_this_place_with_429(client, karl):
    for _ in range(5):
        assert sign_in(client, password="wrong").status_code == 200
    locked = sign_in(client)
    assert locked.status_code == 429
    assert int(locked["Retry-After"]) == 900
    assert "passkey still opens" in locked.content.decode()


def test_the_lock_does_not_keep_the_owner_out_elsewhere(client, karl):
    for _ in range(6):
        sign_in(client, password="wrong")
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2")).status_code == 302


def test_twenty_failures_from_many_places_close_the_address_everywhere(karl):
    for number in range(20):
        client = Client(REMOTE_ADDR=f"10.0.0.{number + 1}")
        assert sign_in(client, password="wrong").status_code == 200
    assert sign_in(Client(REMOTE_ADDR="10.0.1.1")).status_code == 429


def test_forwarded_addresses_are_ignored_without_a_trusted_proxy(client, karl):
    for number in range(5):
        sign_in(client, password="wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="10.0.0.9").status_code == 429


def test_behind_a_proxy_its_last_hop_counts(settings, karl):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    client = Client()
    for _ in range(5):
        sign_in(client, password="wrong", HTTP_X_FORWARDED_FOR="1.1.1.1, 10.0.0.1")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="2.2.2.2, 10.0.0.1").status_code == 429
    assert sign_in(client, HTTP_X_FORWARDED_FOR="1.1.1.1, 10.0.0.2").status_code == 302


def test_a_passkey_challenge_is_given_while_the_password_is_locked(client, karl):
    for _ in range(6):
        sign_in(client, password="wrong")
    answer = client.get("/sign-in/passkey/", HTTP_ACCEPT="application/json")
    assert answer.status_code == 200
    assert "challenge" in answer.json()["request_options"]["publicKey"]


def test_visitors_leave_no_session_rows(client, karl):
    for path in ("/sign-in/", "/sign-in/?next=/accounts/", "/password/reset/", "/nowhere/"):
        client.get(path)
    client.get("/sign-in/passkey/", HTTP_ACCEPT="application/json")
    sign_in(client, password="wrong")
    assert Session.objects.count() == 0


def test_signing_in_gives_a_new_session_id(client, karl):
    session = client.session
    session["planted"] = True
    session.save()
    planted = session.session_key
    sign_in(client)
    assert client.session.session_key != planted
    assert not Session.objects.filter(pk=planted).exists()


@pytest.mark.parametrize(
    "target", ["//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/"]
)
def test_sign_in_never_leads_off_our_host(client, karl, target):
    response = client.post("/sign-in/", {"login": karl.email, "password": PASSWORD, "next": target})
    assert response["Location"] == "/"


def test_signing_out_is_a_post_and_clears_the_cache(client, karl):
    sign_in(client)
    assert client.get("/sign-out/").status_code == 405
    response = client.post("/sign-out/")
    assert response["Clear-Site-Data"] == '"cache"'
    assert Session.objects.count() == 0


def test_a_closed_person_is_told_so_only_with_the_right_password(client, karl):
    User.objects.filter(pk=karl.pk).update(is_active=False)
    assert sign_in(client)["Location"] == "/sign-in/"
    assert Session.objects.filter(user=karl).count() == 0


def test_a_session_ends_after_an_idle_hour(karl):
    with time_machine.travel("2026-03-02T08:00:00Z", tick=False) as clock:
        client = Client()
        sign_in(client)
        clock.move_to("2026-03-02T08:59:59Z")
        assert client.get("/me/").status_code == 200
        clock.move_to("2026-03-02T10:00:00Z")
        assert client.get("/me/").status_code == 302
    assert Session.objects.filter(user=karl).count() == 0


def test_a_session_ends_after_twelve_hours_however_busy(karl):
    with time_machine.travel("2026-03-02T08:00:00Z", tick=False) as clock:
        client = Client()
        sign_in(client)
        for hour in range(9, 20):
            clock.move_to(f"2026-03-02T{hour:02d}:00:00Z")
            assert client.get("/me/").status_code == 200
        clock.move_to("2026-03-02T20:00:01Z")
        assert client.get("/me/").status_code == 302


def test_a_request_writes_its_session_at_most_once_a_minute(
    client, karl, django_assert_max_num_queries
):
    sign_in(client)
    client.get("/me/")
    with django_assert_max_num_queries(6) as seen:
        client.get("/me/")
    assert not [query for query in seen.captured_queries if query["sql"].startswith("UPDATE")]


class TestForgottenPassword:
    def ask(self, client, run_jobs, email):
        response = client.post("/password/reset/", {"email": email})
        run_jobs()
        return response

    def link(self):
        return re.search(r"http\S+/password/reset/\S+", mail.outbox[-1].body)[0]

    def test_known_and_unknown_addresses_answer_alike_and_only_one_gets_a_letter(
        self, client, karl, run_jobs
    ):
        first = self.ask(client, run_jobs, karl.email)
        assert len(mail.outbox) == 1
        second = self.ask(client, run_jobs, "nobody@example.org")
        assert len(mail.outbox) == 1
        assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])

    def test_the_link_sets_a_password_once_and_ends_sessions(self, client, karl, run_jobs):
        busy = Client()
        sign_in(busy)
        self.ask(client, run_jobs, karl.email)
        path = self.link().removeprefix("http://localhost:8000")
        page = client.get(path, follow=True)
        form_path = page.request["PATH_INFO"]
        assert path != form_path
        done = client.post(form_path, {"password1": "another-long-password"})
        assert done["Location"] == "/password/reset/done/"
        assert busy.get("/me/").status_code == 302
        assert sign_in(Client(), password="another-long-password").status_code == 302
        assert "no longer works" in Client().get(path, follow=True).content.decode()

    def test_the_link_dies_after_half_an_hour(self, client, karl, run_jobs):
        with time_machine.travel("2026-03-02T08:00:00Z", tick=False) as clock:
            self.ask(client, run_jobs, karl.email)
            path = self.link().removeprefix("http://localhost:8000")
            clock.move_to("2026-03-02T08:30:01Z")
            assert "no longer works" in client.get(path, follow=True).content.decode()

    @pytest.mark.parametrize("field", ["email", "last_login"])
    def test_the_token_dies_with_address_or_sign_in(self, karl, field):
        token = default_token_generator.make_token(karl)
        karl.email, karl.last_login = {
            "email": ("new@example.org", karl.last_login),
            "last_login": (karl.email, karl.created_at),
        }[field]
        assert not default_token_generator.check_token(karl, token)

    def test_links_name_the_configured_host(self, client, karl, run_jobs):
        client.post("/password/reset/", {"email": karl.email}, HTTP_HOST="127.0.0.1")
        run_jobs()
        assert self.link().startswith("http://localhost:8000/")
        refused = client.post("/password/reset/", {"email": karl.email}, HTTP_HOST="evil.example")
        assert refused.status_code == 400

    def test_no_second_list_of_addresses_comes_about(self, client, karl, run_jobs):
        sign_in(client)
        self.ask(Client(), run_jobs, karl.email)
        assert EmailAddress.objects.count() == 0


def code_for(secret: str, at: float) -> str:
    return format_hotp_value(hotp_value(secret, int(at) // 30))


class TestSecondFactor:
    SECRET = "JBSWY3DPEHPK3PXP"

    @pytest.fixture
    def guarded(self, karl):
        TOTP.activate(karl, self.SECRET)
        return karl

    def test_half_a_sign_in_opens_nothing(self, client, guarded):
        assert sign_in(client)["Location"] == "/sign-in/code/"
        for path in ("/me/", "/me/security/", "/settings/"):
            assert client.get(path).status_code == 302
            assert client.get(path)["Location"].startswith("/sign-in/")
        assert Session.objects.filter(user=guarded).count() == 0

    def test_a_code_opens_and_is_good_once(self, guarded):
        with time_machine.travel("2026-03-02T08:00:00Z", tick=False):
            code = code_for(self.SECRET, 1772438400)
            first, second = Client(), Client()
            for client in (first, second):
                sign_in(client)
            assert first.post("/sign-in/code/", {"code": code})["Location"] == "/"
            assert second.post("/sign-in/code/", {"code": code}).status_code == 200
            assert second.get("/me/").status_code == 302

    @pytest.mark.parametrize(
        ("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)]
    )
    def test_a_code_may_be_one_step_old_and_no_older(self, client, guarded, steps, opens):
        with time_machine.travel("2026-03-02T08:00:00Z", tick=False):
            sign_in(client)
            code = code_for(self.SECRET, 1772438400 + steps * 30)
            answer = client.post("/sign-in/code/", {"code": code})
            assert client.get("/me/").status_code == (200 if opens else 302)
            assert opens or "out of date. Try the next one." in answer.content.decode()

    def test_a_used_code_stays_used_for_as_long_as_it_is_good(self, guarded):
        with time_machine.travel("2026-03-02T08:00:00Z", tick=False) as clock:
            early = code_for(self.SECRET, 1772438400 + 30)
            statuses = []
            for _step in range(3):
                client = Client()
                sign_in(client)
                statuses.append(client.post("/sign-in/code/", {"code": early}).status_code)
                clock.shift(30)
            assert statuses == [302, 200, 200]

    @pytest.mark.parametrize("code", ["", "000000", "null", "[]"])
    def test_wrong_codes_open_nothing(self, client, guarded, code):
        sign_in(client)
        assert client.post("/sign-in/code/", {"code": code}).status_code == 200
        assert client.post("/sign-in/code/", {}).status_code == 200
        assert client.get("/me/").status_code == 302

    def test_after_five_wrong_codes_the_right_one_is_refused_too(self, guarded):
        with time_machine.travel("2026-03-02T08:00:00Z", tick=False):
            client = Client()
            sign_in(client)
            for _ in range(5):
                client.post("/sign-in/code/", {"code": "000000"})
            right = code_for(self.SECRET, 1772438400)
            assert client.post("/sign-in/code/", {"code": right}).status_code == 200
            assert client.get("/me/").status_code == 302

    def test_a_role_that_needs_one_reaches_only_the_pages_that_make_one(self, client):
        make_company(second_factor_roles=["kam"])
        make_user("Karl", "kam", password=PASSWORD)
        sign_in(client)
        for path in ("/me/", "/me/security/", "/settings/"):
            assert client.get(path)["Location"] == "/me/second-factor/"
        assert client.get("/me/second-factor/").status_code == 200
        assert client.get("/me/second-factor/app/").status_code == 200
        assert client.post("/sign-out/").status_code == 302

    def test_the_demo_asks_nobody_for_one(self, client, settings):
        settings.DEMO = True
        make_company(second_factor_roles=["kam"])
        make_user("Karl", "kam", password=PASSWORD)
        sign_in(client)
        assert client.get("/me/").status_code == 200

    def test_connecting_an_app_renews_the_session_and_ends_others(self, client, karl, run_jobs):
        other = Client()
        sign_in(other)
        with time_machine.travel("2026-03-02T08:00:00Z", tick=False):
            sign_in(client)
            before = client.session.session_key
            page = client.get("/me/second-factor/app/")
            secret = page.context["form"].secret
            assert "data:image/svg+xml;base64," in page.content.decode()
            done = client.post("/me/second-factor/app/", {"code": code_for(secret, 1772438400)})
            assert done["Location"] == "/me/second-factor/codes/"
            assert client.session.session_key != before
            assert other.get("/me/").status_code == 302
            assert len(client.get(done["Location"]).context["unused_codes"]) == 10
        run_jobs()
        assert "second factor was added" in mail.outbox[-1].subject

    def test_the_last_factor_stays_while_the_role_needs_it(self, client, guarded):
        make_company(second_factor_roles=["kam"])
        client.force_login(guarded)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": 9e9}]
        session["account_authentication_methods_user"] = str(guarded.pk)
        session.save()
        answer = client.post("/me/second-factor/app/remove/")
        assert answer.status_code == 200
        assert "Add another one" in answer.content.decode()
        assert guarded.authenticator_set.count() == 1


def test_the_demo_signs_in_by_role_with_one_click(client, settings):
    settings.DEMO = True
    cast = make_cast()
    page = client.get("/sign-in/").content.decode()
    assert page.count('name="role"') == 6
    assert client.post("/sign-in/demo/", {"role": "director"})["Location"] == "/"
    assert Session.objects.get().user == cast.dora
    assert client.post("/sign-in/demo/", {"role": "sorcerer"}).status_code == 404


def test_outside_the_demo_nobody_signs_in_by_one_click(client):
    make_cast()
    assert 'name="role"' not in client.get("/sign-in/").content.decode()
    assert client.post("/sign-in/demo/", {"role": "director"}).status_code == 404


def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(client, karl):
    other = Client()
    sign_in(other)
    sign_in(client)
    wrong = client.post(
        "/password/change/", {"current": "wrong", "password": "another-long-password"}
    )
    assert wrong.status_code == 200
    assert other.get("/me/").status_code == 200
    right = client.post(
        "/password/change/", {"current": PASSWORD, "password": "another-long-password"}
    )
    assert right.status_code == 302
    assert client.get("/me/").status_code == 200
    assert other.get("/me/").status_code == 302


def test_there_is_no_way_to_sign_up(client, karl):
    for path in ("/signup/", "/sign-up/", "/accounts/signup/"):
        assert client.get(path).status_code == 404


def test_the_counters_live_in_the_shared_cache(client, karl):
    sign_in(client, password="wrong")
    cache.clear()
    for _ in range(5):
        assert sign_in(client, password="wrong").status_code == 200
