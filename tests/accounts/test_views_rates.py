import pytest
from django.urls import reverse

from accounts.models import LedgerLine, Rate
from common.models import Job
from tests.accounts.books import bring

pytestmark = pytest.mark.django_db

PAGE = "/settings/rates/"


@pytest.fixture
def dora(cast, reader):
    return reader(cast.dora)


def test_a_rate_is_entered_and_its_lines_are_converted(dora, run_jobs):
    bring("C1,2024-01-31,100,I1,1,P1,Boxes,USD,")
    assert "1 line in USD waits" in dora.get(PAGE).content.decode()
    values = {"currency": "usd", "day": "2024-01-01", "rate": "0.9"}
    page = dora.post(reverse("ledger:rate_save"), values, follow=True).content.decode()
    assert "1 rate saved" in page
    Job.objects.filter(name__startswith="kpi.").delete()
    run_jobs_of_ledger(run_jobs)
    assert LedgerLine.objects.get().net == 90
    assert "waits" not in dora.get(PAGE).content.decode()


def run_jobs_of_ledger(run_jobs):
    try:
        run_jobs()
    finally:
        Job.objects.filter(name__startswith="kpi.").delete()


def test_many_rates_at_once(dora):
    text = "USD;2024-01-01;0.9\nchf\t2024-01-01\t1,05\n\n"
    dora.post(reverse("ledger:rate_import"), {"text": text})
    assert set(Rate.objects.values_list("currency", flat=True)) == {"USD", "CHF"}


@pytest.mark.parametrize("text", ["", "USD;2024-01-01", "USD;01.02.2024;1", "USD;2024-01-01;NaN",
                                  "USD;2024-01-01;0", "USD;2024-01-01;-1",
                                  "aaß;2024-01-01;1", "XQX;2024-01-01;1"])  # fmt: skip
def test_a_line_that_cannot_be_read_is_named_and_nothing_is_saved(dora, text):
    answer = dora.post(reverse("ledger:rate_import"), {"text": f"CHF;2024-01-01;1.05\n{text}"})
    if text:
        assert answer.status_code == 422 and "Line 2" in answer.content.decode()
        assert not Rate.objects.exists()


def test_impossible_rates_are_explained(dora):
    values = {"currency": "EUR", "day": "2024-01-01", "rate": "0.9"}
    page = dora.post(reverse("ledger:rate_save"), values, follow=True).content.decode()
    assert "own currency" in page
    answer = dora.post(reverse("ledger:rate_save"), values | {"currency": "XQX"})
    assert answer.status_code == 422


def test_a_rate_too_small_to_be_kept_is_refused_and_does_not_become_nothing(dora):
    values = {"text": f"USD;2024-01-01;0.{'0' * 10}1"}
    page = dora.post(reverse("ledger:rate_import"), values, follow=True).content.decode()
    assert "above zero" in page and not Rate.objects.exists()


def test_a_currency_that_cannot_be_is_looked_for_in_vain(dora):
    assert dora.get(PAGE, {"currency": "\x00\x00", "page": "9" * 5000}).status_code == 200


def test_a_rate_can_be_taken_away(dora):
    row = Rate.objects.create(currency="USD", day="2024-01-01", rate=1)
    dora.post(reverse("ledger:rate_remove", args=[row.pk]))
    dora.post(reverse("ledger:rate_remove", args=[row.pk]))
    assert not Rate.objects.exists()


def test_rates_are_for_directors(cast, reader, client):
    row = Rate.objects.create(currency="USD", day="2024-01-01", rate=1)
    for user in (cast.karl, cast.adam, cast.rita, cast.sam):
        stranger = reader(user)
        assert stranger.get(PAGE).status_code == 404
        assert stranger.post(reverse("ledger:rate_remove", args=[row.pk])).status_code == 404
    assert client.get(PAGE).status_code == 302
    assert Rate.objects.exists()
