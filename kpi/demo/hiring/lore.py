"""What the vacancies say and where their people come from; all of it invented."""

from hiring.choices import StageKind
from kpi.demo.hiring import SessionPlan, Text, VacancyPlan

PETERSBURG, HAMBURG, URALS = "petersburg", "hamburg", "urals"

VACANCIES = [
    VacancyPlan(
        PETERSBURG, "Key account manager, St Petersburg", "Санкт-Петербург", "RU", "Europe/Moscow",
        2, 2, (140_000, 180_000, "RUB"), "east", 26, None,
        {
            "ru": Text(
                "Менеджер по работе с ключевыми клиентами",
                "Вы сохраните и вырастите двух-трёх крупнейших покупателей упаковки на Северо-Западе.",
                "Знать людей клиента и их задачи. Готовить предложения под клиента. Вести план роста и держать обещания.",
                "Опыт прямых продаж предприятиям от двух лет. Умение считать выгоду клиента. Готовность ездить по региону.",
                "Оклад и процент от продаж без потолка. Наставник на время испытательного срока. Машина и связь.",
            ),
            "en": Text(
                "Key account manager",
                "You keep and grow two or three of our largest packaging customers in the North-West.",
                "Know the customer's people and their tasks. Write offers made for one customer. Run the growth plan and keep promises.",
                "Two years or more of selling to businesses. Able to reckon what a customer gains. Ready to travel in the region.",
                "Fixed pay and an uncapped share of sales. A mentor through probation. Car and phone.",
            ),
        },
        {StageKind.FOUND: 6, StageKind.CALL: 14, StageKind.FORM: 8, StageKind.INVITE: 9,
         StageKind.SESSION: 18, StageKind.TASK: 3, StageKind.DECISION: 2},
    ),
    VacancyPlan(
        HAMBURG, "Account manager, Hamburg", "Hamburg", "DE", "Europe/Berlin",
        1, 1, (3_600, 4_400, "EUR"), "north", 9, None,
        {
            "en": Text(
                "Account manager, packaging",
                "You look after mid-sized food producers between Hamburg and Bremen and grow into key accounts.",
                "Visit customers, understand what they pack and lose, offer what saves them money, keep what you promise.",
                "A year or more in sales, curiosity about how things are made, German at C1.",
                "A senior colleague at your side, a clear ladder to grade 2, fixed pay and commission.",
            ),
        },
        {StageKind.FOUND: 5, StageKind.CALL: 11, StageKind.FORM: 7, StageKind.INVITE: 2},
    ),
    VacancyPlan(
        URALS, "Key account manager, Yekaterinburg", "Екатеринбург", "RU", "Asia/Yekaterinburg",
        2, 1, (120_000, 160_000, "RUB"), "east", 148, 75,
        {
            "ru": Text(
                "Менеджер ключевых клиентов, Урал",
                "Вы поведёте переработчиков молока и мяса от Перми до Тюмени.",
                "Вести карту людей клиента, готовить сезонные планы, отвечать за срок и качество поставок.",
                "Опыт продаж производителям от двух лет, понимание логистики.",
                "Оклад, процент, корпоративная машина, обучение.",
            ),
        },
        {StageKind.CALL: 11, StageKind.FORM: 8, StageKind.INVITE: 3, StageKind.SESSION: 9,
         StageKind.TASK: 2, StageKind.DECISION: 1, StageKind.HIRED: 1},
    ),
]  # fmt: skip

SESSIONS = [
    SessionPlan(URALS, -112, 6, 6, ("beatrice_conti", "elena_vorontsova", "oleg_ryabinin")),
    SessionPlan(URALS, -111, 6, 6, ("beatrice_conti", "elena_vorontsova", "oleg_ryabinin")),
    SessionPlan(PETERSBURG, -8, 9, 8, ("beatrice_conti", "elena_vorontsova", "igor_lebedev")),
    SessionPlan(PETERSBURG, -7, 9, 8, ("beatrice_conti", "elena_vorontsova", "igor_lebedev")),
    SessionPlan(PETERSBURG, 0, 13, 8, ("beatrice_conti", "elena_vorontsova", "igor_lebedev")),
    SessionPlan(PETERSBURG, 2, 9, 8, ("beatrice_conti", "elena_vorontsova")),
]  # fmt: skip

EMPLOYERS = {
    "RU": "Невапак|Балтупак|Плёнки Северо-Запада|Этикетка Плюс|Фармснаб|Логистик Дом|Ладога Фуд|Тара и К|Гофроком|Склад Сервис|Полимер Трейд|Кофе Импорт|Молторг|Хладпром",
    "DE": "Nordpack Folien|Hanse Etiketten|Wellpappe Elbe|Kühlkette Nord|Frischdienst Wedel|Pharmakontor Stade|Teehandel Brinkum|Backbedarf Jork|Tara Verpackung|Fischkontor Büsum",
}  # fmt: skip
TITLES = {
    "RU": "менеджер по продажам|старший менеджер по продажам|торговый представитель|руководитель группы продаж|менеджер по работе с клиентами",
    "DE": "Vertriebsmitarbeiter Innendienst|Gebietsverkaufsleiter|Key account manager|Sales representative|Kundenbetreuerin",
}  # fmt: skip
CITIES = {
    PETERSBURG: ("Санкт-Петербург", "Санкт-Петербург", "Санкт-Петербург", "Великий Новгород", "Псков", "Петрозаводск"),
    HAMBURG: ("Hamburg", "Hamburg", "Bremen", "Lübeck", "Kiel"),
    URALS: ("Екатеринбург", "Екатеринбург", "Челябинск", "Пермь", "Тюмень"),
}  # fmt: skip
TARGETS = {
    PETERSBURG: ("Невапак", "Балтупак", "Плёнки Северо-Запада", "Гофроком"),
    HAMBURG: ("Nordpack Folien", "Hanse Etiketten", "Wellpappe Elbe"),
    URALS: ("Полимер Трейд", "Гофроком"),
}  # fmt: skip
NICHES = {PETERSBURG: ("Фармснаб", "Логистик Дом"), HAMBURG: ("Kühlkette Nord", "Fischkontor Büsum"), URALS: ("Хладпром",)}  # fmt: skip
OFF_LIMITS = [
    ("customer", "Ладога Фуд", "Our customer since 2019; we do not take their people.", None),
    ("partner", "Frischdienst Wedel", "Carries our goods in the North.", 120),
    ("unwanted", "Тара и К", "Known for paying buyers; two checks in 2024 confirmed it.", None),
]  # fmt: skip
SCRIPT = (
    "Good afternoon, my name is … of Severpack, packaging for food and pharma. Is now a good moment?\n"
    "1. We look for somebody to keep two or three of our largest customers. May I tell you why you came to mind?\n"
    "2. What do you sell today, and to whom? How many customers, how long have they stayed?\n"
    "3. What would have to be different for you to move?\n"
    "Agreed: the questionnaire takes ten minutes; I send you the link now."
)
NOTES = (
    "Has kept the same five customers for years; asks good questions.",
    "Wants to know who the mentor would be.",
    "Would move in January, not before.",
    "Knows our films from the other side of the table.",
    "Speaks about colleagues with respect.",
)
SEEN = {
    5: ("Found the real cause and turned it into an offer.", "Asked first, then reckoned it aloud."),
    4: ("Stayed calm and kept to the customer's figures.", "Summed up what was agreed."),
    3: ("Offered a discount too early, then recovered.", "Knew the product, not the customer."),
    2: ("Interrupted twice.", "Promised what nobody had checked."),
    1: ("Blamed logistics.", "Did not answer the question."),
}  # fmt: skip
