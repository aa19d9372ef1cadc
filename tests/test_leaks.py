"""No byte of what is not the reader's: a crawl of every page, part and file by each role.

Every text of a foreign account carries a mark and its figures are numbers that occur nowhere else.
"""

import datetime as dt
import html
import io
import re
import zipfile
from decimal import Decimal
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from accounts.choices import AccountStatus
from accounts.commands import account as account_commands
from accounts.commands.account import renew_search_text
from accounts.models import (
    Account,
    AccountDay,
    AccountScore,
    LedgerLine,
    Product,
    Scoring,
    ServiceLine,
    ServiceMonth,
    Source,
    Tag,
)
from accounts.models.account import AccountQuerySet
from common.choices import ImportState
from common.models import Import
from people.commands.notice import read_news
from tests.cast import RANDOM, make_account, make_cast, without_tokens
from tests.leaks_candidates import plant_candidates
from tests.leaks_care import plant_care
from tests.leaks_contacts import plant_contacts
from tests.leaks_dependence import plant_dependence
from tests.leaks_facts import plant_facts
from tests.leaks_handover import plant_handovers
from tests.leaks_map import plant_map
from tests.leaks_pipeline import plant_pipeline
from tests.leaks_tasks import plant_tasks
from tests.leaks_touchpoints import plant_touchpoints
from tests.leaks_trial import plant_control, plant_trial
from tests.leaks_warnings import plant_warnings
from tests.recruiting import make_vacancy

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)
MARK = "CNRY"
FIGURE = 7919133
LINK = re.compile(r'(?:href|hx-get|src)="([^"#]+)')
MOST_PAGES = 150
FILES = (
    "/accounts/export.csv?view=all", "/accounts/export.xlsx?view=all",
    "/accounts/export.csv?view=team", "/portfolio/export/csv/", "/portfolio/export/xlsx/",
    "/log/", "/log/data/", f"/log/data/?q={MARK}",
    "/accounts/people/export.csv", "/accounts/people/export.xlsx", "/kpi/by-manager/export/",
)  # fmt: skip
SEARCHES = (
    f"/search/?q={MARK}", "/search/?q=cnrx",
    *(f"/search/?q={MARK}&kind={kind}" for kind in ("accounts", "people", "touchpoints", "tasks")),
    f"/customer-letters/?q={MARK}", "/customer-letters/review/", "/handovers/results/",
    "/handovers/plan/", f"/touchpoints/?q={MARK}", f"/promises/?q={MARK}",
    f"/accounts/?view=all&q={MARK}", f"/accounts/?view=team&q={MARK}", f"/palette/?q={MARK}",
    f"/palette/?q={MARK[:3]}", "/palette/?q=cnrx", f"/accounts/new/lookalikes/?name={MARK}+Foreign",
    f"/accounts/people/new/?q={MARK}", f"/accounts/people/targets/?q={MARK}",
    f"/simulator/?q={MARK}", "/portfolio/dependence/", "/kpi/by-manager/",
    "/handovers/", "/handovers/?whose=over", "/news/", f"/hiring/probations/?q={MARK}",
    "/hiring/probations/?view=ended", "/hiring/probations/1/", "/hiring/probations/1/print/",
    "/absences/", "/absences/?look=past",
    "/absences/?look=weeks", "/absences/calendar.ics", "/control/", "/departures/",
    "/accounts/filters/?view=all", f"/hiring/candidates/?q={MARK}", "/hiring/candidates/?q=cnrx",
)  # fmt: skip
SKIPPED = re.compile(r"^/(static|sign-out|accounts/export)|sort=")
SAID = re.compile(rf"(?<!\d)(?:{FIGURE}|7\.92)")  # "07.92" are seconds of a time


def make_foreign(owner, number: int) -> Account:
    """An account of somebody else's team whose every text and figure can be recognised."""
    account = make_account(
        f"{MARK} Foreign {number}", owner=owner, city=f"{MARK}-city", about=f"{MARK}-about",
        website=f"https://{MARK.lower()}.example", country="EE",
    )  # fmt: skip
    account.tags.add(Tag.objects.get_or_create(name="a word shared by all")[0])
    source, _made = Source.objects.get_or_create(name="erp")
    account.external_ids.create(source=source, value=f"{MARK}-{number}")
    renew_search_text(account)
    AccountScore.objects.create(
        account=account, as_of=AS_OF, revenue=Decimal(FIGURE), own_revenue=Decimal(FIGURE),
        margin=Decimal(FIGURE), tier="A", tier_of_day="A", is_key=True, last_order=AS_OF,
    )  # fmt: skip
    films, _made = ServiceLine.objects.get_or_create(code="film")
    product, _made = Product.objects.get_or_create(
        code=f"{MARK}-product", defaults={"service_line": films, "name": f"{MARK}-product"}
    )
    batch, _made = Import.objects.get_or_create(
        kind="ledger", filename="x.csv", state=ImportState.APPLIED
    )
    figures = {"net": Decimal(FIGURE), "lines": 1}
    AccountDay.objects.create(account=account, day=AS_OF, **figures)
    ServiceMonth.objects.create(
        account=account, service_line=films, month=AS_OF.replace(day=1), **figures
    )
    LedgerLine.objects.create(
        account=account, batch=batch, source=source, document=f"{MARK}-doc", line="1", day=AS_OF,
        product=product, service_line=films, amount=Decimal(FIGURE), net=Decimal(FIGURE),
        currency="EUR", digest=0,
    )  # fmt: skip
    plant_contacts(account, MARK)
    plant_care(account, owner, MARK)
    plant_warnings(account, owner, MARK)
    plant_facts(account, MARK)
    plant_map(account, MARK)
    plant_dependence(account, MARK)
    plant_handovers(account, MARK)
    plant_tasks(account, MARK)
    plant_touchpoints(account, MARK)
    plant_trial(account, owner, MARK, whole=False)
    plant_control(account, FIGURE)
    return account


@pytest.fixture
def cast():
    made = make_cast()
    Scoring.objects.create(
        pk=1, as_of=AS_OF, whole=True, total=Decimal(10**8), ranked=3, basis="revenue"
    )
    for owner in (made.karl, made.lena):
        account = make_account(f"Known to {owner}", owner=owner)
        renew_search_text(account)
        AccountScore.objects.create(account=account, as_of=AS_OF, revenue=Decimal(10), tier="B")
    for number in (1, 2):
        make_foreign(made.kim, number)
    return made


def body_of(response) -> str:
    """What a person could read out of an answer, unpacked."""
    raw = b"".join(response.streaming_content) if response.streaming else response.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"\n".join(packed.read(name) for name in packed.namelist())
    headers = " ".join(f"{key}: {value}" for key, value in response.items())
    return html.unescape(raw.decode("utf-8", "replace")) + headers


def leaks(text: str, asked: str) -> list[str]:
    """Marks and figures in a text, without what the reader typed and without random tokens, in
    which four letters stand by chance."""
    text = RANDOM.sub("", text)
    for typed in (f'value="{MARK}"', f"q={MARK}", f"“{MARK}”"):
        text = text.replace(typed, "")
    found = [text[max(0, at.start() - 60) : at.end() + 20] for at in re.finditer(MARK, text, re.I)]
    bare = re.sub(r"(?<=\d)[\s\u00a0\u202f.,](?=\d{3})", "", text)
    found += [str(FIGURE)] if SAID.search(bare) or SAID.search(text) else []
    return [f"{asked}: {what}" for what in found]


def crawl(user) -> tuple[list[str], int]:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    waiting = [
        "/",
        "/accounts/",
        "/confirm/",
        "/tasks/?scope=overdue",
        "/portfolio/",
        *SEARCHES,
        *FILES,
    ]
    seen, found = set(), []
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        text = body_of(response)
        assert response.status_code < 500, path
        found += leaks(text, path)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            for link in LINK.findall(text):
                parts = urlsplit(urljoin(path, link))
                if not parts.netloc and not SKIPPED.search(urljoin(path, link)):
                    waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found, len(seen)


@pytest.mark.parametrize("who", ["karl", "anna", "rita", "ivan", "sam"])
def test_nothing_of_foreign_accounts_reaches_the_reader(cast, who):
    found, pages = crawl(getattr(cast, who))
    assert not found, "\n".join(found[:20])
    assert pages > (25 if who == "karl" else 5)


@pytest.mark.parametrize("who", ["karl", "anna", "ivan", "adam", "sam"])
def test_nothing_of_candidates_reaches_who_does_not_hire(who):
    made = make_cast()
    plant_pipeline(made.rita, MARK)
    plant_candidates(made.rita, make_vacancy("Held", state="held"), MARK)
    plant_trial(make_account("Trial", owner=made.kim), made.kim, MARK)
    found, pages = crawl(getattr(made, who))
    assert not found, "\n".join(found[:20])
    assert pages > 5


def test_nothing_of_people_only_found_reaches_the_director():
    made = make_cast()
    plant_candidates(made.rita, make_vacancy("North"), MARK, search=False)
    found, pages = crawl(made.dora)
    assert not found, "\n".join(found[:20])
    assert pages > 25


def test_the_crawl_finds_candidates_where_they_are():
    made = make_cast()
    plant_pipeline(made.rita, MARK)
    found, _pages = crawl(made.rita)
    assert any("/hiring/" in where for where in found)


def test_the_crawl_notices_a_leak(cast, monkeypatch):
    monkeypatch.setattr(AccountQuerySet, "visible_to", lambda rows, user: rows)
    found, _pages = crawl(cast.karl)
    assert found


@pytest.mark.parametrize("text", ["€ 7.92 m", "7,919,133.00", "7\u202f919\u202f133", "(7919133)"])
def test_a_figure_is_known_as_it_is_written(text):
    assert leaks(text, "/") == ["/: 7919133"]


@pytest.mark.parametrize("text", ["T14:27:07.923117+00:00", "T14:27:07.919133+00:00"])
def test_the_seconds_of_a_time_are_no_figure(text):
    assert leaks(text, "/") == []


def test_counts_do_not_move_with_what_is_invisible(cast):
    client = Client()
    client.force_login(cast.karl)
    pages = ("/accounts/?view=all", "/accounts/?view=key", "/accounts/filters/?view=all")

    def snapshot() -> list[str]:
        read_news(user=cast.karl)  # what he was told himself is his to count
        return [without_tokens(client.get(page)) for page in pages]

    before = snapshot()
    make_foreign(cast.kim, 3)
    Account.objects.filter(name__startswith=f"{MARK} Foreign 1").update(status=AccountStatus.CLOSED)
    assert snapshot() == before


def test_rights_end_with_the_assignment(cast):
    client = Client()
    client.force_login(cast.karl)
    account = Account.objects.get(name="Known to Karl")
    assert client.get(f"/accounts/{account.pk}/").status_code == 200
    account.assignments.update(valid_to=dt.date(2021, 1, 1))
    assert client.get(f"/accounts/{account.pk}/").status_code == 404
    with pytest.raises(Account.DoesNotExist):
        account_commands.close_account(actor=cast.karl, account_id=account.pk)
