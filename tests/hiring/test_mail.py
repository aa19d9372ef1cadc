import pytest
from django.core import mail as outbox

from common.jobs import silent
from hiring import jobs, mail
from hiring.choices import LetterState
from tests.cast import make_cast
from tests.hiring.test_commands_letter_send import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    make_cast()
    return write()


def test_it_leaves_with_a_link_and_the_way_to_stop_letters(letter):
    jobs.send_letter(silent, letter_id=letter.pk)
    (message,) = outbox.outbox
    assert message.to == ["jo@example.org"]
    assert message.reply_to == ["rita@example.org"]
    assert "http://localhost:8000/c/" in message.body and "{" not in message.body
    stop = message.extra_headers["List-Unsubscribe"].strip("<>")
    assert stop in message.body and "/letters/stop/" in stop
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "<a href" in message.alternatives[0].content
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT and letter.sent_at


def test_the_same_letter_has_the_same_number_of_message(letter):
    assert mail.message_id(letter) == mail.message_id(letter)
    assert mail.message_id(letter) != mail.message_id(write())


def test_what_people_type_is_no_markup(letter):
    letter.body = "<script>alert(1)</script> & {link}"
    letter.save()
    jobs.send_letter(silent, letter_id=letter.pk)
    html = outbox.outbox[0].alternatives[0].content
    assert "<script" not in html and "&lt;script" in html
    assert "<script>" in outbox.outbox[0].body
