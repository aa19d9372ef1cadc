import pytest
from django.urls import reverse

from hiring.choices import OfferState
from hiring.models import Offer, Probation, ProbationLimit
from people.models import company_day
from tests.hiring.offering import make_offer
from tests.trials import DAY, make_probation, put_on_probation

pytestmark = pytest.mark.django_db
NEW = reverse("hiring:probation_new")


def url(name, row):
    return reverse(f"hiring:probation_{name}", args=[row.pk])


def sent(cast, **given):
    limit = ProbationLimit.objects.filter(country="RU", case="").first()
    start = company_day() + DAY
    return {
        "starts_on": start.isoformat(), "weeks": "2", "ends_on": "", "grade": "2",
        "law": f"limit:{limit.pk}" if limit else "country:BR", "mentor": cast.kim.pk,
        "lead": cast.lena.pk, "criteria": "Turnover and manners", "former_helps": "on", **given,
    }  # fmt: skip


@pytest.fixture
def newcomer(cast):
    put_on_probation(cast.karl)
    return f"{NEW}?user={cast.karl.pk}"


def test_only_those_on_probation_without_a_plan_are_proposed(cast, client, newcomer):
    client.force_login(cast.rita)
    page = client.get(NEW).content.decode()
    assert f"?user={cast.karl.pk}" in page and f"?user={cast.kim.pk}" not in page

    answer = client.get(f"{NEW}?user={cast.kim.pk}", follow=True)
    assert "not noted as on probation" in answer.content.decode()


def test_the_form_makes_a_plan_of_so_many_weeks(cast, client, newcomer):
    client.force_login(cast.rita)
    assert client.get(newcomer).status_code == 200
    answer = client.post(newcomer, sent(cast))

    row = Probation.objects.get()
    assert answer["Location"] == url("plan", row)
    assert (row.ends_on - row.starts_on).days == 13
    assert (row.country, row.limit.most_days, row.mentor, row.lead) == (
        "RU", 89, cast.kim, cast.lena,
    )  # fmt: skip
    assert client.get(newcomer)["Location"] == url("plan", row)


def test_longer_than_the_limit_is_refused_with_its_source(cast, client, newcomer):
    client.force_login(cast.rita)
    client.get(newcomer)
    end = company_day() + 95 * DAY
    answer = client.post(newcomer, sent(cast, weeks="other", ends_on=end.isoformat()))

    assert answer.status_code == 422 and not Probation.objects.exists()
    assert "Labour Code" in answer.content.decode()
    assert "The limit noted for this country ends on" in answer.content.decode()
    answer = client.post(newcomer, sent(cast, weeks="other", ends_on=end.isoformat(),
                                        law="country:BR"))  # fmt: skip
    assert answer.status_code == 302 and Probation.objects.get().limit is None


def test_another_day_must_be_named_and_no_day_is_too_far(cast, client, newcomer):
    client.force_login(cast.rita)
    client.get(newcomer)
    for wrong in ({"weeks": "other"}, {"starts_on": "9999-12-31"}, {"law": "limit:999999"}):
        assert client.post(newcomer, sent(cast, **wrong)).status_code == 422


def test_an_accepted_offer_fills_the_form(cast, client, newcomer):
    offer = make_offer(cast, "sent", grade=3, probation_weeks=2)
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.ACCEPTED, user=cast.karl)
    client.force_login(cast.rita)

    form = client.get(newcomer).context["form"]
    assert form["grade"].value() == 3 and form["weeks"].value() == "2"
    assert form["starts_on"].value() == offer.starts_on
    client.post(newcomer, sent(cast))
    assert Probation.objects.get().candidacy == offer.candidacy


def test_a_lead_plans_for_their_team_and_a_colleague_for_nobody(cast, client, newcomer):
    client.force_login(cast.lena)
    client.get(newcomer)
    assert client.post(newcomer, sent(cast)).status_code == 302
    client.force_login(cast.karl)
    assert client.get(NEW).status_code == 404


def test_the_plan_says_what_is_missing_and_offers_when_nothing_is(cast, client):
    row = make_probation(cast, "empty", criteria="", mentor=None)
    client.force_login(cast.dora)
    page = client.get(url("plan", row)).content.decode()
    for words in ("Name a mentor", "Write how the trial is judged", "Choose the accounts"):
        assert words in page
    client.post(url("offer", row))
    row.refresh_from_db()
    assert row.state == "draft"


def test_an_offered_plan_is_frozen_and_taken_back(cast, client):
    row = make_probation(cast)
    client.force_login(cast.dora)
    assert "Nothing is missing" in client.get(url("plan", row)).content.decode()

    client.post(url("offer", row))
    row.refresh_from_db()
    assert row.state == "offered" and row.frozen_on
    assert client.get(url("plan", row))["Location"] == url("page", row)
    assert client.get(url("edit", row))["Location"] == url("plan", row)
    client.force_login(cast.rita)
    assert url("revise", row) in client.get(url("page", row)).content.decode()
    client.post(url("revise", row))
    row.refresh_from_db()
    assert row.state == "draft" and row.frozen_on is None
    assert client.get(url("page", row))["Location"] == url("plan", row)


def test_the_newcomer_sees_no_draft_and_others_no_plan_at_all(cast, client):
    row = make_probation(cast)
    for person in (cast.karl, cast.anna, cast.sam, cast.ivan, cast.adam):
        client.force_login(person)
        for name in ("plan", "edit", "choose", "goal_create"):
            assert client.get(url(name, row)).status_code == 404


def test_a_recruiter_reads_how_many_accounts_but_not_which(cast, client):
    row = make_probation(cast)
    client.force_login(cast.rita)
    page = client.get(url("plan", row)).content.decode()
    assert "2 accounts" in page and "Alder" not in page and "Cedar" not in page
    client.force_login(cast.kim)  # the mentor: names, but nothing of what they are held against
    page = client.get(url("plan", row)).content.decode()
    assert "Alder" in page and "Cedar" not in page


def test_the_second_of_two_editors_is_told(cast, client):
    row = make_probation(cast)
    client.force_login(cast.rita)
    answer = client.post(url("edit", row), sent(cast, version="1"))
    assert answer.status_code == 409
    assert "Save again to keep yours" in answer.content.decode()
    form = answer.context["form"]
    answer = client.post(url("edit", row), sent(cast, version=form["version"].value(), weeks="1"))
    row.refresh_from_db()
    assert answer.status_code == 302 and (row.ends_on - row.starts_on).days == 6
