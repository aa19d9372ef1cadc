"""Names of people as each country gives them; all invented."""

import numpy as np

from kpi.demo.names import SURNAMES

GIVEN = {
    "DE": ("Heike Sabine Katrin Birgit Ulrike Anja Nele Wiebke Frauke Petra Silke Annegret Carolin Jutta Maren", "Timo Jürgen Holger Matthias Ralf Sören Henning Detlef Uwe Andreas Torsten Malte Dirk Volker Jan"),
    "CH": ("Regula Ursina Vreni Corinne Barbara Monika Livia Seraina Claudia Andrea", "Reto Urs Beat Jürg Andri Marcel Thomas Roman Lukas Hansruedi"),
    "EE": ("Kadri Piret Liina Merike Tiina Anneli Kersti Triin Maarja Eha", "Tarmo Rein Margus Indrek Jaak Toomas Ants Urmas Kristjan Madis"),
    "FI": ("Päivi Tuula Marjatta Hanna Sari Kirsi Outi Anu Elina Riikka", "Jari Timo Pekka Antti Juhani Mika Heikki Ville Esa Kari"),
    "IT": ("Francesca Chiara Paola Silvia Donatella Elisabetta Rosanna Ilaria Cinzia Barbara Federica", "Giovanni Alessandro Stefano Massimo Roberto Davide Fabrizio Salvatore Gennaro Andrea Maurizio"),
    "ES": ("Carmen Inés Pilar Montserrat Begoña Amparo Rocío Nuria Mercedes Elena", "Javier Íñigo Álvaro Ramón Joaquín Sergi Vicente Andrés Gonzalo Enrique"),
    "RU": ("Виктория Мария Светлана Наталья Ирина Татьяна Людмила Галина Анастасия Екатерина Алла Юлия Ксения Тамара Вера", "Павел Аркадий Сергей Дмитрий Андрей Владимир Николай Борис Константин Михаил Артём Глеб Роман Виктор Илья"),
    "KZ": ("Айгуль Сауле Динара Жанна Асель Гульнара Мадина Алия", "Нурлан Ерлан Данияр Бауыржан Аскар Канат Марат Серик"),
}  # fmt: skip
FAMILY = {
    "RU": "Сёмин Долгоруков Черных Остроградский Кузнецов Лаптев Ермаков Соболев Туманов Рогозин Белоусов Щукин Фёдоров Завьялов Никитин Голубев Карпов Жуковский Орлов Савельев Ильин Панин Вершинин Гордеев Хомяков Яковлев Трубецкой Дорошенко Мельник Степанов Афанасьев Чижов Лукин Прохоров Одинцов Князев Мещеряков Нефёдов Полевой Самарин",
    "KZ": "Ахметов Нурпеисов Жумабаев Сатпаев Касымов Омаров Ибраев Байжанов Тлеубаев Мусин Сарсенов Абдрахманов",
}
FATHERS = [
    "Павлович",
    "Андреевич",
    "Сергеевич",
    "Николаевич",
    "Борисович",
    "Дмитриевич",
    "Михайлович",
    "Викторович",
    "Петрович",
    "Юрьевич",
    "Олегович",
    "Иванович",
]
DOCTORS = {"DE": "Dr. ", "CH": "Dr. "}
FORMS = {
    "DE": ("Frau", "Herr"), "CH": ("Frau", "Herr"), "IT": ("dott.ssa", "dott."),
    "ES": ("doña", "don"), "EE": ("proua", "härra"), "FI": ("", ""), "KZ": ("", ""),
}  # fmt: skip
LANGUAGES = {
    "DE": ("de", "en"), "CH": ("de", "fr", "en"), "EE": ("et", "ru", "en"), "FI": ("fi", "sv", "en"),
    "IT": ("it", "en"), "ES": ("es", "en"), "RU": ("ru", "en"), "KZ": ("kk", "ru"),
}  # fmt: skip
GUESTS = {"EE": 0.3, "DE": 0.06, "KZ": 0.3}  # share of people whose own name is Russian
LATIN = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "yo",
            "zh",
            "z",
            "i",
            "y",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "_",
            "y",
            "_",
            "e",
            "yu",
            "ya",
        ],
        strict=True,
    )
)


def latin(name: str) -> str:
    """As a passport writes it: Семён Щукин is Semyon Shchukin."""
    words = []
    for word in name.split():
        letters = "".join(LATIN.get(sign, sign) for sign in word.lower()).replace("_", "")
        letters = letters.removesuffix("yy") + "y" if letters.endswith("yy") else letters
        words.append("-".join(part.capitalize() for part in letters.split("-")))
    return " ".join(words)


def pick(rng: np.random.Generator, items):
    return items[int(rng.integers(len(items)))]


def person_name(rng: np.random.Generator, country: str) -> dict:
    """Keywords of a PersonPlan: name, other_name, honorific, languages."""
    woman = rng.random() < 0.46
    guest = rng.random() < GUESTS.get(country, 0)
    origin = "RU" if guest else country
    given = pick(rng, GIVEN[origin][0 if woman else 1].split())
    spoken = ("ru", *LANGUAGES[country]) if guest else LANGUAGES[country]
    languages = tuple(dict.fromkeys(spoken))[: 2 if rng.random() < 0.6 else 3]
    if origin in FAMILY:
        family = pick(rng, FAMILY[origin].split())
        name = f"{given} {feminine(family) if woman else family}"
        father = pick(rng, FATHERS)
        polite = f"{given} {patronymic(father) if woman else father}" if origin == "RU" else ""
        return {
            "name": name,
            "other_name": latin(name),
            "honorific": polite,
            "languages": languages,
        }
    family = pick(rng, SURNAMES[country]).replace("_", " ")
    doctor = DOCTORS.get(country, "") if rng.random() < 0.12 else ""
    form = FORMS[country][0 if woman else 1]
    if country == "IT" and not woman and rng.random() < 0.3:
        form = "ing."
    polite = f"{form} {doctor}{family}".strip() if form else ""
    return {"name": f"{doctor}{given} {family}", "honorific": polite[:40], "languages": languages}


def feminine(family: str) -> str:
    if family.endswith(("ский", "цкий")):
        return family[:-2] + "ая"
    if family.endswith(("ой", "ый")):
        return family[:-2] + "ая"
    return family + "а" if family.endswith(("ов", "ев", "ёв", "ин", "ын")) else family


def patronymic(father: str) -> str:
    return father.removesuffix("ич") + "на"
