"""Columns, their first cards and their marks; filters; nothing grows with the number of people."""

import datetime as dt
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from hiring.choices import StageKind
from hiring.models import Candidacy, Letter, OffLimits, SearchTier
from hiring.models.candidate import SHORTLISTED
from hiring.queries.pipeline.board import FIRST, board
from hiring.queries.pipeline.cards import facts
from hiring.queries.pipeline.filters import chips, choices, list_choices, quick_filters
from hiring.queries.pipeline.state import State, parse
from tests.recruiting import (
    DAY,
    make_candidacy,
    make_candidate,
    make_seat,
    make_session,
    make_vacancy,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def vacancy(cast):
    return make_vacancy(recruiter=cast.rita)


def shown(reader, vacancy, **asked):
    return board(reader, vacancy, State(**asked))


def names(found, kind):
    lane = next(lane for lane in found.lanes if lane.stage and lane.stage.kind == kind)
    return [card.name for card in lane.cards]


def lane_of(found, key):
    return next(lane for lane in found.lanes if key in (lane.key, lane.stage and lane.stage.kind))


def test_each_stage_is_a_column_with_its_people(cast, vacancy):
    make_candidacy(vacancy, make_candidate("Polina"), stage=StageKind.CALL)
    make_candidacy(make_vacancy(), make_candidate("Elsewhere"))
    found = shown(cast.rita, vacancy)
    assert [lane.stage.kind for lane in found.lanes] == StageKind.values
    assert names(found, "call") == ["Polina"] and names(found, "found") == []
    assert found.figures.active == 1 and not found.is_empty


def test_a_column_shows_its_first_twenty_and_how_many_more(cast, vacancy):
    for _ in range(FIRST + 6):
        make_candidacy(vacancy)
    lane = lane_of(shown(cast.rita, vacancy), "found")
    assert (len(lane.cards), lane.more) == (FIRST, 6)
    lane = lane_of(shown(cast.rita, vacancy, more=lane.key), "found")
    assert (len(lane.cards), lane.more, lane.is_open) == (FIRST + 6, 0, True)


def test_cards_lie_by_rank_and_then_newest_first(cast, vacancy):
    now = timezone.now()
    for name, rank, age in (("old", 0, 3), ("new", 0, 1), ("top", -5, 9)):
        make_candidacy(vacancy, make_candidate(name), rank=rank, entered_at=now - age * DAY)
    assert names(shown(cast.rita, vacancy), "found") == ["top", "new", "old"]


def test_those_who_are_out_stand_behind_a_switch(cast, vacancy):
    now = timezone.now()
    make_candidacy(vacancy, make_candidate("Out"), state="rejected", ended_at=now)
    make_candidacy(vacancy, make_candidate("In"), stage="hired", state="hired", ended_at=now)
    found = shown(cast.rita, vacancy)
    assert found.ended == 1 and names(found, "hired") == ["In"]
    assert all(lane.stage for lane in found.lanes)
    found = shown(cast.rita, vacancy, ended=True)
    assert [card.name for card in lane_of(found, "rejected").cards] == ["Out"]


def test_a_director_sees_who_is_shortlisted_only(cast, vacancy):
    make_candidacy(vacancy, make_candidate("Early"))
    make_candidacy(
        vacancy, make_candidate("Late"), stage=StageKind.TASK, shortlisted_at=timezone.now()
    )
    found = shown(cast.dora, vacancy)
    assert names(found, "task") == ["Late"]
    assert [lane.stage.kind for lane in found.lanes] == list(SHORTLISTED)


def test_nobody_who_was_erased_has_a_card(cast, vacancy):
    make_candidacy(vacancy, state="rejected", ended_at=timezone.now())
    Candidacy.objects.update(candidate=None)
    found = shown(cast.rita, vacancy, ended=True)
    lane = lane_of(found, "rejected")
    assert (lane.count, lane.cards) == (1, [])


@pytest.mark.parametrize(
    ("reader", "kind", "told"),
    [("rita", "found", True), ("dora", "task", False), ("dora", "decision", True)],
)
def test_wish_of_pay_and_employer_are_told_to_those_who_may_know(cast, vacancy, reader, kind, told):
    person = make_candidate(pay_wish=170_000, pay_currency="RUB", employer="Rival", city="Omsk")
    row = make_candidacy(vacancy, person, stage=kind)
    words = facts(row, getattr(cast, reader), row.stage)
    assert ("asks" in words, "Rival" in words) == (told, told) and "Omsk" in words


def mark_of(cast, vacancy):
    cards = [card for lane in shown(cast.rita, vacancy).lanes for card in lane.cards]
    return cards[0].mark and cards[0].mark.text


def test_who_waits_too_long_is_marked(cast, vacancy):
    row = make_candidacy(vacancy, entered_at=timezone.now() - 9 * DAY)
    assert mark_of(cast, vacancy) == "waits 9 days"
    Candidacy.objects.filter(pk=row.pk).update(entered_at=timezone.now() - 2 * DAY)
    assert mark_of(cast, vacancy) is None


@pytest.mark.parametrize(
    ("state", "words"),
    [("invited", "no answer yet"), ("booked", "coming"), ("declined", "declined"),
     ("came", "came"), ("no_show", "did not come"), (None, "not invited yet")],
)  # fmt: skip
def test_the_seat_is_the_mark_of_the_session_stage(cast, vacancy, state, words):
    row = make_candidacy(vacancy, stage=StageKind.SESSION)
    if state:
        make_seat(make_session(vacancy), row, state=state)
    assert mark_of(cast, vacancy) == words


def test_people_of_companies_that_are_off_limits_are_marked(cast, vacancy):
    OffLimits.objects.create(kind="customer", name="Rival", plain_names=["rival"], reason="ours")
    make_candidacy(vacancy, make_candidate(plain_employer="rival"))
    assert mark_of(cast, vacancy) == "off limits"


def test_rows_are_narrowed_by_source_tier_words_and_waiting(cast, vacancy):
    tier = SearchTier.objects.create(vacancy=vacancy, kind="niche")
    old = timezone.now() - 30 * DAY
    make_candidacy(vacancy, make_candidate("Anna", search_text="anna"), source="hh", tier=tier)
    make_candidacy(vacancy, make_candidate("Boris", search_text="boris"), entered_at=old)
    assert names(shown(cast.rita, vacancy, source="hh"), "found") == ["Anna"]
    assert names(shown(cast.rita, vacancy, tier=tier.pk), "found") == ["Anna"]
    assert names(shown(cast.rita, vacancy, q="bor"), "found") == ["Boris"]
    assert names(shown(cast.rita, vacancy, stale=True), "found") == ["Boris"]
    assert shown(cast.rita, vacancy, q="nobody").is_empty


def test_one_press_finds_the_new_those_who_wait_for_us_and_those_who_wait_too_long(cast, vacancy):
    now = timezone.now()
    make_candidacy(vacancy, make_candidate("Anna"), stage=StageKind.FORM, applied_at=now)
    make_candidacy(vacancy, make_candidate("Boris"), entered_at=now - 30 * DAY)
    make_candidacy(vacancy, make_candidate("Vera"), stage=StageKind.FORM)
    unsent = make_candidacy(vacancy, make_candidate("Gleb"), stage=StageKind.TASK)
    Letter.objects.create(
        candidate=unsent.candidate, candidacy=unsent, language="en", subject="x", body="x",
        state="failed", written_at=now + DAY,
    )  # fmt: skip
    found = shown(cast.rita, vacancy)
    assert found.quick == {"new": 1, "ours": 2, "stale": 1}
    for flag, people in (("new", {"Anna"}), ("ours", {"Boris", "Gleb"}), ("stale", {"Boris"})):
        lanes = shown(cast.rita, vacancy, **{flag: True}).lanes
        assert {card.name for lane in lanes for card in lane.cards} == people
    press = {one.label: one for one in quick_filters(cast.rita, State(ours=True), found.quick)}
    assert (press["Waiting for us"].is_on, press["Waiting for us"].url) == (True, "?")
    assert press["New applications"].url == "?new=1&ours=1"


def test_directors_are_not_told_whose_turn_it_is(cast, vacancy):
    make_candidacy(vacancy, stage=StageKind.TASK, shortlisted_at=timezone.now())
    found = shown(cast.dora, vacancy, ours=True, new=True)
    assert found.quick == {"stale": 0} and not found.is_empty


@pytest.mark.usefixtures("within_request")
def test_the_board_asks_the_same_for_one_and_for_many(cast, vacancy, django_assert_num_queries):
    make_candidacy(vacancy)
    assert cast.rita.roles
    with django_assert_num_queries(4):
        shown(cast.rita, vacancy)
    for kind in StageKind.values:
        for _ in range(5):
            make_candidacy(vacancy, stage=kind)
    with django_assert_num_queries(4):
        shown(cast.rita, vacancy)


def test_an_address_with_unknown_keys_is_refused():
    assert parse({"q": ["a\x00b"], "source": ["nonsense"], "stage": ["rejected"]}) == State(
        q="ab", stage="rejected"
    )
    with pytest.raises(ValueError, match="unknown"):
        parse({"candidate__pay_wish__gte": ["1"]})


def test_a_state_survives_its_address():
    state = State(q="ж", source="hh", tier=3, stale=True, ended=True, stage=4, sort="-name")
    assert parse(parse_qs(state.query())) == state
    assert "page" not in state.query() and state.order == "-name" and State().order == "-entered"


def test_filters_in_use_are_told_and_can_be_taken_out(cast, vacancy):
    tier = SearchTier.objects.create(vacancy=vacancy, kind="niche")
    stages = list(vacancy.stages.all())
    state = State(source="hh", tier=tier.pk, stale=True, stage=stages[0].pk, state="hired")
    assert [chip.value for chip in chips(vacancy, stages, state, is_list=True)] == [
        "HeadHunter", str(tier), "waiting too long", "Found", "hired",
    ]  # fmt: skip
    assert "source" not in chips(vacancy, stages, state, is_list=False)[0].url
    assert [choice.name for choice in choices(vacancy, state)] == ["source", "tier"]
    assert [choice.name for choice in list_choices(stages, state)] == ["stage", "state"]


def test_a_new_column_is_told_in_days(cast, vacancy):
    make_candidacy(vacancy, entered_at=timezone.now() - dt.timedelta(hours=3))
    card = lane_of(shown(cast.rita, vacancy), "found").cards[0]
    assert (card.since, card.days, card.is_stale) == ("today", 0, False)
