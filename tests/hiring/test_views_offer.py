import datetime as dt

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from hiring.choices import OfferState
from hiring.models import Candidacy, Offer
from hiring.queries.timeline import candidate_timeline
from people.models import RoleGrant, User
from tests.hiring.offering import make_offer
from tests.recruiting import make_candidacy, make_candidate, make_profile, make_vacancy

pytestmark = pytest.mark.django_db


@pytest.fixture
def dora(cast, reader):
    return reader(cast.dora)


def text(response) -> str:
    return response.content.decode()


def data(**given) -> dict:
    return {
        "title": "KAM", "grade": 2, "salary": "165000", "currency": "RUB", "commission": "2 %",
        "conditions": "", "starts_on": timezone.localdate() + dt.timedelta(days=30),
        "probation_weeks": 12, "language": "ru",
        "expires_at": f"{timezone.localdate() + dt.timedelta(days=5)}T18:00", **given,
    }  # fmt: skip


def test_from_the_candidacy_to_the_answer_in_the_browser_of_each(cast, rita, dora, run_jobs):
    profile = make_profile(
        pay_from=140000, pay_to=180000, pay_currency="RUB", commissions={"en": "3 %"}
    )
    row = make_candidacy(
        make_vacancy("Head of clients", profile=profile, recruiter=cast.rita),
        make_candidate("Jo Nowak"), stage="decision",
    )  # fmt: skip
    row.candidate.reaches.create(kind="email", value="jo@example.org", normal="jo@example.org")
    url = f"/hiring/candidacies/{row.pk}/offer/"
    page = text(rita.get(url))
    assert "Head of clients" in page and "160000" in page and "3 %" in page
    rita.post(url, data())
    offer = Offer.objects.get()
    assert rita.get(url)["Location"] == f"/hiring/offers/{offer.pk}/"
    rita.post(f"/hiring/offers/{offer.pk}/propose/")
    assert "Approve" in text(dora.get(f"/hiring/offers/{offer.pk}/"))
    dora.post(f"/hiring/offers/{offer.pk}/approve/")
    rita.post(f"/hiring/offers/{offer.pk}/send/")
    run_jobs()
    (letter,) = outbox.outbox
    path = next(word for word in letter.body.split() if "/c/" in word).partition("8000")[2]
    guest = Client()
    assert "Accept the offer" in text(guest.get(path))
    letter_page = text(guest.get(f"{path}offers/{offer.pk}/"))
    assert '<html lang="ru">' in letter_page and "2 %" in letter_page
    guest.get(f"{path}offers/{offer.pk}/answer/")
    guest.post(f"{path}offers/{offer.pk}/answer/", {"answer": "perhaps"})
    offer.refresh_from_db()
    assert offer.state == OfferState.SENT
    answer = guest.post(f"{path}offers/{offer.pk}/answer/", {"answer": "yes", "note": "gladly"})
    assert answer.status_code == 302
    assert "You have accepted" in text(guest.get(path))
    assert "gladly" in text(rita.get(f"/hiring/offers/{offer.pk}/"))
    assert Candidacy.objects.get().state == "hired"


def test_a_director_sends_back_and_the_recruiter_reads_why(cast, rita, dora):
    offer = make_offer(cast, "proposed")
    dora.post(f"/hiring/offers/{offer.pk}/send-back/", {"reason": "Less commission"})
    page = text(rita.get(f"/hiring/offers/{offer.pk}/"))
    assert "Less commission" in page and "Change the terms" in page


def test_terms_are_changed_as_a_draft_only_and_two_editors_are_told(cast, rita):
    offer = make_offer(cast)
    url = f"/hiring/offers/{offer.pk}/edit/"
    assert 'value="160000' in text(rita.get(url))
    assert rita.post(url, data(version=offer.version)).status_code == 302
    assert rita.post(url, data(version=offer.version, salary="1")).status_code == 409
    assert rita.post(url, data(version=2, salary="-1")).status_code == 422
    rita.post(f"/hiring/offers/{offer.pk}/propose/")
    assert rita.get(url).status_code == 302
    offer.refresh_from_db()
    assert offer.salary == 165000


def test_a_director_who_recruits_is_told_why_they_cannot_decide(cast, dora):
    RoleGrant.objects.create(user=cast.dora, role="recruiter")
    offer = make_offer(cast, "proposed", maker=User.objects.get(pk=cast.dora.pk))
    page = text(dora.get(f"/hiring/offers/{offer.pk}/"))
    assert "another director decides" in page
    dora.post(f"/hiring/offers/{offer.pk}/approve/")
    offer.refresh_from_db()
    assert offer.state == OfferState.PROPOSED


def test_pay_above_the_range_is_said(cast, rita):
    profile = make_profile(pay_from=100000, pay_to=120000, pay_currency="RUB")
    offer = make_offer(cast, vacancy=make_vacancy(profile=profile))
    assert "above the range" in text(rita.get(f"/hiring/offers/{offer.pk}/"))


def test_the_letter_is_in_the_candidates_language_whatever_the_reader_reads(cast, rita):
    offer = make_offer(cast, language="ru")
    page = text(rita.get(f"/hiring/offers/{offer.pk}/print/"))
    assert '<article class="k-offer-letter" lang="ru">' in page
    assert "draft" in page or "черновик" in page.lower()


def test_the_list_has_parts_finds_names_and_costs_the_same(
    cast, rita, dora, django_assert_max_num_queries
):
    for state in ("draft", "sent"):
        make_offer(cast, state, name=f"Zoya {state}")
    assert len(rita.get("/hiring/offers/").context["lines"]) == 2
    assert len(dora.get("/hiring/offers/", {"view": "answered"}).context["lines"]) == 0
    assert "No offers here" in text(rita.get("/hiring/offers/", {"q": "nobody"}))
    for _n in range(4):
        make_offer(cast)
    with django_assert_max_num_queries(16):
        rita.get("/hiring/offers/")


def test_the_timeline_tells_of_offers_without_sums(cast):
    offer = make_offer(cast, "sent")
    for user in (cast.rita, cast.dora):
        days = candidate_timeline(offer.candidacy.candidate, user)
        lines = [line.sentence for day in days for line in day.entries]
        assert "KAM: offer, sent" in lines and "160" not in str(lines)
    days = candidate_timeline(offer.candidacy.candidate, cast.ivan)
    assert "offer" not in str([line.sentence for day in days for line in day.entries])
