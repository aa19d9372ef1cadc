import json

import pytest

from common.errors import RuleBroken
from hiring.commands import competency as commands
from hiring.models import Competency
from people.models import Event

pytestmark = pytest.mark.django_db
LANGUAGES = {"en", "ru", "es", "it"}
WORDS = {
    "group": "personal",
    "names": {"en": "Stamina"},
    "descriptions": {"en": "Stands long days."},
    "anchors": {mark: {"en": f"Mark {mark}"} for mark in "12345"},
}


def test_the_set_has_the_six_skills_and_what_interviews_show_in_four_languages(db):
    assert commands.install_competencies() == 13 and commands.install_competencies() == 0
    assert Competency.objects.filter(group="skill").count() == 6
    rows = json.loads(commands.STARTING_SET.read_text(encoding="utf-8"))
    for row in rows:
        texts = [row["names"], row["descriptions"], *row["anchors"].values()]
        assert all(set(text) == LANGUAGES and all(text.values()) for text in texts), row["code"]
        assert set(row["anchors"]) == set("12345")


def test_what_a_company_worded_itself_stays(cast):
    Competency.objects.create(code="analysis", group="interview", names={"en": "Our own"})
    assert commands.install_competencies() == 12
    assert Competency.objects.get(code="analysis").name == "Our own"


def test_a_competency_is_added_worded_anew_and_recorded(cast):
    row = commands.save_competency(actor=cast.rita, **WORDS)
    assert row.code == "stamina" and row.anchor(3) == "Mark 3"
    assert commands.save_competency(actor=cast.rita, **WORDS).code == "stamina_2"
    names = {"en": "Staying power"}
    edit = {"actor": cast.dora, "competency_id": row.pk, "version": 1}
    commands.save_competency(**edit, **{**WORDS, "names": names})
    assert Event.objects.about(row).first().data["changes"] == {
        "names": ["Stamina", "Staying power"]
    }
    with pytest.raises(commands.Conflict):
        commands.save_competency(**edit, **WORDS)


def test_a_retired_one_comes_back(cast):
    row = commands.save_competency(actor=cast.rita, **WORDS)
    assert commands.retire_competency(actor=cast.rita, competency_id=row.pk).retired_at
    assert commands.restore_competency(actor=cast.rita, competency_id=row.pk).retired_at is None


@pytest.mark.parametrize(
    "wrong", [{"names": {"en": " "}}, {"anchors": {"1": {"en": "x"}}}, {"names": {"xx": "?"}}]
)
def test_without_a_name_or_words_for_every_mark_it_is_refused(cast, wrong):
    with pytest.raises(RuleBroken):
        commands.save_competency(actor=cast.rita, **{**WORDS, **wrong})


@pytest.mark.parametrize("who", ["karl", "ivan", "adam", "sam"])
def test_only_who_hires_changes_competencies(cast, who):
    with pytest.raises(RuleBroken):
        commands.save_competency(actor=getattr(cast, who), **WORDS)
    row = commands.save_competency(actor=cast.rita, **WORDS)
    with pytest.raises(Competency.DoesNotExist):
        commands.retire_competency(actor=getattr(cast, who), competency_id=row.pk)
