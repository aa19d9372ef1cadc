import datetime as dt

import pytest

from accounts.choices import PolicyState
from accounts.commands.criterion import install_criteria
from accounts.models import Policy
from common.models import Job
from tests.kpi.books import DAY, make_book, make_policy

pytestmark = pytest.mark.django_db
PAGE = "/portfolio/laboratory/"
RULES = {
    "tried": "on",
    "basis": "revenue",
    "cut_a": "60",
    "cut_b": "95",
    "tier_a_is_key": "on",
    "single_share": "",
    "criteria_threshold": "",
    "cap": "",
    "accounts_per_kam": "3",
}


@pytest.fixture
def director(cast, reader):
    return reader(cast.dora)


@pytest.fixture
def book(cast):
    make_policy()
    return make_book(cast)


def names(movers) -> list[str]:
    return [mover.name for mover in movers]


def test_the_first_visit_shows_the_rules_in_force_and_changes_nothing(director, book):
    page = director.get(PAGE)
    trial = page.context["trial"]
    assert (trial.entering_count, trial.leaving_count) == (0, 0)
    assert (trial.after.keys, trial.kams_had) == (4, 3)
    assert page.context["form"]["cut_a"].value() == "80"
    assert "No account becomes key" in page.content.decode()


def test_a_moved_cut_names_who_leaves_and_why(director, book):
    trial = director.get(PAGE, RULES).context["trial"]
    assert names(trial.leaving) == ["Firm 003", "Firm 004"]
    assert all(mover.why for mover in trial.leaving)
    assert trial.after.key_share == pytest.approx(0.6)
    marks = [column["mark"] for column in trial.chart["columns"][:5]]
    assert marks == ["", "", "leave", "leave", ""]
    assert trial.chart["cuts"][0]["was"] == 0.8


def test_a_script_gets_the_result_alone(director, book):
    part = director.get(PAGE, RULES, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "lab-data" in part and "Firm 003" in part


def test_cap_share_and_criteria_are_rules_like_any_other(director, book):
    capped = director.get(PAGE, {**RULES, "cut_a": "80", "cap": "2"}).context["trial"]
    assert (capped.after.keys, capped.after.dropped) == (2, 2)
    shared = {**RULES, "tier_a_is_key": "", "single_share": "15"}
    shared.pop("tier_a_is_key")
    assert director.get(PAGE, shared).context["trial"].after.keys == 3
    by_margin = director.get(PAGE, {**RULES, "basis": "margin"}).context["trial"]
    assert by_margin.after.keys > 0


@pytest.mark.parametrize(
    "wrong", [{"cut_a": "96"}, {"cut_a": ""}, {"cap": "0"}, {"accounts_per_kam": "x"},
              {"basis": "profit"}],
)  # fmt: skip
def test_incomplete_rules_are_told_and_nothing_is_tried(director, book, wrong):
    page = director.get(PAGE, {**RULES, **wrong})
    assert page.status_code == 200
    assert "trial" not in page.context
    assert "not complete" in page.content.decode()


def test_the_review_says_what_will_change(director, book):
    page = director.get(f"{PAGE}review/", RULES).content.decode()
    assert "2 accounts stop being key." in page
    assert 'name="cut_a" value="60"' in page


def test_adopting_needs_a_note_then_retires_the_former(director, book):
    answer = director.post(f"{PAGE}keep/", {**RULES, "name": "Fewer", "adopt": "on"})
    assert answer.status_code == 422
    assert Policy.objects.get().name == "First"
    answer = director.post(
        f"{PAGE}keep/", {**RULES, "name": "Fewer", "note": "Two managers left", "adopt": "on"}
    )
    assert answer.url == "/portfolio/"
    adopted = Policy.objects.get(state=PolicyState.ADOPTED)
    assert (adopted.name, adopted.cut_a, adopted.single_share) == ("Fewer", 60, None)
    assert Policy.objects.get(name="First").state == PolicyState.RETIRED
    assert Job.objects.get().name == "kpi.jobs.recompute"


def test_what_was_tried_is_what_the_night_then_decides(director, book, run_jobs):
    director.post(f"{PAGE}keep/", {**RULES, "name": "Fewer", "note": "Try", "adopt": "on"})
    run_jobs()
    trial = director.get(PAGE).context["trial"]
    rows = director.get("/portfolio/").context["page"].rows
    assert trial.after.keys == sum(row.is_key for row in rows) == 2


def test_a_draft_is_kept_changed_compared_and_thrown_away(director, book):
    director.post(f"{PAGE}keep/", {**RULES, "name": "Fewer", "draft": "on"})
    draft = Policy.objects.get(state=PolicyState.DRAFT)
    page = director.get(PAGE, {"policy": draft.pk})
    assert page.context["draft"] == draft
    assert page.context["form"]["cut_a"].value() == "60"
    changed = {**RULES, "cut_a": "65", "name": "Fewer still", "policy": draft.pk, "draft": "on"}
    director.post(f"{PAGE}keep/", changed)
    draft.refresh_from_db()
    assert (draft.name, draft.cut_a) == ("Fewer still", 65)
    compared = director.get(f"{PAGE}compare/", {"right": draft.pk})
    different = [row["label"] for row in compared.context["rules"] if not row["same"]]
    assert different == ["Tier A ends at", "Key by itself from"]
    assert names(compared.context["trial"].leaving) == ["Firm 004"]
    director.post(f"{PAGE}{draft.pk}/drop/")
    assert not Policy.objects.filter(state=PolicyState.DRAFT).exists()


def test_adopting_a_draft_uses_it_up(director, book):
    director.post(f"{PAGE}keep/", {**RULES, "name": "Fewer", "draft": "on"})
    draft = Policy.objects.get(state=PolicyState.DRAFT)
    words = {"name": "Fewer", "note": "Decided", "policy": draft.pk, "adopt": "on"}
    director.post(f"{PAGE}keep/", {**RULES, **words})
    assert not Policy.objects.filter(state=PolicyState.DRAFT).exists()
    assert Policy.objects.get(state=PolicyState.ADOPTED).name == "Fewer"


def test_the_former_policy_is_adopted_again(director, book):
    director.post(f"{PAGE}keep/", {**RULES, "name": "Fewer", "note": "Try", "adopt": "on"})
    former = Policy.objects.get(name="First")
    page = director.get(PAGE, {"policy": former.pk})
    assert page.context["form"]["cut_a"].value() == "80"
    assert [policy.name for policy in page.context["adopted"]] == ["Fewer", "First"]


def test_weights_of_criteria_belong_to_the_trial(cast, director, book):
    install_criteria()
    rules = {**RULES, "weight_growth": "9", "criteria_threshold": "9"}
    director.post(f"{PAGE}keep/", {**rules, "name": "Growth", "draft": "on"})
    assert Policy.objects.get(name="Growth").criteria_weights["growth"] == 9


def test_only_the_director_has_a_laboratory(cast, reader, book, client):
    for user in (cast.karl, cast.lena, cast.anna, cast.adam, cast.sam):
        for path in (PAGE, f"{PAGE}review/", f"{PAGE}compare/"):
            assert reader(user).get(path).status_code == 404
        assert reader(user).post(f"{PAGE}keep/", RULES).status_code == 404
    assert client.get(PAGE).status_code == 302
    assert Policy.objects.count() == 1


def test_unknown_policies_are_not_found(director, book):
    assert director.get(PAGE, {"policy": "999"}).status_code == 404
    for wrong in ("x", "٣", "9" * 5000, str(2**63)):
        assert director.get(PAGE, {"policy": wrong}).status_code == 404
        kept = RULES | {"policy": wrong, "name": f"Of {wrong[:9]}"}
        assert director.post(f"{PAGE}keep/", kept).status_code == 302
    assert director.post(f"{PAGE}999/drop/").status_code == 404


def test_without_figures_the_laboratory_says_so(director):
    assert "Nothing to try it on yet" in director.get(PAGE).content.decode()


def test_a_trial_costs_the_same_queries_for_every_book(
    cast, director, book, django_assert_max_num_queries
):
    director.get(PAGE, RULES)
    with django_assert_max_num_queries(14):
        director.get(PAGE, RULES, headers={"HX-Request": "true"})


def test_days_of_adoption_follow_the_day_shown(director, book):
    director.post(f"{PAGE}keep/", {**RULES, "name": "Fewer", "note": "Now", "adopt": "on"})
    adopted = Policy.objects.get(state=PolicyState.ADOPTED)
    assert adopted.adopted_on >= DAY > dt.date(2023, 1, 1)
