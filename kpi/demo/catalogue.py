"""What Severpack sells, to whom and where, with its names in four languages."""

from dataclasses import dataclass

LANGUAGES = ("en", "ru", "es", "it")


def names(*words: str) -> dict[str, str]:
    """Names by language from words given in the order of LANGUAGES."""
    return dict(zip(LANGUAGES, words, strict=True))


@dataclass(frozen=True)
class Product:
    code: str
    line: str
    price: float  # euros for one unit
    pack: int  # sold in multiples of
    margin: float
    names: dict[str, str]


SERVICE_LINES = {
    "film": names("Films and laminates", "Плёнки и ламинаты", "Films y laminados", "Film e laminati"),
    "trays": names("Trays and bowls", "Лотки и контейнеры", "Bandejas y cuencos", "Vaschette e coppe"),
    "sacks": names("Bags and sacks", "Пакеты и мешки", "Bolsas y sacos", "Buste e sacchi"),
    "cartons": names("Cartons and boxes", "Картон и коробки", "Cartón y cajas", "Cartone e scatole"),
    "labels": names("Labels and sleeves", "Этикетки и рукава", "Etiquetas y fundas", "Etichette e sleeve"),
    "bottles": names("Bottles and caps", "Бутылки и крышки", "Botellas y tapones", "Bottiglie e tappi"),
    "cold": names("Cold-chain packaging", "Упаковка для холодной цепи", "Envases para la cadena de frío", "Imballaggi per la catena del freddo"),
    "tooling": names("Tooling and design", "Оснастка и дизайн", "Utillaje y diseño", "Stampi e progettazione"),
}  # fmt: skip


def _line(line: str, margin: float, *rows: tuple) -> list[Product]:
    return [
        Product(
            code=f"{line[:2].upper()}-{number:03d}",
            line=line,
            price=price,
            pack=pack,
            margin=margin + (number % 5 - 2) * 0.015,
            names=names(*words),
        )
        for number, (price, pack, *words) in enumerate(rows, start=101)
    ]


PRODUCTS: list[Product] = [
    *_line(
        "film", 0.24,
        (0.42, 500, "Barrier film 60 µm, clear", "Барьерная плёнка 60 мкм, прозрачная", "Film barrera 60 µm, transparente", "Film barriera 60 µm, trasparente"),
        (0.47, 500, "Barrier film 80 µm, clear", "Барьерная плёнка 80 мкм, прозрачная", "Film barrera 80 µm, transparente", "Film barriera 80 µm, trasparente"),
        (0.58, 500, "Barrier film 60 µm, printed", "Барьерная плёнка 60 мкм, с печатью", "Film barrera 60 µm, impreso", "Film barriera 60 µm, stampato"),
        (0.36, 1000, "Lidding film, peelable", "Плёнка для запайки, легко снимается", "Film de tapa pelable", "Film di chiusura pelabile"),
        (0.31, 1000, "Shrink film 19 µm", "Термоусадочная плёнка 19 мкм", "Film retráctil 19 µm", "Film termoretraibile 19 µm"),
        (0.22, 1000, "Stretch film for pallets", "Стретч-плёнка паллетная", "Film estirable para palés", "Film estensibile per pallet"),
        (0.63, 500, "Laminate PET/AL/PE", "Ламинат ПЭТ/АЛ/ПЭ", "Laminado PET/AL/PE", "Laminato PET/AL/PE"),
        (0.69, 500, "Compostable film 40 µm", "Компостируемая плёнка 40 мкм", "Film compostable 40 µm", "Film compostabile 40 µm"),
    ),
    *_line(
        "trays", 0.27,
        (0.085, 2000, "Tray 250 ml, clear", "Лоток 250 мл, прозрачный", "Bandeja 250 ml, transparente", "Vaschetta 250 ml, trasparente"),
        (0.11, 2000, "Tray 500 ml, clear", "Лоток 500 мл, прозрачный", "Bandeja 500 ml, transparente", "Vaschetta 500 ml, trasparente"),
        (0.14, 1000, "Tray 750 ml, black", "Лоток 750 мл, чёрный", "Bandeja 750 ml, negra", "Vaschetta 750 ml, nera"),
        (0.19, 1000, "Tray with two compartments", "Лоток с двумя секциями", "Bandeja de dos compartimentos", "Vaschetta a due scomparti"),
        (0.095, 2000, "Soup bowl 350 ml", "Супница 350 мл", "Cuenco de sopa 350 ml", "Coppa per zuppa 350 ml"),
        (0.07, 4000, "Yoghurt cup 125 g", "Стакан для йогурта 125 г", "Vaso de yogur 125 g", "Vasetto yogurt 125 g"),
        (0.09, 4000, "Yoghurt cup 180 g, printed", "Стакан для йогурта 180 г, с печатью", "Vaso de yogur 180 g, impreso", "Vasetto yogurt 180 g, stampato"),
        (0.24, 1000, "Moulded fibre tray", "Лоток из литого волокна", "Bandeja de fibra moldeada", "Vaschetta in fibra stampata"),
    ),
    *_line(
        "sacks", 0.21,
        (0.18, 1000, "Doypack 250 g with zip", "Дой-пак 250 г с замком", "Doypack 250 g con cierre", "Doypack 250 g con zip"),
        (0.27, 1000, "Doypack 1 kg with zip", "Дой-пак 1 кг с замком", "Doypack 1 kg con cierre", "Doypack 1 kg con zip"),
        (0.33, 500, "Coffee bag with valve", "Пакет для кофе с клапаном", "Bolsa de café con válvula", "Busta caffè con valvola"),
        (0.16, 2000, "Flat bottom bag 500 g", "Пакет с плоским дном 500 г", "Bolsa de fondo plano 500 g", "Busta a fondo piatto 500 g"),
        (0.52, 500, "Paper sack 10 kg", "Бумажный мешок 10 кг", "Saco de papel 10 kg", "Sacco di carta 10 kg"),
        (0.71, 500, "Paper sack 25 kg, three-ply", "Бумажный мешок 25 кг, трёхслойный", "Saco de papel 25 kg, tres capas", "Sacco di carta 25 kg, tre strati"),
        (4.90, 20, "Big bag 1,000 kg", "Биг-бэг 1000 кг", "Big bag 1.000 kg", "Big bag 1.000 kg"),
        (0.05, 5000, "Vacuum pouch 200 × 300", "Вакуумный пакет 200 × 300", "Bolsa de vacío 200 × 300", "Busta sottovuoto 200 × 300"),
    ),
    *_line(
        "cartons", 0.19,
        (0.62, 250, "Shipping box 400 × 300 × 200", "Короб транспортный 400 × 300 × 200", "Caja de envío 400 × 300 × 200", "Scatola di spedizione 400 × 300 × 200"),
        (0.88, 250, "Shipping box 600 × 400 × 300", "Короб транспортный 600 × 400 × 300", "Caja de envío 600 × 400 × 300", "Scatola di spedizione 600 × 400 × 300"),
        (0.74, 250, "Shelf-ready tray", "Короб для выкладки на полку", "Bandeja lista para lineal", "Vassoio pronto per scaffale"),
        (0.29, 500, "Folding carton, small", "Складная коробка, малая", "Estuche plegable, pequeño", "Astuccio pieghevole, piccolo"),
        (0.46, 500, "Folding carton with window", "Складная коробка с окном", "Estuche plegable con ventana", "Astuccio con finestra"),
        (1.95, 100, "Gift box with foil print", "Подарочная коробка с тиснением", "Caja de regalo con estampado", "Scatola regalo con stampa a caldo"),
        (1.10, 100, "Cake box with handle", "Коробка для торта с ручкой", "Caja para tarta con asa", "Scatola per torte con manico"),
        (0.12, 1000, "Corrugated divider", "Гофрированная перегородка", "Separador de cartón ondulado", "Divisorio in cartone ondulato"),
    ),
    *_line(
        "labels", 0.33,
        (0.012, 10000, "Paper label, self-adhesive", "Этикетка бумажная самоклеящаяся", "Etiqueta de papel autoadhesiva", "Etichetta adesiva in carta"),
        (0.019, 10000, "Film label, transparent", "Этикетка плёночная прозрачная", "Etiqueta de film transparente", "Etichetta in film trasparente"),
        (0.031, 10000, "Shrink sleeve", "Термоусадочная этикетка", "Funda retráctil", "Sleeve termoretraibile"),
        (0.027, 10000, "In-mould label", "Этикетка для литья в форму", "Etiqueta en molde", "Etichetta in-mould"),
        (0.044, 5000, "Booklet label, pharma", "Этикетка-буклет для фармы", "Etiqueta libreto farmacéutica", "Etichetta a libretto farmaceutica"),
        (0.052, 5000, "Tamper seal with hologram", "Пломба с голограммой", "Precinto con holograma", "Sigillo con ologramma"),
        (0.016, 10000, "Logistics label", "Логистическая этикетка", "Etiqueta logística", "Etichetta logistica"),
    ),
    *_line(
        "bottles", 0.23,
        (0.13, 2000, "PET bottle 0.5 l", "Бутылка ПЭТ 0,5 л", "Botella PET 0,5 l", "Bottiglia PET 0,5 l"),
        (0.19, 2000, "PET bottle 1.5 l", "Бутылка ПЭТ 1,5 л", "Botella PET 1,5 l", "Bottiglia PET 1,5 l"),
        (0.16, 2000, "Recycled PET bottle 0.5 l", "Бутылка из вторичного ПЭТ 0,5 л", "Botella de PET reciclado 0,5 l", "Bottiglia in PET riciclato 0,5 l"),
        (0.28, 1000, "HDPE bottle 1 l", "Бутылка ПНД 1 л", "Botella HDPE 1 l", "Bottiglia HDPE 1 l"),
        (0.41, 1000, "Cosmetic jar 50 ml", "Банка косметическая 50 мл", "Tarro cosmético 50 ml", "Vasetto cosmetico 50 ml"),
        (0.37, 1000, "Airless pump 30 ml", "Помпа безвоздушная 30 мл", "Bomba airless 30 ml", "Pompa airless 30 ml"),
        (0.021, 10000, "Screw cap 28 mm", "Крышка винтовая 28 мм", "Tapón de rosca 28 mm", "Tappo a vite 28 mm"),
        (0.048, 5000, "Flip-top cap", "Крышка флип-топ", "Tapón abatible", "Tappo flip-top"),
    ),
    *_line(
        "cold", 0.26,
        (6.80, 20, "Insulated box 20 l", "Термобокс 20 л", "Caja isotérmica 20 l", "Scatola isotermica 20 l"),
        (11.40, 20, "Insulated box 45 l", "Термобокс 45 л", "Caja isotérmica 45 l", "Scatola isotermica 45 l"),
        (14.90, 10, "Reusable pallet liner", "Многоразовый чехол на паллету", "Funda reutilizable para palé", "Copertura riutilizzabile per pallet"),
        (0.39, 500, "Gel pack 400 g", "Хладоэлемент 400 г", "Acumulador de gel 400 g", "Piastra refrigerante 400 g"),
        (1.25, 200, "Temperature indicator", "Индикатор температуры", "Indicador de temperatura", "Indicatore di temperatura"),
        (0.93, 200, "Fish box with lid", "Ящик для рыбы с крышкой", "Caja para pescado con tapa", "Cassetta per pesce con coperchio"),
        (2.60, 100, "Vaccine shipper insert", "Вкладыш для перевозки вакцин", "Inserto para transporte de vacunas", "Inserto per trasporto vaccini"),
    ),
    *_line(
        "tooling", 0.38,
        (1850.0, 1, "Printing plates, set", "Печатные формы, комплект", "Juego de planchas de impresión", "Set di lastre di stampa"),
        (4200.0, 1, "Thermoforming tool", "Форма для термоформовки", "Molde de termoformado", "Stampo per termoformatura"),
        (690.0, 1, "Packaging design, one format", "Дизайн упаковки, один формат", "Diseño de envase, un formato", "Progetto di confezione, un formato"),
        (320.0, 1, "Shelf-life test", "Испытание срока годности", "Ensayo de vida útil", "Prova di conservabilità"),
        (240.0, 1, "Line trial, one day", "Пробный запуск линии, один день", "Prueba en línea, un día", "Prova in linea, un giorno"),
    ),
]  # fmt: skip


@dataclass(frozen=True)
class Segment:
    names: dict[str, str]
    lines: tuple[str, ...]
    seasons: tuple[float, ...]  # weight of January to December


FLAT = (1.0,) * 12
SUMMER = (0.8, 0.8, 0.9, 1.0, 1.15, 1.3, 1.35, 1.25, 1.05, 0.9, 0.8, 0.7)
WINTER = (1.1, 1.05, 1.0, 0.95, 0.85, 0.8, 0.8, 0.85, 1.0, 1.15, 1.25, 1.2)
HOLIDAYS = (0.7, 0.85, 1.0, 0.9, 0.85, 0.8, 0.8, 0.95, 1.15, 1.35, 1.4, 1.25)
HARVEST = (0.7, 0.7, 0.8, 0.9, 0.95, 1.0, 1.15, 1.35, 1.4, 1.25, 1.0, 0.8)
STEADY = (0.92, 0.98, 1.05, 1.0, 1.0, 1.02, 0.92, 0.88, 1.05, 1.08, 1.06, 1.04)

SEGMENTS: dict[str, Segment] = {
    "dairy": Segment(names("Dairy", "Молочные продукты", "Lácteos", "Lattiero-caseario"), ("trays", "film", "labels", "cartons"), STEADY),
    "confectionery": Segment(names("Confectionery", "Кондитерские изделия", "Confitería", "Dolciario"), ("film", "cartons", "labels", "tooling"), HOLIDAYS),
    "bakery": Segment(names("Bakery", "Хлебопечение", "Panadería", "Panificazione"), ("sacks", "film", "cartons"), FLAT),
    "pharma": Segment(names("Pharma", "Фармацевтика", "Farmacia", "Farmaceutico"), ("labels", "cold", "cartons", "bottles"), STEADY),
    "cosmetics": Segment(names("Cosmetics", "Косметика", "Cosmética", "Cosmetica"), ("bottles", "cartons", "labels", "tooling"), HOLIDAYS),
    "beverages": Segment(names("Water and juice", "Вода и соки", "Agua y zumos", "Acqua e succhi"), ("bottles", "labels", "film"), SUMMER),
    "coffee": Segment(names("Coffee and tea", "Кофе и чай", "Café y té", "Caffè e tè"), ("sacks", "cartons", "labels"), WINTER),
    "milling": Segment(names("Milling and pasta", "Мука и макароны", "Harina y pasta", "Farina e pasta"), ("sacks", "film", "cartons"), HARVEST),
    "agriculture": Segment(names("Agriculture", "Сельское хозяйство", "Agricultura", "Agricoltura"), ("sacks", "cold", "cartons"), HARVEST),
    "ready_meals": Segment(names("Ready meals and delicatessen", "Готовые блюда и деликатесы", "Platos preparados y delicatessen", "Piatti pronti e gastronomia"), ("trays", "film", "labels", "cold"), STEADY),
    "fish": Segment(names("Fish and seafood", "Рыба и морепродукты", "Pescado y marisco", "Pesce e frutti di mare"), ("cold", "trays", "film"), WINTER),
    "cold_chain": Segment(names("Cold-chain logistics", "Холодная логистика", "Logística de frío", "Logistica del freddo"), ("cold", "cartons", "film"), SUMMER),
    "hardware": Segment(names("Hardware and fasteners", "Крепёж и инструмент", "Ferretería y fijaciones", "Ferramenta e viteria"), ("cartons", "sacks", "labels"), STEADY),
}  # fmt: skip


@dataclass(frozen=True)
class Territory:
    country: str
    cities: tuple[str, ...]
    names: dict[str, str]
    team: str
    weight: int


TERRITORIES: dict[str, Territory] = {
    "de-north": Territory("DE", ("Hamburg", "Lübeck", "Bremen", "Kiel", "Hannover"), names("Northern Germany", "Северная Германия", "Norte de Alemania", "Germania settentrionale"), "north", 30),
    "de-east": Territory("DE", ("Leipzig", "Dresden", "Erfurt", "Magdeburg"), names("Eastern Germany", "Восточная Германия", "Este de Alemania", "Germania orientale"), "north", 20),
    "ch": Territory("CH", ("St. Gallen", "Zürich", "Luzern", "Bern"), names("Switzerland", "Швейцария", "Suiza", "Svizzera"), "north", 20),
    "baltic": Territory("EE", ("Tallinn", "Tartu", "Pärnu", "Narva"), names("Estonia", "Эстония", "Estonia", "Estonia"), "north", 16),
    "fi": Territory("FI", ("Turku", "Tampere", "Oulu", "Lahti"), names("Finland", "Финляндия", "Finlandia", "Finlandia"), "north", 14),
    "ru-northwest": Territory("RU", ("Санкт-Петербург", "Псков", "Вологда", "Петрозаводск"), names("North-West Russia", "Северо-Запад", "Noroeste de Rusia", "Russia nord-occidentale"), "east", 30),
    "ru-volga": Territory("RU", ("Самара", "Казань", "Саратов", "Нижний Новгород"), names("Volga", "Поволжье", "Volga", "Volga"), "east", 28),
    "ru-urals": Territory("RU", ("Екатеринбург", "Пермь", "Новосибирск", "Омск"), names("Urals and Siberia", "Урал и Сибирь", "Urales y Siberia", "Urali e Siberia"), "east", 24),
    "kz": Territory("KZ", ("Алматы", "Астана", "Караганда", "Шымкент"), names("Kazakhstan", "Казахстан", "Kazajistán", "Kazakistan"), "east", 14),
    "it-north": Territory("IT", ("Parma", "Torino", "Verona", "Bologna"), names("Northern Italy", "Северная Италия", "Norte de Italia", "Italia settentrionale"), "south", 26),
    "it-south": Territory("IT", ("Napoli", "Bari", "Salerno", "Catania"), names("Southern Italy", "Южная Италия", "Sur de Italia", "Italia meridionale"), "south", 14),
    "es-east": Territory("ES", ("Valencia", "Girona", "Castellón", "Murcia"), names("Eastern Spain", "Восток Испании", "Este de España", "Spagna orientale"), "south", 20),
    "es-north": Territory("ES", ("Bilbao", "Vigo", "Oviedo", "Pamplona"), names("Northern Spain", "Север Испании", "Norte de España", "Spagna settentrionale"), "south", 14),
}  # fmt: skip

CURRENCIES = {"RU": "RUB", "KZ": "RUB", "CH": "CHF"}
TAGS = (
    "exporter",
    "own brand",
    "seasonal",
    "tender",
    "recycled material",
    "multi-site",
    "pays late",
)
