import pytest
from django.core import mail as outbox
from django.utils import translation

from people import commands, mail
from people.models import EmailChange
from tests.cast import make_cast, make_company, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def karl():
    make_company(name="Severpack & Co")
    return make_user("Karl", "kam")


def letters(karl) -> None:
    change = EmailChange(user=karl, old=karl.email, new="n@example.org", seed="s")
    mail.password_reset(karl, uid="1", token="abc-def")
    mail.email_confirm(change)
    mail.email_undo(change)
    for kind in ("password_changed", "factor_added", "factor_removed"):
        mail.security_notice(karl, kind=kind)


def test_every_letter_has_subject_text_and_html_without_leftovers(karl):
    letters(karl)
    assert len(outbox.outbox) == 6
    for message in outbox.outbox:
        html = message.alternatives[0].content
        assert message.subject.strip() and "\n" not in message.subject
        for text in (message.subject, message.body, html):
            assert "{" not in text and "Context" not in text
        assert "http://localhost:8000/" in message.body
        assert "&amp;" not in message.body
        assert "Severpack &amp; Co" in html


def test_letters_are_in_the_recipients_language_else_the_companys(karl, monkeypatch):
    used = []
    real = mail.render_to_string
    monkeypatch.setattr(
        mail,
        "render_to_string",
        lambda *args: used.append(translation.get_language()) or real(*args),
    )
    make_company(language="it")
    karl.language = "ru"
    mail.security_notice(karl, kind="factor_added")
    karl.language = ""
    mail.security_notice(karl, kind="factor_added")
    assert used == ["ru"] * 3 + ["it"] * 3


def test_an_invitation_names_the_inviter_and_the_company():
    cast = make_cast()
    (row,) = commands.invite_people(
        actor=cast.dora, people=[("new@example.org", "")], roles={"kam"}
    )
    mail.invitation(row)
    body = outbox.outbox[0].body
    assert "Dora invites you" in body
    assert f"http://localhost:8000/invite/{row.token}/" in body


def test_names_cannot_add_headers(karl):
    make_company(name="Evil\r\nBcc: all@example.org")
    mail.security_notice(karl, kind="factor_added")
    cast_company = outbox.outbox[0]
    assert list(cast_company.extra_headers) == []
    assert "\n" not in cast_company.subject
