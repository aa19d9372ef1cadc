from hiring.forms.task import GradersForm, SendForm, TextsForm
from people.models import Company, User
from tests.recruiting import make_version


def test_what_was_written_comes_by_language(cast):
    form = TextsForm({"text_en": "Do", "text_ru": " ", "guide_it": "Guida"})
    assert form.is_valid()
    assert (form.written("text"), form.written("guide")) == ({"en": "Do"}, {"it": "Guida"})
    assert TextsForm(version=make_version()).fields["text_en"].initial == "A customer leaves."


def test_only_what_may_be_sent_is_offered(cast):
    offered, other = make_version(), make_version()
    form = SendForm({"version": other.pk}, versions=[offered])
    assert not form.is_valid()
    assert SendForm({"version": offered.pk}, versions=[offered]).is_valid()


def test_the_companys_language_stands_open_and_is_needed_the_others_fold(cast):
    Company.objects.update_or_create(pk=1, defaults={"language": "ru"})
    form = TextsForm({"text_en": "Do"})
    assert set(form.errors) == {"text_ru"}
    assert [(row["code"], row["is_open"]) for row in form.languages()][:2] == [
        ("ru", True),
        ("en", False),
    ]


def test_an_error_in_a_folded_language_opens_it(cast):
    form = TextsForm({"text_en": "Do", "guide_es": "x" * 8001})
    assert [row["code"] for row in form.languages() if row["is_open"]] == ["en", "es"]


def test_graders_are_those_who_were_offered(cast):
    graders = User.objects.filter(pk=cast.ivan.pk)
    assert not GradersForm({"raters": [cast.kim.pk]}, graders=graders).is_valid()
    assert GradersForm({"raters": [cast.ivan.pk]}, graders=graders).is_valid()
