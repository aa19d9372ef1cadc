"""The questionnaire of a vacancy: what may be asked, and what becomes of it once answered."""

import pytest

from common.errors import RuleBroken
from hiring.commands import question as commands
from hiring.models import Answer, Question, Vacancy
from tests.recruiting import make_candidacy, make_question, make_rule, make_vacancy

pytestmark = pytest.mark.django_db


def create(cast, vacancy, label: str = "Which clients have you had?", **more) -> Question:
    fields = {"kind": "text", "labels": {"en": label}, **more}
    return commands.create_question(actor=cast.rita, vacancy_id=vacancy.pk, **fields)


def test_questions_stand_in_the_order_they_were_made(cast, vacancy):
    first, second = create(cast, vacancy), create(cast, vacancy, "Which markets?")
    assert list(vacancy.questions.all()) == [first, second]


def test_choices_have_codes_that_outlive_their_words(cast, vacancy):
    made = create(cast, vacancy, kind="choice", options=[{"en": "A"}, {"en": "B", "ru": "Б"}])
    assert [one["code"] for one in made.options] == ["o1", "o2"]
    changed = commands.edit_question(
        actor=cast.rita, question_id=made.pk, version=made.version, kind="choice",
        labels=made.labels, options=[{"en": "Alpha"}, {"en": "B"}, {"en": "C"}],
    )  # fmt: skip
    assert [(one["code"], one["names"]["en"]) for one in changed.options] == [
        ("o1", "Alpha"), ("o2", "B"), ("o3", "C")
    ]  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"labels": {}}, {"labels": {"en": "  "}}, {"kind": "mood"}, {"labels": {"en": "x" * 301}},
        {"kind": "choice", "options": [{"en": "Only one"}]},
        {"labels": {"en": "How old are you?"}}, {"labels": {"ru": "Ваш пол: мужчина или женщина?"}},
        {"labels": {"es": "¿Está embarazada?"}}, {"labels": {"it": "È sposata?"}},
    ],
)  # fmt: skip
def test_what_cannot_or_must_not_be_asked(cast, vacancy, fields):
    with pytest.raises(RuleBroken):
        create(cast, vacancy, **fields)
    assert not Question.objects.exists()


def test_once_answered_a_question_is_retired_and_another_stands_in_its_place(cast, vacancy):
    before = create(cast, vacancy, kind="yes_no")
    follower = create(cast, vacancy, shown_if_id=before.pk, shown_if_value="yes")
    rule = make_rule(before)
    Answer.objects.create(candidacy=make_candidacy(vacancy), question=before, value=True)
    after = commands.edit_question(
        actor=cast.rita, question_id=before.pk, version=1, kind="yes_no", labels={"en": "Other?"}
    )
    for row in (before, follower, rule):
        row.refresh_from_db()
    assert after.pk != before.pk and before.retired_at and before.labels != after.labels
    assert follower.shown_if == after and rule.retired_at
    assert after.position == before.position and Answer.objects.get().question == before


def test_saving_nothing_new_retires_nothing(cast, vacancy):
    made = create(cast, vacancy)
    Answer.objects.create(candidacy=make_candidacy(vacancy), question=made, value="x")
    same = commands.edit_question(
        actor=cast.rita, question_id=made.pk, version=1, kind="text", labels=made.labels
    )
    assert same.pk == made.pk and same.retired_at is None


def test_an_old_page_overwrites_nothing(cast, vacancy):
    made = create(cast, vacancy)
    for label, fine in (("First", True), ("Second", False)):
        fields = {"question_id": made.pk, "version": 1, "kind": "text", "labels": {"en": label}}
        if fine:
            commands.edit_question(actor=cast.rita, **fields)
            continue
        with pytest.raises(RuleBroken):
            commands.edit_question(actor=cast.rita, **fields)


def test_conditions_hang_on_chosen_answers_and_never_in_a_ring(cast, vacancy):
    text, parent = create(cast, vacancy), create(cast, vacancy, kind="yes_no")
    child = create(cast, vacancy, kind="yes_no", shown_if_id=parent.pk, shown_if_value="yes")
    for number, value in ((text.pk, "x"), (parent.pk, "maybe"), (10**6, "yes")):
        with pytest.raises(RuleBroken):
            create(cast, vacancy, shown_if_id=number, shown_if_value=value)
    with pytest.raises(RuleBroken):
        commands.edit_question(
            actor=cast.rita, question_id=parent.pk, version=1, kind="yes_no",
            labels=parent.labels, shown_if_id=child.pk, shown_if_value="yes",
        )  # fmt: skip


def test_order_by_dragging_and_by_one_place(cast, vacancy):
    rows = [create(cast, vacancy, f"Question {n}?") for n in range(3)]
    ids = [row.pk for row in rows]
    commands.order_questions(actor=cast.rita, vacancy_id=vacancy.pk, question_ids=ids[::-1])
    assert list(vacancy.questions.values_list("pk", flat=True)) == ids[::-1]
    commands.move_question(actor=cast.rita, question_id=ids[0], by=-1)
    assert list(vacancy.questions.values_list("pk", flat=True)) == [ids[2], ids[0], ids[1]]
    with pytest.raises(Question.DoesNotExist):
        commands.order_questions(actor=cast.rita, vacancy_id=vacancy.pk, question_ids=ids[:2])


def test_copied_questions_keep_their_conditions_among_themselves(cast, vacancy):
    parent = create(cast, vacancy, kind="yes_no")
    create(cast, vacancy, shown_if_id=parent.pk, shown_if_value="no")
    other = make_vacancy()
    first, second = commands.copy_questions(
        actor=cast.rita, vacancy_id=other.pk, source_id=vacancy.pk
    )
    second.refresh_from_db()
    assert second.shown_if == first and {first.vacancy, second.vacancy} == {other}
    with pytest.raises(RuleBroken):
        commands.copy_questions(actor=cast.rita, vacancy_id=other.pk, source_id=other.pk)


def test_retired_and_asked_again(cast, vacancy):
    made = create(cast, vacancy)
    assert commands.retire_question(actor=cast.rita, question_id=made.pk).retired_at
    back = commands.retire_question(actor=cast.rita, question_id=made.pk, back=True)
    assert back.retired_at is None


def test_only_recruiters_lay_out_a_form(cast, vacancy):
    made = make_question(vacancy)
    for user in (cast.dora, cast.ivan, cast.karl, cast.adam):
        with pytest.raises(Vacancy.DoesNotExist):
            commands.create_question(
                actor=user, vacancy_id=vacancy.pk, kind="text", labels={"en": "What?"}
            )
        with pytest.raises(Question.DoesNotExist):
            commands.retire_question(actor=user, question_id=made.pk)
