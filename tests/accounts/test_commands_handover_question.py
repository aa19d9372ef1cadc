import json

import pytest
from django.conf import settings

from accounts.commands import handover_question as commands
from accounts.models import HandoverQuestion
from accounts.rules.handover import QUESTION_LONGEST
from common.editing import Conflict
from common.errors import RuleBroken
from people.models import Event

pytestmark = pytest.mark.django_db
NAMES = {"en": "Who pays?", "ru": "Кто платит?"}


def test_the_starting_set_speaks_four_languages_and_asks_more_of_larger_accounts():
    rows = json.loads(commands.STARTING_SET.read_text(encoding="utf-8"))
    languages = {code for code, _name in settings.LANGUAGES}
    assert all(set(row["names"]) == languages and all(row["names"].values()) for row in rows)
    assert all(len(text) <= QUESTION_LONGEST for row in rows for text in row["names"].values())
    commands.install_questions()
    asked = {
        tier: sum(row.kind == "question" for row in commands.questions_for(tier))
        for tier in "ABCN"
    }  # fmt: skip
    assert asked == {"A": 14, "B": 8, "C": 4, "N": 4}


def test_the_starting_set_leaves_a_companys_own_words_alone(cast):
    assert commands.install_questions() == 19 and commands.install_questions() == 0
    HandoverQuestion.objects.exclude(code="dates").delete()
    assert commands.install_questions(only_if_none=True) == 0
    assert HandoverQuestion.objects.count() == 1


def test_a_director_writes_a_question_and_changes_it(cast):
    row = commands.save_question(actor=cast.dora, code="pays", names=NAMES, tiers=["B", "A"])
    assert (row.tiers, row.position) == (["A", "B"], 0)
    seen = commands.shown(row)
    row = commands.save_question(
        actor=cast.dora, code="pays", names={"en": "Who signs?"}, tiers=["A"], kind="check",
        question_id=row.pk, seen=seen,
    )  # fmt: skip
    assert (row.names, row.kind) == ({"en": "Who signs?"}, "check")
    with pytest.raises(Conflict):
        commands.save_question(
            actor=cast.dora, code="pays", names=NAMES, question_id=row.pk, seen=seen
        )
    assert Event.objects.filter(verb="reference.saved").count() == 2


@pytest.mark.parametrize(
    ("who", "fields", "words"),
    [
        ("lena", {}, "Only directors"),
        ("dora", {"names": {"en": " "}}, "at least one language"),
        ("dora", {"names": {"en": "x" * 401}}, "400 characters"),
        ("dora", {"kind": "promise"}, "values offered"),
        ("dora", {"code": "dates"}, "taken already"),
    ],
)
def test_what_is_refused(cast, who, fields, words):
    commands.install_questions()
    given = {"code": "pays", "names": NAMES, "tiers": ["A"]} | fields
    with pytest.raises(RuleBroken, match=words):
        commands.save_question(actor=getattr(cast, who), **given)
    assert HandoverQuestion.objects.count() == 19


def test_a_retired_question_is_not_asked_until_it_is_asked_again(cast):
    commands.install_questions()
    row = HandoverQuestion.objects.get(code="dates")
    commands.retire_question(actor=cast.dora, question_id=row.pk)
    assert row not in commands.questions_for("A")
    commands.retire_question(actor=cast.dora, question_id=row.pk)
    assert row in commands.questions_for("A")


def test_questions_move_up_and_down(cast):
    commands.install_questions()
    codes = [row.code for row in commands.questions_for("A")]
    second = HandoverQuestion.objects.get(code=codes[1])
    commands.move_question(actor=cast.dora, question_id=second.pk, up=True)
    commands.move_question(actor=cast.dora, question_id=second.pk, up=True)
    assert [row.code for row in commands.questions_for("A")][:2] == [codes[1], codes[0]]
    commands.move_question(actor=cast.dora, question_id=second.pk, up=False)
    assert [row.code for row in commands.questions_for("A")] == codes
    with pytest.raises(HandoverQuestion.DoesNotExist):
        commands.move_question(actor=cast.dora, question_id=0, up=False)
