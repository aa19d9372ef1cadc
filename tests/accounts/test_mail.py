import pytest
from django.core import mail as outbox

from accounts import mail
from accounts.commands.pulse import ask_pulse
from tests.caring import make_letter, make_powerful, make_watched

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(cast, account):
    row = make_letter(cast.karl, account, make_powerful(account, "Anna"))
    row.sent_by = cast.karl
    return row


def test_a_letter_has_words_in_both_forms_and_one_id(letter):
    letter.body = "Dear <Anna>,\n\nhttps://example.org"
    mail.send(letter)
    (message,) = outbox.outbox
    html = message.alternatives[0].content
    assert "&lt;Anna&gt;" in html and '<a href="https://example.org"' in html
    assert message.extra_headers["Message-ID"] == mail.message_id(letter)
    assert mail.message_id(letter).startswith("<") and "@" in mail.message_id(letter)


def test_no_header_is_smuggled_in(letter):
    letter.subject = "Hello\r\nBcc: all@example.org"
    mail.send(letter)
    assert outbox.outbox[0].subject == "Hello Bcc: all@example.org"


def test_only_a_question_carries_a_link(cast, account, letter):
    letter.body = "See {link}"
    mail.send(letter)
    assert outbox.outbox[0].body == "See {link}\n"
    (pulse,) = ask_pulse(make_watched(account, cast.karl, days_ago=30), 30)
    letter.pulse = pulse
    mail.send(letter)
    assert mail.pulse_url(pulse) in outbox.outbox[1].body
