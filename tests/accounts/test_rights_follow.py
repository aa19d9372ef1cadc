"""Rights follow the moment: what changes hands is gone with the former manager's next request, and
what was begun before, queued or kept for later is asked again when it runs."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
import time_machine
from django.core import mail
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.commands import departure
from accounts.commands.assignment import assign_account
from accounts.commands.control import take_control
from accounts.commands.gate import end_override
from accounts.commands.task import create_task
from accounts.models import Account, Assignment, Contact, File, Position
from accounts.queries import export, people_export
from accounts.queries.list_state import ListState
from common.jobs import enqueue
from people import commands as people
from people.models import Company, Departure, Membership, Notification, User, company_day
from tests.cast import LONG_AGO, Cast, make_account, signed_in
from tests.gate import employ, let_through, make_key

pytestmark = pytest.mark.django_db
MARK = "Zanzibar Canary"
NOON = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)


def given_away(cast: Cast, account: Account) -> None:
    assign_account(
        actor=cast.dora, account_id=account.pk, user=cast.kim, role="owner", start=company_day()
    )


def under_control(cast: Cast, account: Account) -> None:
    take_control(actor=cast.dora, account_id=account.pk, director=cast.dora, reason="review")
    account.assignments.filter(user=cast.karl, role="team").delete()


def override_ended(cast: Cast, account: Account) -> None:
    end_override(actor=cast.dora, override_id=account.overrides.get().pk)
    account.assignments.filter(user=cast.karl, role="team").delete()


def only_helping(cast: Cast) -> None:
    """Who owns accounts leaves by a departure; a deputy's sign-in can be closed as it is."""
    Assignment.objects.filter(user=cast.karl).update(role="deputy")


def dismissed(cast: Cast, account: Account) -> None:
    only_helping(cast)
    people.deactivate_person(actor=cast.dora, user=cast.karl)


def role_taken(cast: Cast, account: Account) -> None:
    only_helping(cast)
    people.change_roles(actor=cast.dora, user=cast.karl, roles={"interviewer"})


def left_suddenly(cast: Cast, account: Account) -> None:
    departure.leave_suddenly(actor=cast.dora, user=cast.karl)


def last_day_over(cast: Cast, account: Account) -> None:
    Departure.objects.create(
        user=cast.karl, kind="moved", last_day=company_day() - dt.timedelta(days=1)
    )
    assert departure.close_due(day=company_day()) == 1


CHANGES = {
    "given to another": given_away,
    "taken under control": under_control,
    "let through no longer": override_ended,
    "sign-in closed": dismissed,
    "role taken": role_taken,
    "left suddenly": left_suddenly,
    "moved to other work": last_day_over,
}


@pytest.fixture(params=CHANGES)
def change(request) -> Callable[[Cast, Account], None]:
    return CHANGES[request.param]


@pytest.fixture
def canary(cast):
    """A key account that Karl holds because he was let through, with somebody and a file."""
    Company.objects.update(set_up_at=timezone.now())
    User.objects.filter(pk=cast.karl.pk).update(digest_hour=7)
    Membership.objects.filter(user=cast.karl).delete()  # else its name is the team's
    employ(cast.karl, 1), employ(cast.kim, 3)
    account = make_key(make_account(MARK, owner=cast.karl))
    let_through(cast.dora, account, cast.karl)
    contact = Contact.objects.create(name=f"{MARK} person")
    Position.objects.create(contact=contact, account=account, valid_from=LONG_AGO)
    return account


def attached(account: Account) -> File:
    content = ContentFile(b"abc", name="offer.txt")
    return File.objects.create(account=account, name="offer.txt", content=content, size=3)


def test_pages_data_files_and_lists_obey_with_the_next_request(cast, canary, change):
    karl, file = signed_in(cast.karl), attached(canary)
    pk = [canary.pk]
    pages = [
        reverse("accounts:account_page", args=pk),
        reverse("accounts:account_details", args=pk),
        reverse("accounts:account_people", args=pk),
        reverse("accounts:account_orders", args=pk),
        reverse("accounts:account_edit", args=pk),
        reverse("accounts:map_page", args=pk),
        reverse("accounts:brief_page", args=pk),
        reverse("accounts:file_download", args=[file.key]),
    ]
    lists = [
        reverse("accounts:account_list"),
        reverse("accounts:log_data"),
        reverse("accounts:log_page"),
        reverse("accounts:account_export", args=["csv"]),
        reverse("accounts:people_export", args=["csv"]),
        reverse("kpi:portfolio_export", args=["csv"]),
        reverse("kpi:start_page"),
        "/search/?q=zanzibar",
    ]
    assert {url: karl.get(url).status_code for url in pages} == dict.fromkeys(pages, 200)
    assert MARK in text_of(karl.get(reverse("accounts:log_data")))
    change(cast, canary)
    assert {karl.get(url).status_code for url in pages} <= {404, 302}
    assert not [url for url in lists if MARK in text_of(karl.get(url, follow=True))]
    token = karl.get(reverse("accounts:log_token"))
    entry = {"account": canary.pk, "key": str(uuid.uuid4()), "kind": "call"}
    karl.post(reverse("accounts:log_send"), entry, content_type="application/json")
    assert token.status_code in (200, 401, 404)
    assert not canary.touchpoints.exists()


def text_of(answer) -> str:
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode(errors="ignore")


def test_an_export_that_is_being_written_stops_at_what_changed_hands(
    cast, canary, change, monkeypatch
):
    monkeypatch.setattr(export, "CHUNK", 1)
    monkeypatch.setattr(people_export, "CHUNK", 1)
    first = make_account("Aachen", owner=cast.karl)
    Position.objects.create(
        contact=Contact.objects.create(name="Aaron"), account=first, valid_from=LONG_AGO
    )
    ids = [first.pk, canary.pk]
    running = [
        export.export_rows(cast.karl, ListState(view="all", sort="name"), []),
        export.export_selected(cast.karl, ids, []),
        people_export.people_rows(cast.karl),
    ]
    begun = [next(rows)[0] for rows in running]
    assert set(begun) == {"Aachen"}
    change(cast, canary)
    assert [list(rows) for rows in running] == [[], [], []]


def test_mail_that_is_queued_and_the_digest_name_nothing_that_is_gone(
    cast, canary, change, run_jobs
):
    people.tell(user=cast.karl, kind="account_given", target=canary, cause="canary")
    create_task(
        actor=cast.karl,
        title=f"Call {MARK}",
        account_id=canary.pk,
        owner=cast.karl,
        due=company_day(),
    )
    enqueue("people.jobs.mail_digest", user_id=cast.karl.pk, day=company_day().isoformat())
    change(cast, canary)
    assert Notification.objects.filter(user=cast.karl).exists()
    run_jobs()
    told = [part for letter in mail.outbox if letter.to == [cast.karl.email]
            for part in (letter.subject, letter.body)]  # fmt: skip
    assert MARK not in " ".join(told)


def test_an_override_that_runs_out_ends_every_way_in_at_that_minute(cast, canary):
    until = canary.overrides.get().valid_until
    with time_machine.travel(until - dt.timedelta(seconds=1), tick=False):
        karl = signed_in(cast.karl)
        page = reverse("accounts:account_page", args=[canary.pk])
        assert karl.get(page).status_code == 200
        with time_machine.travel(until, tick=False):
            assert karl.get(page).status_code == 404
            assert MARK not in text_of(karl.get(reverse("accounts:log_data")))
            assert MARK not in text_of(karl.get(reverse("accounts:account_export", args=["csv"])))
