import pytest

from hiring.choices import SheetKind
from hiring.commands.kit import install_kit
from hiring.models import KitQuestion
from tests.recruiting import make_competency

pytestmark = pytest.mark.django_db
LANGUAGES = {"en", "ru", "es", "it"}


def test_the_kit_covers_every_round_in_four_languages():
    assert install_kit() == KitQuestion.objects.count() > 20
    assert set(KitQuestion.objects.values_list("round", flat=True)) == set(SheetKind.values)
    for question in KitQuestion.objects.all():
        assert set(question.texts) == set(question.looks_for) == LANGUAGES
        assert all(question.texts.values()) and all(question.looks_for.values())


def test_a_companys_own_words_stay():
    relationships = make_competency("relationships")
    install_kit()
    assert relationships.questions.exists()
    KitQuestion.objects.filter(code="cv-b2b").update(texts={"en": "Ours"})
    assert install_kit() == 0
    assert KitQuestion.objects.get(code="cv-b2b").texts == {"en": "Ours"}
