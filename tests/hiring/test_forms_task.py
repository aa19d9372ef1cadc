from hiring.forms.task import GradersForm, SendForm, TextsForm
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


def test_graders_are_colleagues_who_can_sign_in(cast):
    cast.kim.is_active = False
    cast.kim.save()
    assert not GradersForm({"raters": [cast.kim.pk]}).is_valid()
