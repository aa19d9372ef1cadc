"""Sudden departure: rights of who has gone, and of who follows, change with the next request; what
was under way for the leaver stops where it stands."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts.commands.departure import leave_suddenly, undo_departure
from accounts.jobs import remind_tick
from accounts.models import Account, CustomerLetter
from accounts.queries import export
from accounts.queries.list_state import ListState
from common.jobs import enqueue
from common.models import Job
from people import commands as people
from people.models import Company, Departure, Session, User, company_day
from tests.care import in_days, make_absence, make_employment, make_key_account
from tests.cast import PASSWORD, make_account, signed_in
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db
KEYS = ("Zanzibar", "Zoroaster", "Zugspitze")


@pytest.fixture
def book(cast) -> list[Account]:
    """Karl owns three key accounts and one that is not."""
    Company.objects.update(set_up_at=timezone.now())
    make_employment(cast.karl)
    keys = [make_key_account(name, owner=cast.karl, revenue=100) for name in KEYS]
    make_task("Offer", owner=cast.karl, account=keys[0])
    return [*keys, make_account("Plain", owner=cast.karl)]


def leave(cast) -> Departure:
    return leave_suddenly(actor=cast.dora, user=cast.karl)


def named(answer) -> set[str]:
    parts = answer.streaming_content if answer.streaming else [answer.content]
    text = b"".join(parts).decode(errors="ignore")
    return {name for name in (*KEYS, "Plain") if name in text}


def test_the_leaver_is_out_of_pages_data_files_and_calendar_with_the_next_request(cast, book):
    karl, phone = signed_in(cast.karl), signed_in(cast.karl)
    make_absence(cast.karl)
    urls = [
        reverse("accounts:account_page", args=[book[0].pk]),
        reverse("accounts:account_list"),
        reverse("accounts:log_data"),
        reverse("accounts:absence_feed"),
        reverse("accounts:account_export", args=["csv"]),
    ]
    assert [karl.get(url).status_code for url in urls] == [200] * 5
    assert named(phone.get(reverse("accounts:log_data")))
    leave(cast)
    for client in (karl, phone):
        answers = [client.get(url, follow=True) for url in urls]
        assert not set().union(*map(named, answers))
        assert all(b"BEGIN:VCALENDAR" not in answer.content for answer in answers)
    assert not Session.objects.filter(user=cast.karl).exists()


def test_no_way_back_in_by_password_or_by_a_reset_link_sent_before(cast, book, client, run_jobs):
    cast.karl.set_password(PASSWORD)
    cast.karl.save()
    client.post("/password/reset/", {"email": cast.karl.email})
    run_jobs()
    link = re.search(r"https?://[^/]+(/password/reset/\S+)", mail.outbox[-1].body)[1]
    leave(cast)
    client.post("/sign-in/", {"login": cast.karl.email, "password": PASSWORD})
    assert client.get("/accounts/").status_code == 302
    new = "another-long-enough-password"
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    client.post("/sign-in/", {"login": cast.karl.email, "password": new})
    assert client.get("/accounts/").status_code == 302
    mail.outbox.clear()
    client.post("/password/reset/", {"email": cast.karl.email})
    run_jobs()
    assert not [letter for letter in mail.outbox if "/password/reset/" in letter.body]


def test_who_follows_may_everything_with_the_next_request(cast, book):
    dora, lena = signed_in(cast.dora), signed_in(cast.lena)
    edit = reverse("accounts:account_edit", args=[book[3].pk])
    mine = f"{reverse('accounts:account_list')}?view=mine"
    assert lena.get(edit).status_code in (403, 404)
    assert not named(dora.get(mine)) and not named(lena.get(mine))
    leave(cast)
    assert lena.get(edit).status_code == 200
    assert named(dora.get(mine)) == set(KEYS) and named(lena.get(mine)) == {"Plain"}
    assert named(dora.get(reverse("accounts:control_list"))) == set(KEYS)
    week = dora.get(reverse("accounts:task_list")).content.decode()
    assert "Offer" in week


def test_an_export_in_flight_and_a_queued_run_give_nothing_more(cast, book, monkeypatch, run_jobs):
    monkeypatch.setattr(export, "CHUNK", 1)
    rows = export.export_rows(cast.karl, ListState(view="all", sort="name"), [])
    next(rows)
    job = Job.objects.create(name="kpi.jobs.export", created_by=cast.karl)
    leave(cast)
    assert list(rows) == []
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_mail_that_was_queued_for_the_leaver_is_not_sent(cast, book, run_jobs):
    User.objects.filter(pk=cast.karl.pk).update(digest_hour=7)
    people.tell(user=cast.karl, kind="account_given", target=book[0], cause="given")
    enqueue("people.jobs.mail_digest", user_id=cast.karl.pk, day=company_day().isoformat())
    letter = CustomerLetter.objects.create(
        account=book[0], kind="departure", language="en", address="boss@customer.example",
        subject="Dear", body="Sir", state="queued", written_by=cast.karl, sent_by=cast.karl,
    )  # fmt: skip
    leave(cast)
    run_jobs()
    letter.refresh_from_db()
    assert letter.state == "stopped"
    assert not [one for one in mail.outbox if {cast.karl.email, letter.address} & set(one.to)]


def test_taken_back_the_leaver_signs_in_anew_and_who_followed_is_out_again(cast, book):
    dora, lena = signed_in(cast.dora), signed_in(cast.lena)
    edit = reverse("accounts:account_edit", args=[book[3].pk])
    departure = leave(cast)
    assert lena.get(edit).status_code == 200
    undo_departure(actor=cast.dora, departure_id=departure.pk)
    assert lena.get(edit).status_code in (403, 404)
    assert not named(dora.get(reverse("accounts:control_list")))
    karl = signed_in(User.objects.get(pk=cast.karl.pk))
    assert named(karl.get(f"{reverse('accounts:account_list')}?view=mine")) == {*KEYS, "Plain"}


def test_a_noted_departure_ends_rights_by_itself_when_the_last_day_is_over(cast, book):
    karl = signed_in(cast.karl)
    Departure.objects.create(user=cast.karl, kind="resigned", last_day=in_days(-1))
    assert karl.get("/accounts/").status_code == 200
    remind_tick()
    assert karl.get("/accounts/").status_code == 302
    assert named(signed_in(cast.dora).get(reverse("accounts:control_list"))) == set(KEYS)
