import pytest

from hiring.queries.candidate_state import CandidateState
from hiring.queries.candidate_tabs import chips, filter_choices, first_view, state_of_view, tabs
from people.models import SavedView
from tests.recruiting import make_vacancy

pytestmark = pytest.mark.django_db


def test_filters_in_use_are_told_in_words_and_can_be_taken_away(cast):
    vacancy = make_vacancy("KAM North")
    state = CandidateState(vacancy=(vacancy.pk,), stage=("call",), stale="yes", city="Kiel", q="x")
    told = {chip.label: chip.value for chip in chips(cast.rita, state)}
    assert told == {"Vacancy": "KAM North", "Stage": "to call", "Waiting too long": "yes",
                    "City": "Kiel"}  # fmt: skip
    assert all("q=x" in chip.url for chip in chips(cast.rita, state))


def test_directors_are_offered_no_filter_that_tells_of_closed_fields(cast):
    offered = {one.name for one in filter_choices(cast.rita, CandidateState())}
    assert {"source", "tier", "off_limits", "opted_out", "stale"} <= offered
    kept = {one.name for one in filter_choices(cast.dora, CandidateState(stage=("call",)))}
    assert kept == {"stage", "state"}


def test_saved_views_stand_behind_the_built_in_ones(cast):
    view = SavedView.objects.create(
        owner=cast.rita, page="candidates", name="Kiel", query="city=Kiel"
    )
    broken = SavedView(owner=cast.rita, page="candidates", name="Old", query="gone=1", pk=999)
    found = tabs(cast.rita, CandidateState(view=f"s{view.pk}"), [view], {"all": "7"})
    assert found[0].count == "7" and found[-1].is_current and found[-1].is_own
    assert state_of_view(f"s{view.pk}", [view]).city == "Kiel"
    assert state_of_view("s999", [broken]) == CandidateState(view="s999")
    assert state_of_view("nothing", []).view == "all"


def test_the_first_view_is_the_chosen_one_as_long_as_it_is_there(cast):
    assert first_view(cast.rita, []) == "all"
    cast.rita.preferences = {"candidates_view": "stale"}
    assert first_view(cast.rita, []) == "stale"
    cast.rita.preferences = {"candidates_view": "s7"}
    assert first_view(cast.rita, []) == "all"
