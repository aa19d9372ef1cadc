"""What managers notice about people and companies: preferences, sore spots, the dossier."""

PREFERENCES = {
    "en": ("Calls, never mails; best before nine", "Wants figures on one page", "Tea, no coffee; first ten minutes about sailing", "Decides after a night's sleep; do not press", "Likes to be told bad news first"),
    "ru": ("Лучше звонить, утром до девяти", "Любит цифры на одном листе", "Чай без сахара; сначала о рыбалке", "Решает на другой день, не торопить", "Плохие новости просит говорить первыми"),
    "it": ("Preferisce la telefonata, prima delle nove", "Vuole i numeri in una pagina", "Prima si parla di calcio, poi di prezzi", "Decide il giorno dopo; non insistere"),
    "es": ("Prefiere el teléfono, antes de las nueve", "Quiere las cifras en una página", "Primero la familia, luego los precios", "Decide al día siguiente; no insistir"),
}  # fmt: skip
SORE_SPOTS = {
    "en": ("The late lorries of last winter", "The misprinted labels of the Christmas range", "Was passed over when the plant got a new head", "A price letter that came without a call"),
    "ru": ("Опоздания прошлой зимой", "Брак печати к новогодней серии", "Письмо о ценах без звонка", "Сорванная поставка перед праздником"),
    "it": ("I ritardi dello scorso inverno", "Le etichette sbagliate di Natale", "Una lettera di aumento senza telefonata"),
    "es": ("Los retrasos del invierno pasado", "Las etiquetas mal impresas de Navidad", "Una carta de precios sin llamada"),
}  # fmt: skip
NOTES = {
    "en": ("Daughter begins university in Kiel this autumn.", "Had an operation in spring; does not like to be asked.", "Birthday in the first week of May; a card is enough."),
    "ru": ("Дочь осенью поступила в университет.", "Весной была операция; расспросов не любит.", "День рождения в начале мая; достаточно открытки."),
    "it": ("La figlia comincia l'università in autunno.", "Compleanno ai primi di maggio; basta un biglietto."),
    "es": ("La hija empieza la universidad en otoño.", "Cumpleaños a primeros de mayo; basta una tarjeta."),
}  # fmt: skip
COMPETITORS = {"DE": ("Verpa Nord", "Plastima"), "CH": ("Alpack", "Verpa Nord"), "EE": ("Balti Pakend", "Verpa Nord"), "FI": ("Pakkala", "Verpa Nord"), "RU": ("Упакторг", "Волгаплёнка"), "KZ": ("Орамапак", "Упакторг"), "IT": ("Pakline", "Imballi Rossi"), "ES": ("Pakline", "Envases Duero")}  # fmt: skip
COMPETITOR_TEXT = {
    "en": "Supplies about {share} % of their packaging; strong in short runs.", "ru": "Около {share} % их упаковки; сильны малыми тиражами.",
    "it": "Circa il {share} % dei loro imballaggi; forte sulle piccole tirature.", "es": "Cerca del {share} % de sus envases; fuerte en tiradas cortas.",
}  # fmt: skip

DOSSIER: dict[str, dict[str, tuple[str, ...]]] = {
    "en": {
        "figures": ("Turnover {turnover} M € last year, {growth} %; about {staff} people.",),
        "history": ("Founded by the family; third generation. Bought a plant nearby ten years ago.", "Customer since the first trade fair we ever went to."),
        "strategy": ("Own shops and own label first, export second.", "Wants to halve virgin plastic within four years."),
        "market": ("Second in the region; the chains buy at three addresses.",),
        "budget": ("Packaging budget is set in November; buyers may shift a tenth of it.",),
        "goals": ("Fewer formats: from forty to twenty-five.", "Shelf life two days longer at the same price."),
        "needs": ("Thinner film that seals at lower heat; labels at three days' notice.",),
        "plans": ("A second packing line next autumn; tender for machines is out.",),
    },
    "ru": {
        "figures": ("Выручка {turnover} млн € за прошлый год, {growth} %; около {staff} человек.",),
        "history": ("Выросли из совхозного цеха; нынешняя команда с 2009 года.", "Работают с нами с первой выставки."),
        "strategy": ("Сначала своя марка и сети, потом экспорт.", "За четыре года хотят вдвое сократить первичный пластик."),
        "market": ("Вторые в регионе; сети берут с трёх складов.",),
        "budget": ("Бюджет на упаковку утверждают в ноябре; десятую часть закупки двигают сами.",),
        "goals": ("Сократить форматы с сорока до двадцати пяти.", "Срок годности плюс два дня за те же деньги."),
        "needs": ("Тонкая плёнка с низкой температурой запайки; этикетки за три дня.",),
        "plans": ("Вторая линия фасовки следующей осенью; тендер на оборудование объявлен.",),
    },
    "it": {
        "figures": ("Fatturato {turnover} M € l'anno scorso, {growth} %; circa {staff} persone.",),
        "history": ("Azienda di famiglia, terza generazione.",),
        "strategy": ("Prima il marchio proprio, poi l'export.",),
        "market": ("Secondi nella zona; le catene comprano da tre depositi.",),
        "budget": ("Il budget imballaggi si decide a novembre.",),
        "goals": ("Meno formati: da quaranta a venticinque.",),
        "needs": ("Film più sottile che saldi a temperatura più bassa.",),
        "plans": ("Seconda linea di confezionamento il prossimo autunno.",),
    },
    "es": {
        "figures": ("Ventas de {turnover} M € el año pasado, {growth} %; unas {staff} personas.",),
        "history": ("Empresa familiar, tercera generación.",),
        "strategy": ("Primero la marca propia, luego la exportación.",),
        "market": ("Segundos en la zona; las cadenas compran en tres almacenes.",),
        "budget": ("El presupuesto de envases se decide en noviembre.",),
        "goals": ("Menos formatos: de cuarenta a veinticinco.",),
        "needs": ("Film más fino que selle a menor temperatura.",),
        "plans": ("Segunda línea de envasado el próximo otoño.",),
    },
}  # fmt: skip
SOURCES = {
    "en": ("Annual report", "Told by purchasing", "Trade press", "Own visit to the plant"),
    "ru": ("Годовой отчёт", "Со слов закупок", "Отраслевая газета", "Были на площадке"),
    "it": ("Bilancio", "Dagli acquisti", "Stampa di settore", "Visita allo stabilimento"),
    "es": ("Cuentas anuales", "Según compras", "Prensa del sector", "Visita a la planta"),
}  # fmt: skip
