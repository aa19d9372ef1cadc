"""Company names as each country makes them; all invented, unique for as many as are asked."""

from collections.abc import Iterator

import numpy as np

SURNAMES = {
    "DE": ["Ahlers", "Behnke", "Claasen", "Dornbusch", "Ehmke", "Friedrichsen", "Grothe", "Hasselbrink", "Iversen", "Jessen", "Kaltenbach", "Lührs", "Mewes", "Nissen", "Ohlendorf", "Petersohn", "Quast", "Rademacher", "Siebels", "Thomsen", "Ubben", "Vogelsang", "Wiechmann", "Zorn"],
    "CH": ["Aebischer", "Brunnschweiler", "Caflisch", "Dubach", "Egli", "Frischknecht", "Gmür", "Hofstetter", "Inauen", "Jenni", "Käslin", "Lutziger", "Meierhans", "Nüesch", "Odermatt", "Pfister", "Rüegg", "Stäheli", "Tobler", "Zgraggen"],
    "EE": ["Aavik", "Kask", "Kuusik", "Laanemets", "Lepik", "Mägi", "Nurmsalu", "Oras", "Pihlakas", "Raudsepp", "Saarepuu", "Tammik", "Uibo", "Vaher", "Õunapuu"],
    "FI": ["Alanen", "Eskola", "Haapala", "Hietala", "Jokela", "Kallio", "Koskela", "Lehtola", "Mattila", "Niemelä", "Ojala", "Peltola", "Rantala", "Salmela", "Tuomela", "Yli-Korpi"],
    "IT": "Albertazzi Bellandi Casagrande Dal Pozzo Fantuzzi Gherardi Lombardini Mazzanti Nardelli Ottaviani Pedrazzi Querzola Rovatti Santambrogio Tognoli Ughetti Valsecchi Zanetti Cavallari Morosini".replace("Dal Pozzo", "Dal_Pozzo").split(),
    "ES": ["Aldecoa", "Barrientos", "Carrasquer", "Domenech", "Echániz", "Ferrandis", "Gamarra", "Herranz", "Ibarrola", "Lizarraga", "Mondéjar", "Navascués", "Olmedilla", "Peñalver", "Quiroga", "Rosselló", "Santamarta", "Torrellas", "Urdaneta", "Villalonga"],
}  # fmt: skip

PLACES = {
    "RU": ["Заозёрный", "Северский", "Двинский", "Приозёрный", "Ладожский", "Мезенский", "Камский", "Сурский", "Ветлужский", "Уржумский", "Белогорский", "Чусовской", "Иртышский", "Томский", "Кедровый", "Тихвинский", "Валдайский", "Онежский", "Шекснинский", "Сосновский", "Берёзовский", "Ключевской", "Полянский", "Верхневолжский", "Заволжский", "Покровский"],
    "KZ": ["Алатау", "Тулпар", "Сарыарка", "Жетысу", "Каратал", "Байтерек", "Аксай", "Кокжайлау", "Улытау", "Ертис", "Мугалжар", "Шалкар", "Актогай", "Балкаш"],
}  # fmt: skip

TRADES = {
    "DE": {
        "dairy": "Molkerei Käsehof Milchwerke", "confectionery": "Süßwaren Pralinenmanufaktur Marzipanwerk",
        "bakery": "Feinbäckerei Backhaus Brotmanufaktur", "pharma": "Arzneimittel Pharma Apothekenbedarf",
        "cosmetics": "Naturkosmetik Hautpflege Seifenwerk", "beverages": "Mineralbrunnen Fruchtsäfte Getränke",
        "coffee": "Kaffeerösterei Teekontor Rösthaus", "milling": "Mühlenwerke Teigwaren Getreidemühle",
        "agriculture": "Agrarhandel Saatgut Landprodukte", "ready_meals": "Feinkost Menümanufaktur Salatküche",
        "fish": "Fischräucherei Seefisch Krabbenkontor", "cold_chain": "Kühllogistik Frischedienst Tiefkühllager",
        "hardware": "Schraubenwerk Beschläge Befestigungstechnik",
    },
    "IT": {
        "dairy": "Caseificio Latteria", "confectionery": "Dolciaria Torroneria", "bakery": "Forno Panificio",
        "pharma": "Farmaceutici Laboratori", "cosmetics": "Cosmetici Saponificio", "beverages": "Acque Succhi",
        "coffee": "Torrefazione Caffè", "milling": "Pastificio Molino", "agriculture": "Agricola Ortofrutta",
        "ready_meals": "Gastronomia Salumificio", "fish": "Ittica Pescheria", "cold_chain": "Frigologistica Surgelati",
        "hardware": "Viteria Ferramenta",
    },
    "ES": {
        "dairy": "Lácteos Quesería", "confectionery": "Turrones Confitería", "bakery": "Panificadora Horno",
        "pharma": "Laboratorios Farmacéutica", "cosmetics": "Cosmética Perfumería", "beverages": "Aguas Zumos",
        "coffee": "Cafés Tostadero", "milling": "Harinera Pastas", "agriculture": "Agrícola Cítricos",
        "ready_meals": "Precocinados Conservas", "fish": "Pescados Congelados", "cold_chain": "Frigoríficos Transfrío",
        "hardware": "Tornillería Herrajes",
    },
    "RU": {
        "dairy": "молочный_комбинат сыроварня маслозавод", "confectionery": "кондитерская_фабрика пряничный_двор",
        "bakery": "хлебозавод пекарня", "pharma": "фармзавод аптечные_товары", "cosmetics": "мыловарня косметическая_фабрика",
        "beverages": "минеральные_воды завод_соков", "coffee": "чайная_фабрика кофейный_двор",
        "milling": "мукомольный_завод макаронная_фабрика", "agriculture": "агрокомплекс овощебаза",
        "ready_meals": "фабрика-кухня мясокомбинат", "fish": "рыбокомбинат рыбный_дом",
        "cold_chain": "хладокомбинат холодный_склад", "hardware": "завод_крепежа метизный_завод",
    },
    "FI": {
        "dairy": "Meijeri Juustola", "confectionery": "Makeistehdas Suklaa", "bakery": "Leipomo Leipä",
        "pharma": "Lääke Apteekkitukku", "cosmetics": "Kosmetiikka Saippua", "beverages": "Lähdevesi Mehustamo",
        "coffee": "Paahtimo Kahvi", "milling": "Mylly Vilja", "agriculture": "Maatalous Siemen",
        "ready_meals": "Valmisruoka Eineskeittiö", "fish": "Kala Kalasavustamo", "cold_chain": "Kylmälogistiikka Pakaste",
        "hardware": "Kiinnike Ruuvi",
    },
    "EE": {
        "dairy": "Piimatööstus Juustukoda", "confectionery": "Kommivabrik Šokolaad", "bakery": "Pagar Leivakoda",
        "pharma": "Ravimid Apteegitarbed", "cosmetics": "Kosmeetika Seebikoda", "beverages": "Allikavesi Mahlakoda",
        "coffee": "Kohviröstikoda Tee", "milling": "Veski Viljatööstus", "agriculture": "Põllumajandus Seeme",
        "ready_meals": "Köök Lihatööstus", "fish": "Kalatööstus Suitsukala", "cold_chain": "Külmladu Jahelogistika",
        "hardware": "Kinnitus Kruvi",
    },
}  # fmt: skip
TRADES["CH"] = {
    **TRADES["DE"],
    "dairy": "Käserei Molkerei",
    "confectionery": "Schokoladen Confiserie",
}
TRADES["KZ"] = {
    "dairy": "Сүт Айран", "confectionery": "Балдырған Кәмпит", "bakery": "Нан Наубайхана",
    "pharma": "Фарм Дәрі", "cosmetics": "Сабын Гүл", "beverages": "Су Шырын", "coffee": "Шай Кофе",
    "milling": "Ұн Диірмен", "agriculture": "Агро Егін", "ready_meals": "Ас Дастархан",
    "fish": "Балық Теңіз", "cold_chain": "Мұз Салқын", "hardware": "Темір Бұранда",
}  # fmt: skip

FORMS = {
    "DE": ("GmbH", "GmbH & Co. KG", "AG"), "CH": ("AG", "GmbH", "& Söhne AG"), "EE": ("OÜ", "AS"),
    "FI": ("Oy", "Oyj"), "IT": ("S.p.A.", "S.r.l.", "& Figli S.r.l."), "ES": ("S.A.", "S.L.", "e Hijos S.L."),
    "RU": ("ООО", "АО"), "KZ": ("ТОО", "АО"),
}  # fmt: skip


def company_names(rng: np.random.Generator, country: str, segment: str, city: str) -> Iterator[str]:
    """Endless candidates; later ones carry the city, then a number, so that none runs out."""
    attempt = 0
    while True:
        name = _company_name(rng, country, segment)
        attempt += 1
        if attempt > 6:
            name = f"{name}, {city}"
        yield name if attempt <= 12 else f"{name} {attempt + int(rng.integers(100_000))}"


def _company_name(rng: np.random.Generator, country: str, segment: str) -> str:
    trade = str(rng.choice(TRADES[country][segment].split())).replace("_", " ")
    form = str(rng.choice(FORMS[country]))
    if country in PLACES:
        return _cyrillic_name(str(rng.choice(PLACES[country])), trade, form, country)
    surname = str(rng.choice(SURNAMES[country])).replace("_", " ")
    if country in ("IT", "ES"):
        return f"{trade} {surname} {form}"
    if form.startswith("&"):
        return f"{surname} {form}" if rng.random() < 0.3 else f"{trade} {surname} {form}"
    return f"{surname} {trade} {form}" if rng.random() < 0.7 else f"{trade} {surname} {form}"


FEMININE = ("фабрика", "сыроварня", "пекарня", "мыловарня", "овощебаза", "фабрика-кухня")


def _cyrillic_name(place: str, trade: str, form: str, country: str) -> str:
    if country == "KZ":
        return f"{form} «{place} {trade}»"
    head = (
        trade.split()[-1]
        if trade.endswith(("фабрика", "завод", "комбинат", "двор"))
        else trade.split()[0]
    )
    if trade.endswith(("воды", "товары")):
        place = place.removesuffix("ый").removesuffix("ий").removesuffix("ой") + (
            "ие" if place.endswith("ий") or place.endswith("ой") else "ые"
        )
    elif head in FEMININE:
        place = place[:-2] + "ая"
    return f"{form} «{place} {trade}»"
