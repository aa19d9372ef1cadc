"""Grades, languages, trials, handovers and absences of Severpack's managers, as plain facts.

Times are days before today, as in kpi.demo.company; a negative number lies ahead.
"""

from dataclasses import dataclass

from people.choices import Grade

TRAINED, PRACTISED, MASTER = Grade.TRAINED, Grade.PRACTISED, Grade.MASTER
NEWCOMER, PASSED = "darya_kim", "lukas_brandt"
HALF = 45  # the newcomer's trial began so long ago
TRIAL_BEGAN, TRIAL_DAYS, TRIAL_ENDED = 415, 180, 236  # of whom has passed since

# What Severpack reckons with: its customers are met less often than the shipped figures say.
HOURS = {"A": 3, "B": 1.5, "C": 0.5, "N": 0.25}
MOST_REGULAR = 30

# (days ago, grade, why); the first day of somebody counts from the day they joined.
GRADES: dict[str, list[tuple[int, Grade | None, str]]] = {
    "anna_lindqvist": [(2190, PRACTISED, ""), (1300, MASTER, "Five key accounts kept for four years")],
    "jonas_weber": [(2190, TRAINED, ""), (1150, PRACTISED, "Won Kaltberg with an offer of his own")],
    "katrin_tamm": [(2190, TRAINED, "")],
    "elena_vorontsova": [(2190, PRACTISED, ""), (1500, MASTER, "Ведёт команду, удержала оба ключевых аккаунта в 2022 году")],
    "igor_lebedev": [(2190, TRAINED, ""), (1400, PRACTISED, "Индивидуальные предложения для «Молочного двора»")],
    "oleg_ryabinin": [(800, TRAINED, ""), (520, PRACTISED, "Переговоры с «Заречьем» провёл сам")],
    "timur_akhmetov": [(1100, TRAINED, "")],
    "marco_bianchi": [(2190, PRACTISED, ""), (1250, MASTER, "Tre clienti chiave portati dalla concorrenza")],
    "giulia_ferrante": [(950, TRAINED, ""), (610, PRACTISED, "Offerta su misura per Iberagua")],
    "lucia_herrero": [(640, TRAINED, ""), (430, PRACTISED, "Plan de recambios de Laboratorios Vega")],
}  # fmt: skip


@dataclass(frozen=True)
class ProfilePlan:
    """What a manager speaks, and their own limits where they are not the company's."""

    languages: tuple[str, ...]
    segments: tuple[str, ...] = ()
    hours: int | None = None
    most_regular: int | None = None
    phone: str = ""


PROFILES: dict[str, ProfilePlan] = {
    "marina_sokolova": ProfilePlan(("ru", "en"), hours=60, phone="+7 495 555-01-00"),
    "anna_lindqvist": ProfilePlan(("en", "de", "sv"), ("ready_meals", "dairy"), phone="+49 40 5550101"),
    "jonas_weber": ProfilePlan(("de", "en"), ("cold_chain",), phone="+49 341 5550102"),
    "katrin_tamm": ProfilePlan(("et", "fi", "en"), phone="+372 6 555 0103"),
    "lukas_brandt": ProfilePlan(("de", "en", "fr"), ("dairy", "bakery"), phone="+49 40 5550104"),
    "elena_vorontsova": ProfilePlan(("ru", "en"), ("confectionery", "pharma"), phone="+7 812 555-01-05"),
    "igor_lebedev": ProfilePlan(("ru", "en"), ("dairy",), hours=105, phone="+7 846 555-01-06"),
    "oleg_ryabinin": ProfilePlan(("ru",), ("agriculture", "hardware"), phone="+7 843 555-01-07"),
    "darya_kim": ProfilePlan(("ru", "en")),
    # Small customers, mostly by telephone.
    "timur_akhmetov": ProfilePlan(("ru", "kk"), most_regular=55, phone="+7 727 555-01-09"),
    "marco_bianchi": ProfilePlan(("it", "es", "en"), ("milling",), phone="+39 02 5550110"),
    "giulia_ferrante": ProfilePlan(("it", "es"), ("pharma", "coffee"), phone="+39 081 5550111"),
    "lucia_herrero": ProfilePlan(("es", "en"), ("cosmetics", "beverages"), phone="+34 96 5550112"),
}  # fmt: skip


CRITERIA = (
    "Оборот пяти аккаунтов против ожидаемого на день, с честным разбросом; первая встреча с каждым в первые"
    " пять дней; не меньше сорока встреч и звонков за срок; план роста двух аккаунтов перед командой."
)
CRITERIA_PASSED = "Turnover of the four accounts against their twins, first meetings in time, one offer of his own."


@dataclass(frozen=True)
class TalkPlan:
    """What was said in one week's talk; `mark` is from 1 (off course) to 5."""

    newcomer: str
    mentor: str
    lead: str
    mark: int
    agreed: str


TALKS = [
    TalkPlan("Со всеми пятью созвонилась, четыре встречи прошли.", "Готовится к встречам, цены ещё ищет в таблицах.", "Темп хороший. Одну встречу сдвинул клиент.", 4, "Пятая встреча до среды; Олег берёт с собой на «Заречье»."),
    TalkPlan("Двое просят образцы, отправила.", "Слушает больше, чем говорит. Это редкость.", "Заказы пока на уровне прошлого года.", 4, "По каждому аккаунту: кто решает и что для него выгода."),
    TalkPlan("Один клиент ушёл к конкуренту по цене, не смогла удержать.", "Уступила скидку сразу, не спросив, за что.", "Разобрали разговор по шагам.", 3, "Без встречного условия скидок не даём."),
    TalkPlan("Первый повторный заказ после образцов.", "Расчёт выгоды сделала сама, с первого раза верно.", "Так и нужно.", 4, "Подготовить план роста на два аккаунта."),
    TalkPlan("Планы роста готовы вчерне.", "План реалистичный, не хватает дат.", "Показать команде через неделю.", 4, "Даты и ответственные в плане; сорок контактов идут с запасом."),
    TalkPlan("Команда задала много вопросов, два ответа за мной.", "Держится уверенно.", "Половина срока: на курсе, рост ещё не доказан.", 4, "Закрыть два вопроса по логистике."),
]  # fmt: skip
EVIDENCE = [
    (41, "praise", "oleg_ryabinin", "Пришла на первую встречу с картой людей клиента, хотя никто не просил."),
    (33, "result", "elena_vorontsova", "Образцы дошли до обоих за два дня, клиент ответил сам."),
    (24, "fault", "oleg_ryabinin", "Скидка 4 % по телефону без встречного условия."),
    (20, "task", "elena_vorontsova", "Разобрать три уступки прошлого года: что получили взамен."),
    (9, "praise", "elena_vorontsova", "План роста защитила перед командой, ответила на возражения цифрами."),
]  # fmt: skip
SUBJECTS = ("Знакомство", "Что мешает заказывать больше", "Образцы", "Расчёт выгоды", "План на квартал", "Сроки поставки")  # fmt: skip

# Answers to the questions of a handover, by their code.
ALPINA_ANSWERS = {
    "soft_commitments": "I told the buyer we would not raise the price of lids before the trial on line 3 is judged. Nothing written.",
    "next_order": "Cups 250 ml, second week of the month, about 90,000 francs, if line 3 runs.",
    "sore_spots": "Do not mention the recall of 2022. The plant manager still has to answer for it.",
    "never_call": "Never write to the plant past the buyer. In an emergency: the dispatcher's mobile, day and night.",
    "political_map": "The founder's daughter decides from spring on; the finance head is losing ground and knows it.",
    "price_story": "Two per cent off in 2024 against a third year of contract. They kept their part.",
    "competitors_inside": "One Austrian house, liked by the technicians for its service at night.",
    "what_failed": "Paper lids in 2023: they softened in the cold store. Ask for three weeks of storage before any trial.",
    "preferences": "Short letters, figures on one page, meetings before ten. No lunch.",
    "address": "German with everybody, surnames, the founder offers the first name himself.",
    "dates": "Budget in September, stocktaking in the last week of June, works holidays in August.",
    "plans": "A second cold store in Thurgau, not public before the spring.",
    "loyalty": "We answer within the hour. They would leave over a missed delivery in December.",
    "first_steps": "Go to line 3 yourself, then drink a coffee with the dispatcher.",
}  # fmt: skip
FASTENERS_ANSWERS = {
    "soft_commitments": "Обещал держать цену на короб 400 до конца квартала, устно, начальнику закупок.",
    "next_order": "Короба 400 и 600, обычно после пятнадцатого; зависит от отгрузок в Казахстан.",
    "sore_spots": "Не вспоминать пересорт 2023 года: тогда уволили кладовщика.",
    "never_call": "Директору завода без договорённости не звонить; срочное решает начальник смены.",
    "political_map": "Закупки решают сами до миллиона, выше подписывает коммерческий директор. Главный технолог молчит, но его слушают.",
    "price_story": "Торгуются за процент, а платят за точность поставки. Две уступки прошлого года были без встречного условия.",
    "competitors_inside": "Пермская фабрика, держит их склад; берут за цену, ругают за сроки.",
    "what_failed": "Картон с печатью: дорого и не нужно. Больше не предлагать.",
    "preferences": "Звонить до девяти, писать коротко, цифры в таблице.",
    "address": "По-русски, по имени и отчеству, на «вы».",
}  # fmt: skip
SUBJECTS_EN = ("Getting to know each other", "What keeps them from ordering more", "Samples", "What they gain, reckoned", "Plan of the quarter")  # fmt: skip
PULSE_WORDS = ("Herr Brandt kennt unsere Linie schon besser als wir.", "")
