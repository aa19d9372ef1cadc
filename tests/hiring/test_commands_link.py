"""Links candidates hold: long, kept as a digest, of one person and one purpose, and mortal."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from common import tokens
from hiring.commands.link import end_links, make_link
from hiring.models import Candidate, CandidateLink
from hiring.queries.link import candidate_of, link_url
from tests.recruiting import make_candidate

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


def test_a_token_has_256_bits_and_only_its_digest_is_kept(cast):
    link = make_link(make_candidate())
    assert len(link.token) == 43
    row = CandidateLink.objects.filter(pk=link.pk).values().get()
    assert link.token not in str(row) and row["digest"] == tokens.digest(link.token)


def test_every_link_has_a_token_of_its_own(cast):
    candidate = make_candidate()
    assert len({make_link(candidate).token for _ in range(50)}) == 50


def test_a_link_opens_its_own_candidate_until_its_last_moment(cast):
    candidate, other = make_candidate(), make_candidate()
    link, _others = make_link(candidate, now=NOW), make_link(other, now=NOW)
    assert candidate_of(link.token, NOW) == candidate
    assert candidate_of(link.token, link.expires_at - dt.timedelta(seconds=1)) == candidate
    assert candidate_of(link.token, link.expires_at) is None


def test_a_link_of_another_purpose_opens_nothing_here(cast):
    link = make_link(make_candidate(), purpose="letters", now=NOW)
    assert candidate_of(link.token, NOW) is None
    assert candidate_of(link.token, NOW, purpose="letters") is not None


@pytest.mark.parametrize("token", ["", "a", "x" * 43, "x" * 5000, "ж" * 43])
def test_a_guess_opens_nothing(cast, token):
    make_link(make_candidate())
    assert candidate_of(token, timezone.now()) is None


def test_ended_links_open_nothing(cast):
    candidate = make_candidate()
    link = make_link(candidate)
    assert end_links(candidate_id=candidate.pk) == 1
    assert candidate_of(link.token, timezone.now()) is None


def test_the_link_of_a_merged_row_opens_the_one_it_became(cast):
    survivor = make_candidate()
    absorbed = make_candidate(merged_into=survivor)
    assert candidate_of(make_link(absorbed).token, timezone.now()) == survivor


def test_the_link_of_an_erased_person_is_a_wrong_one(cast):
    candidate = make_candidate()
    token = make_link(candidate).token
    url = f"/c/{token}/"
    wrong = Client().get("/c/" + "x" * 43 + "/")
    assert Client().get(url).status_code == 200
    Candidate.objects.filter(pk=candidate.pk).delete()
    gone = Client().get(url)
    assert gone.status_code == wrong.status_code == 404
    assert len(gone.content) == len(wrong.content)


def test_the_address_in_a_letter_is_whole(cast, settings):
    settings.BASE_URL = "https://kam.example"
    link = make_link(make_candidate())
    assert link_url(link) == f"https://kam.example/c/{link.token}/"
