"""/kpi/managers/…/, /kpi/mine/, and what is recorded there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kpi.commands.appraisal import assess_manager
from kpi.commands.one_to_one import record_one_to_one
from kpi.models import Appraisal, OneToOne
from people.models import company_day
from tests.cast import make_account, signed_in, without_tokens
from tests.kpi.scores import read_for

pytestmark = pytest.mark.django_db
MINE = reverse("kpi:mine_page")


def card_of(user) -> str:
    return reverse("kpi:scorecard_page", args=[user.pk])


def test_a_lead_reads_the_teams_scorecard_and_no_other(cast):
    assert "Record a one-to-one" in without_tokens(signed_in(cast.lena).get(card_of(cast.karl)))
    assert signed_in(cast.lena).get(card_of(cast.kim)).status_code == 404


def test_a_manager_never_reads_a_colleagues(cast):
    client = signed_in(cast.karl)
    assert client.get(card_of(cast.karl)).status_code == 200
    for other in (cast.lena, cast.kim):
        assert client.get(card_of(other)).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client, cast):
    assert client.get(card_of(cast.karl))["Location"].startswith("/sign-in/")
    assert client.get(MINE)["Location"].startswith("/sign-in/")


def test_ones_own_page_holds_no_figure_of_others(cast):
    read_for(cast.karl, "retention", 2, 3, low=0.2, high=0.9)
    read_for(cast.karl, "retention", 7, 11, team=True)
    text = without_tokens(signed_in(cast.karl).get(MINE))
    assert "2 of 3" in text and "64" not in text and "the team’s" not in text
    assert "64" in without_tokens(signed_in(cast.lena).get(card_of(cast.karl)))


@pytest.mark.parametrize("reader", ["dora", "anna", "rita", "sam"])
def test_who_owns_no_accounts_by_role_has_no_own_figures(cast, reader):
    assert signed_in(getattr(cast, reader)).get(MINE).status_code == 404


def test_a_one_to_one_is_recorded_and_taken_back(cast):
    client = signed_in(cast.lena)
    data = {"held_on": company_day().isoformat(), "notes": "Quiet week", "points": "Call Hansa"}
    client.post(reverse("kpi:one_to_one_new", args=[cast.karl.pk]), data)
    talk = OneToOne.objects.get()
    text = without_tokens(client.get(card_of(cast.karl)))
    assert "Quiet week" in text and "Call Hansa" in text
    client.post(reverse("kpi:one_to_one_undo", args=[talk.pk]))
    assert "Quiet week" not in without_tokens(client.get(card_of(cast.karl)))


def test_notes_are_read_by_the_two_who_spoke(cast):
    record_one_to_one(actor=cast.lena, manager=cast.karl, held_on=company_day(), notes="Between us")
    assert "Between us" in without_tokens(signed_in(cast.karl).get(MINE))
    assert "Between us" not in without_tokens(signed_in(cast.dora).get(card_of(cast.karl)))


def test_a_refused_one_to_one_says_why_and_keeps_what_was_typed(cast):
    data = {"held_on": company_day().isoformat(), "notes": "", "points": ""}
    answer = signed_in(cast.lena).post(reverse("kpi:one_to_one_new", args=[cast.karl.pk]), data)
    assert "Write a note or a point" in answer.content.decode()


def test_an_assessment_is_read_by_the_manager_once_shown(cast):
    today = company_day()
    data = {"first": today, "last": today, "mark": 2, "note": "Too few visits"}
    client = signed_in(cast.dora)
    client.post(reverse("kpi:appraisal_new", args=[cast.karl.pk]), data)
    row = Appraisal.objects.get()
    assert "Too few visits" in without_tokens(client.get(card_of(cast.karl)))
    assert "Too few visits" not in without_tokens(signed_in(cast.karl).get(MINE))
    client.post(reverse("kpi:appraisal_share", args=[row.pk]))
    assert "Too few visits" in without_tokens(signed_in(cast.karl).get(MINE))
    client.post(reverse("kpi:appraisal_hide", args=[row.pk]))
    assert "Too few visits" not in without_tokens(signed_in(cast.karl).get(MINE))


def test_a_lead_may_not_assess(cast):
    client = signed_in(cast.lena)
    assert client.get(reverse("kpi:appraisal_new", args=[cast.karl.pk])).status_code == 404
    today = company_day()
    row = assess_manager(
        actor=cast.dora, manager=cast.karl, first=today, last=today, mark=3, note="Hidden words"
    )
    assert client.post(reverse("kpi:appraisal_share", args=[row.pk])).status_code == 404
    assert "Hidden words" not in without_tokens(client.get(card_of(cast.karl)))


def test_a_full_scorecard_takes_as_many_queries_as_an_empty_one(
    cast, django_assert_max_num_queries
):

    client = signed_in(cast.lena)
    record_one_to_one(actor=cast.lena, manager=cast.karl, held_on=company_day(), notes="one")
    make_account(owner=cast.karl)
    client.get(card_of(cast.karl))
    with CaptureQueriesContext(connection) as few:
        client.get(card_of(cast.karl))
    for number in range(4):
        make_account(owner=cast.karl)
        record_one_to_one(
            actor=cast.lena, manager=cast.karl, held_on=company_day(), points=[f"Point {number}"]
        )
    with django_assert_max_num_queries(len(few)):
        client.get(card_of(cast.karl))
