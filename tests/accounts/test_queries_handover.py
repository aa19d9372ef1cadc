import datetime as dt

import pytest

from accounts.commands import handover as commands
from accounts.models import Handover
from accounts.queries import handover as queries
from people.models import company_day
from tests.handovers import begin, make_road, to_state

pytestmark = pytest.mark.django_db


def rights(road, user) -> set[str]:
    page = queries.handover_page(road.row, user)
    names = ("may_tell", "may_waive", "may_see", "may_cancel", "may_agree", "may_move", "may_undo")
    return {name for name in names if getattr(page, name)}


def test_what_each_of_them_may_do_before_the_signature(cast):
    road = make_road(cast)
    assert rights(road, cast.lena) == {"may_tell", "may_move"}
    assert rights(road, cast.karl) == {"may_see"}
    assert rights(road, cast.dora) == {"may_tell", "may_waive", "may_cancel", "may_move"}
    to_state(road, "joint")
    assert rights(road, cast.karl) == {"may_see", "may_move"}


def test_after_it_a_director_may_take_it_back_while_the_time_runs(cast):
    road = to_state(make_road(cast), "watch")
    assert rights(road, cast.dora) == {"may_undo"} and rights(road, cast.karl) == set()
    road.row.accepted_on -= dt.timedelta(days=31)
    assert rights(road, cast.dora) == set()


def test_the_road_shows_what_is_behind_and_where_it_ended(cast):
    road = to_state(make_road(cast), "captured")
    page = queries.handover_page(road.row, cast.lena)
    assert [step.state for step in page.steps] == ["done", "current", "", "", "", ""]
    assert page.steps[1].day == company_day()
    row = commands.cancel_handover(actor=cast.dora, handover_id=road.row.pk, reason="No")
    marks = [step.state for step in queries.handover_page(row, cast.dora).steps]
    assert marks == ["done", "failed", "", "", "", ""]


def test_of_one_account_the_live_one_is_shown_first(cast):
    road = make_road(cast)
    old = commands.cancel_handover(actor=cast.dora, handover_id=road.row.pk, reason="No")
    assert queries.handover_of(road.account, cast.dora) == old
    assert queries.live_handover(road.account, cast.dora) is None
    road.row = begin(road)
    assert queries.handover_of(road.account, cast.dora) == road.row
    assert queries.handover_of(road.account, cast.dora, old.pk) == old
    assert queries.handover_of(road.account, cast.anna) is None
    assert queries.live_handover(road.account, cast.karl) == road.row


def test_the_list_narrows_to_what_one_gives_takes_or_what_is_over(cast):
    road = make_road(cast)
    ended = make_road(cast, name="Ended")
    commands.cancel_handover(actor=cast.dora, handover_id=ended.row.pk, reason="No")

    def names(user, whose=""):
        return [str(row.handover.account) for row in queries.handovers(user, whose)]

    assert names(cast.lena) == names(cast.lena, "give") == names(cast.karl, "take") == ["Hansa"]
    assert names(cast.lena, "take") == [] and names(cast.lena, "over") == ["Ended"]
    assert names(cast.dora, "over") == ["Ended"] and names(cast.anna) == []
    assert queries.handovers(cast.lena)[0].is_mine and not queries.handovers(cast.karl)[0].is_mine
    assert road.row.state == "planned"


def test_late_ones_come_first_and_those_under_watch_last(cast):
    make_road(cast, name="Watched")
    Handover.objects.update(state="watch", accepted_on=company_day())
    make_road(cast, name="Late", planned_for=company_day())
    Handover.objects.filter(account__name="Late").update(
        planned_for=company_day() - dt.timedelta(days=4)
    )
    make_road(cast, name="Soon")
    rows = queries.handovers(cast.dora)
    assert [str(row.handover.account) for row in rows] == ["Late", "Soon", "Watched"]
    assert [row.late for row in rows] == ["4 days late", "", ""]


@pytest.mark.parametrize("state", ["planned", "captured", "introduced", "joint", "watch"])
def test_every_live_state_says_whose_turn_it_is(cast, state):
    row = Handover(from_user=cast.lena, to_user=cast.karl, state=state, agreed_at=None)
    assert queries.turn_words(row)


def test_what_waits_for_somebody_is_nothing_for_those_without_accounts(cast):
    make_road(cast)
    assert queries.handovers_to_do(cast.rita) == [] and len(queries.handovers_to_do(cast.lena)) == 1


def test_a_director_reads_in_the_list_that_a_proposal_waits_for_them(cast):
    road = make_road(cast, begun=False)
    road.row = begin(road, actor=cast.lena)
    (row,) = queries.handovers(cast.dora)
    assert row.is_mine and row.turn == "A director has to agree."
    (own,) = queries.handovers(cast.lena)
    assert own.is_mine and own.turn == "Lena writes down what is in no system."
