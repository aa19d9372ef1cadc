import re

import pytest
from django.core import mail
from django.test import Client

from people.models import EmailChange, Session, User
from tests.cast import PASSWORD, make_company, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def karl():
    make_company()
    return make_user("Karl", "kam", password=PASSWORD)


def sign_in(client: Client, user: User) -> Client:
    client.post("/sign-in/", {"login": user.email, "password": PASSWORD})
    return client


def test_the_profile_is_saved_and_takes_hold(client, karl, reader):
    reader(karl, client).post(
        "/me/",
        {
            "name": "Карл Браун",
            "title": "KAM",
            "language": "ru",
            "time_zone": "Asia/Vladivostok",
            "density": "compact",
            "scheme": "dark",
            "digest": "weekly",
            "digest_hour": "6",
        },
    )
    karl.refresh_from_db()
    assert (karl.digest, karl.digest_hour) == ("weekly", 6)
    assert (karl.name, karl.time_zone, karl.density) == (
        "Карл Браун",
        "Asia/Vladivostok",
        "compact",
    )
    page = client.get("/me/")
    assert page["Content-Language"] == "ru"
    assert 'data-bs-theme="dark"' in page.content.decode()


def test_only_the_fields_of_the_profile_are_writable(client, karl, reader):
    values = {"name": "Karl", "density": "compact", "scheme": "auto"}
    more = {"email": "x@evil.example", "is_active": "", "roles": "director", "password": "x"}
    reader(karl, client).post("/me/", values | more)
    after = User.objects.get(pk=karl.pk)
    assert (after.email, after.is_active, after.roles) == (karl.email, True, {"kam"})
    assert after.password == karl.password


@pytest.mark.parametrize("field", ["name", "time_zone", "density", "language"])
def test_a_wrong_value_saves_nothing(client, karl, reader, field):
    good = {"name": "K", "language": "ru", "time_zone": "UTC", "density": "compact",
            "scheme": "dark"}  # fmt: skip
    bad = good | {field: "" if field == "name" else "nonsense"}
    assert reader(karl, client).post("/me/", bad).status_code == 200
    karl.refresh_from_db()
    assert (karl.name, karl.scheme) == ("Karl", "auto")


def test_one_click_sets_a_preference_and_keeps_the_page(client, karl, reader):
    reader(karl, client)
    answer = client.post("/me/preferences/", {"scheme": "dark", "next": "/me/security/?a=1"})
    assert answer["Location"] == "/me/security/?a=1"
    client.post("/me/preferences/", {"density": "compact", "scheme": "purple"})
    karl.refresh_from_db()
    assert (karl.scheme, karl.density) == ("dark", "compact")


def test_a_visitor_sets_the_language_in_a_cookie(client, karl):
    answer = client.post("/me/preferences/", {"language": "es", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    assert client.get("/sign-in/")["Content-Language"] == "es"
    assert Session.objects.count() == 0


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil.example",
                                    "people:settings_page", "elsewhere"])  # fmt: skip
def test_preferences_never_lead_off_our_host(client, karl, target):
    answer = client.post("/me/preferences/", {"language": "es", "next": target})
    assert answer["Location"] == "/"


def test_one_sees_and_ends_ones_sessions(karl):
    here, there = sign_in(Client(), karl), sign_in(Client(), karl)
    page = here.get("/me/security/")
    other = next(line for line in page.context["sessions"] if not line.is_this)
    assert there.session.session_key not in page.content.decode()
    here.post("/me/sessions/end/", {"session": other.mark})
    assert there.get("/me/").status_code == 302
    third = sign_in(Client(), karl)
    here.post("/me/sessions/end-others/")
    assert third.get("/me/").status_code == 302
    assert here.get("/me/").status_code == 200


class TestEmailChange:
    def ask(self, client, run_jobs, email="karl@new.example"):
        client.post("/me/email/", {"email": email})
        run_jobs()

    def path(self, index: int) -> str:
        return re.search(r"http://localhost:8000(/email/\S+)", mail.outbox[index].body)[1]

    def test_new_confirms_and_old_may_undo(self, karl, run_jobs):
        client = sign_in(Client(), karl)
        self.ask(client, run_jobs)
        assert [message.to for message in mail.outbox] == [["karl@new.example"], [karl.email]]
        confirm, undo = self.path(0), self.path(1)
        visitor = Client()
        assert visitor.get(confirm).status_code == 200
        assert User.objects.get(pk=karl.pk).email == "karl@example.org"
        visitor.post(confirm)
        assert User.objects.get(pk=karl.pk).email == "karl@new.example"
        assert "used, replaced or has expired" in visitor.get(confirm).content.decode()
        visitor.get(undo)
        assert User.objects.get(pk=karl.pk).email == "karl@new.example"
        visitor.post(undo)
        assert User.objects.get(pk=karl.pk).email == "karl@example.org"
        assert client.get("/me/").status_code == 302
        run_jobs()
        assert "/password/reset/" in mail.outbox[-1].body

    def test_an_old_session_must_sign_in_again_first(self, karl, reader, run_jobs):
        answer = reader(karl).post("/me/email/", {"email": "karl@new.example"})
        assert answer["Location"].startswith("/sign-in/again/")
        assert EmailChange.objects.count() == 0

    def test_nonsense_and_ones_own_address_are_refused_in_words(self, karl, run_jobs):
        client = sign_in(Client(), karl)
        for email in ("nonsense", karl.email):
            client.post("/me/email/", {"email": email})
        assert EmailChange.objects.count() == 0


def test_signing_in_again_resumes_what_was_asked(karl, reader):
    client = reader(karl)
    client.post("/me/email/", {"email": "karl@new.example"})
    done = client.post(
        "/sign-in/again/?next=/me/email/", {"password": PASSWORD, "next": "/me/email/"}
    )
    assert done.status_code == 302
    assert EmailChange.objects.count() == 1
