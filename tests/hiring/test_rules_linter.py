import pytest

from hiring.rules import linter
from hiring.rules.linter import Ground, Place

REFUSED = [
    ("en", "Men only", "sex", "Men"),
    ("en", "An experienced salesman", "sex", "salesman"),
    ("en", "He will lead talks", "sex", "He"),
    ("en", "Age up to 35", "age", "Age"),
    ("en", "Candidates under 35.", "age", "under 35"),
    ("en", "25-40 years old", "age", "25-40 years old"),
    ("en", "A young and dynamic team", "age", "young"),
    ("en", "Marital status: single", "family", "Marital status"),
    ("en", "Without small children", "family", "Without small children"),
    ("en", "Native speaker of English", "nationality", "Native speaker"),
    ("en", "EU citizens only", "nationality", "citizens only"),
    ("en", "In good health", "health", "good health"),
    ("en", "Not pregnant", "health", "pregnant"),
    ("en", "Good-looking", "looks", "Good-looking"),
    ("ru", "Ищем мужчину", "sex", "мужчину"),
    ("ru", "Девушка с опытом продаж", "sex", "Девушка"),
    ("ru", "Пол: женский", "sex", "Пол: женский"),
    ("ru", "Возраст 25–40", "age", "Возраст"),
    ("ru", "до 35 лет", "age", "до 35 лет"),
    ("ru", "от 25 до 40 лет", "age", "от 25 до 40 лет"),
    ("ru", "не старше 45", "age", "не старше 45"),
    ("ru", "Молодой специалист", "age", "Молодой специалист"),
    ("ru", "Семейное положение не важно нам", "family", "Семейное положение"),
    ("ru", "без маленьких детей", "family", "без маленьких детей"),
    ("ru", "незамужняя", "family", "незамужняя"),
    ("ru", "не планирующая декрет", "family", "декрет"),
    ("ru", "славянская внешность", "nationality", "славянская"),
    ("ru", "гражданство РФ", "nationality", "гражданство РФ"),
    ("ru", "крепкое здоровье", "health", "крепкое здоровье"),
    ("ru", "приятная внешность", "looks", "приятная внешность"),
    ("es", "Buscamos hombres", "sex", "hombres"),
    ("es", "Señorita con experiencia", "sex", "Señorita"),
    ("es", "Edad máxima", "age", "Edad"),
    ("es", "entre 25 y 40 años", "age", "entre 25 y 40 años"),
    ("es", "Equipo joven", "age", "joven"),
    ("es", "Estado civil", "family", "Estado civil"),
    ("es", "sin hijos", "family", "sin hijos"),
    ("es", "Inglés nativo", "nationality", "nativo"),
    ("es", "buena salud", "health", "buena salud"),
    ("es", "Buena presencia", "looks", "Buena presencia"),
    ("it", "Cerchiamo una ragazza", "sex", "ragazza"),
    ("it", "Solo uomini", "sex", "uomini"),
    ("it", "Età massima", "age", "Età"),
    ("it", "tra i 25 e i 40 anni", "age", "tra i 25 e i 40 anni"),
    ("it", "Un team giovane", "age", "giovane"),
    ("it", "Stato civile", "family", "Stato civile"),
    ("it", "senza figli", "family", "senza figli"),
    ("it", "Inglese madrelingua", "nationality", "madrelingua"),
    ("it", "Sana e robusta costituzione", "health", "Sana e robusta costituzione"),
    ("it", "Bella presenza", "looks", "Bella presenza"),
]
SPARED = [
    ("en", "We hire regardless of age, sex or origin."),
    ("en", "Three years of experience, over 30 accounts, over 20 % growth"),
    ("en", "Women's wear and menswear brands; a young company of healthy food"),
    ("en", "Our company is 25 years old. He or she reports to the director."),
    ("en", "You manage people, mend processes and show results in the digital age"),
    ("en", "Any age. Equal opportunities for everybody."),
    ("ru", "Опыт работы от 3 до 6 лет, опыт продаж от 20 лет не нужен"),
    ("ru", "Мы 25 лет на рынке. Молодая компания, семейный бизнес, одежда для женщин"),
    ("ru", "Независимо от пола и возраста. Оплата больничных, отпуска и декрета"),
    ("ru", "Ведёте переговоры, развиваете 3 ключевых клиента, рост 30 % за год"),
    ("ru", "Полная занятость, полный день, пользователь CRM, в пол-оборота"),
    ("es", "Independientemente de la edad y el sexo. Empresa joven con 40 años de historia"),
    ("es", "Experiencia de 3 a 5 años. Moda de mujer. Plan de igualdad de género"),
    ("es", "Gestionar cuentas clave, negociar y crecer un 30 %"),
    ("it", "A prescindere dall'età e dal sesso. L'annuncio è rivolto a entrambi i sessi"),
    ("it", "Esperienza di almeno 3 anni nella vendita. Abbigliamento donna, pari opportunità"),
    ("it", "Gestire i clienti chiave e farli crescere del 30 %"),
]


@pytest.mark.parametrize(("language", "text", "ground", "word"), REFUSED)
def test_it_says_which_word_asks_for_what(language, text, ground, word):
    found = linter.findings([Place("title", language, text)])
    assert (ground, word) in [(one.ground, one.word) for one in found]
    first = next(one for one in found if one.ground == ground)
    assert first.why and first.instead and word in " ".join(one.sentence for one in found)


@pytest.mark.parametrize(("language", "text"), SPARED)
def test_what_only_sounds_alike_is_left_alone(language, text):
    assert linter.findings([Place("title", language, text)]) == []


@pytest.mark.parametrize(("language", "text", "ground", "word"), REFUSED)
def test_a_text_of_unknown_language_is_read_in_its_own(language, text, ground, word):
    article = {"en": "the work of", "ru": "работа", "es": "para la que el", "it": "per il che gli"}
    text = f"{article[language]}: {text}"
    assert ground in [one for one, start, end in linter.lint(text)]


def test_every_language_knows_every_ground():
    sections = {*Ground.values, "fine", "trait"}
    assert set(linter.words()) == {(code, one) for code in linter.LANGUAGES for one in sections}
    assert all(linter.words().values())


@pytest.mark.parametrize("ground", Ground.values)
def test_each_ground_is_explained(ground):
    assert linter.why(ground) and linter.instead(ground)


def test_a_long_hostile_text_is_read_at_once():
    text = "regardless of " * 5_000 + "опыт " * 5_000
    assert linter.lint(text[:50_000], "en") == []
    assert linter.lint(text[:50_000], "ru") == []
    assert linter.lint("", "") == []
