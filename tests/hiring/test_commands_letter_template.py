import pytest

from common.errors import RuleBroken
from hiring.commands import letter as letters
from hiring.commands import letter_template as commands
from hiring.models import LetterTemplate

pytestmark = pytest.mark.django_db


def save(actor, **given) -> LetterTemplate:
    return commands.save_template(
        actor=actor,
        **{
            "kind": "other", "names": {"en": "Spring fair"}, "subjects": {"en": "See\n you"},
            "bodies": {"en": "Hello {name}", "xx": "no language"}, **given,
        },
    )  # fmt: skip


def test_it_is_kept_in_its_languages_with_a_subject_of_one_line(cast):
    row = save(cast.rita)
    assert (row.code, row.subjects, row.bodies) == (
        "spring-fair", {"en": "See you"}, {"en": "Hello {name}"},
    )  # fmt: skip
    assert save(cast.rita).code == "spring-fair-2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"bodies": {}},
        {"bodies": {"en": "  "}},
        {"names": {}},
        {"kind": "sonnet"},
        {"delay_hours": 10_000},
        {"subjects": {"en": "a", "ru": "b"}},
        {"bodies": {"en": "{salary}"}},
        {"bodies": {"en": "{{7*7}}"}},
        {"subjects": {"en": "{name.__class__}"}},
    ],
)
def test_what_could_not_be_sent_is_refused(cast, wrong):
    with pytest.raises(RuleBroken):
        save(cast.rita, **wrong)
    assert not LetterTemplate.objects.exists()


def test_only_recruiters_write_and_a_second_editor_is_told(cast):
    with pytest.raises(RuleBroken):
        save(cast.dora)
    row = save(cast.rita)
    save(cast.rita, template_id=row.pk, version=1, bodies={"en": "Good day"})
    with pytest.raises(commands.TemplateChanged):
        save(cast.rita, template_id=row.pk, version=1)
    row.refresh_from_db()
    assert row.bodies == {"en": "Good day"}


def test_put_away_and_used_again(cast):
    letters.install_letters()
    row = LetterTemplate.objects.get(code="received")
    commands.retire_template(actor=cast.rita, template_id=row.pk)
    assert letters.queries.template_for("received") is None
    commands.restore_template(actor=cast.rita, template_id=row.pk)
    assert letters.queries.template_for("received") == row
