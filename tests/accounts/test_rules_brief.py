"""Which questions are worth asking, from hand-made situations."""

import pytest

from accounts.rules import brief
from accounts.rules.brief import Gap, Guest, Promised, Situation, Unmet


def kinds(situation: Situation, most: int = 3) -> list[str]:
    return [ask.kind for ask in brief.questions(situation, most)]


def test_nothing_known_and_nothing_amiss_asks_nothing():
    assert kinds(Situation()) == []


@pytest.mark.parametrize(
    ("promise", "kind"),
    [
        (Promised(1, True, 35), "ours_late"),
        (Promised(1, True, 0), "ours_due"),
        (Promised(1, True, -14), "ours_due"),
        (Promised(1, True, -15), None),
        (Promised(1, True, None), None),
        (Promised(1, False, 1), "theirs_late"),
        (Promised(1, False, -30), "theirs_open"),
        (Promised(1, False, None), "theirs_open"),
    ],
)
def test_a_promise_is_asked_about_by_its_side_and_day(promise, kind):
    assert kinds(Situation(promises=(promise,))) == ([kind] if kind else [])


def test_an_unusual_silence_is_asked_about():
    assert kinds(Situation(silent_days=61)) == ["silence"]
    assert kinds(Situation(silent_days=None)) == []


@pytest.mark.parametrize(
    ("change", "asked"), [(-0.2, ["fallen"]), (-0.19, []), (0.4, []), (None, [])]
)
def test_a_fifth_less_is_worth_a_question(change, asked):
    assert kinds(Situation(change=change)) == asked


def test_who_is_silent_is_not_also_asked_why_it_is_less():
    assert kinds(Situation(change=-0.5, silent_days=90)) == ["silence"]


@pytest.mark.parametrize(
    ("guest", "kind"),
    [
        (Guest(1, 3, stance=2, is_coming=True), "doubts"),
        (Guest(1, 3, stance=4, stance_age=200, is_stance_stale=True, is_coming=True), "stance"),
        (Guest(1, 3, stance=4, stance_age=2, is_coming=True), None),
        (Guest(1, 0, is_coming=True), "stance_unknown"),
        (Guest(1, 3, stance=4, strength=10), "reach"),
        (Guest(1, 3, stance=4, strength=30), None),
        (Guest(1, 1, stance=4, strength=0), None),
    ],
)
def test_people_are_asked_about_by_what_we_miss_of_them(guest, kind):
    assert kinds(Situation(guests=(guest,))) == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        (Unmet(1, asks_access=True, colleagues=0), ["access"]),
        (Unmet(1, asks_access=False, colleagues=2), ["second"]),
        (Unmet(1, asks_access=False, colleagues=1), []),  # the person is asked about
    ],
)
def test_an_unmet_rule_is_asked_about_by_what_it_lacks(rule, asked):
    assert kinds(Situation(unmet=(rule,))) == asked


def test_what_we_owe_comes_before_figures_and_gaps():
    situation = Situation(
        promises=(Promised(1, True, 3), Promised(2, False, 8)),
        gaps=(Gap("budget", None),),
        holes=("finance",),
        silent_days=61,
    )
    assert kinds(situation, 5) == ["ours_late", "silence", "theirs_late", "hole", "gap"]


def test_three_questions_are_of_three_kinds_while_there_are_three():
    situation = Situation(
        holes=("finance", "sponsor"), gaps=(Gap("budget", None), Gap("goals", 500))
    )
    asked = brief.questions(situation)
    assert [(ask.kind, ask.about) for ask in asked] == [
        ("hole", "finance"),
        ("gap", "budget"),
        ("aged", "goals"),
    ]


def test_a_second_of_a_kind_fills_up():
    assert kinds(Situation(holes=("finance", "sponsor", "technical", "champion"))) == ["hole"] * 3


def test_a_fresh_section_is_not_asked_about():
    assert kinds(Situation(gaps=(Gap("goals", 10, is_stale=False),))) == []


def test_the_checklist_turns_seven_mistakes_around():
    assert len(brief.CHECKLIST) == len(set(brief.CHECKLIST)) == 7
