"""The questionnaire of each vacancy, what applicants answered and agreed to, and two rules."""

from hiring.choices import StageKind
from hiring.commands.consent import current_texts
from hiring.commands.knockout import judge_all
from hiring.models import Answer, Candidacy, Consent, KnockOut, Question, RejectReason, Vacancy
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book

STREAM = 47
CODES = ("en", "ru", "es", "it")
BEFORE = (StageKind.FOUND, StageKind.CALL)
# kind, must be answered, the question, its options; every text in the order of CODES
QUESTIONS = (
    ("number", True, ("How many years have you sold to companies?",
                      "Сколько лет вы продаёте компаниям?",
                      "¿Cuántos años lleva vendiendo a empresas?",
                      "Da quanti anni vende ad aziende?"), ()),
    ("choice", True, ("Your largest client paid in a year", "Ваш крупнейший клиент платил за год",
                      "Su mayor cliente pagaba al año", "Il suo cliente maggiore pagava all'anno"),
     (("less than 50,000 €", "меньше 50 000 €", "menos de 50.000 €", "meno di 50.000 €"),
      ("50,000 to 500,000 €", "от 50 000 до 500 000 €", "de 50.000 a 500.000 €",
       "da 50.000 a 500.000 €"),
      ("more than 500,000 €", "больше 500 000 €", "más de 500.000 €", "più di 500.000 €"))),
    ("choices", False, ("Which industries have you looked after?", "Какие отрасли вы вели?",
                        "¿Qué sectores ha llevado?", "Quali settori ha seguito?"),
     (("food and drink", "продукты и напитки", "alimentación", "alimentare"),
      ("retail", "розница", "comercio minorista", "commercio al dettaglio"),
      ("logistics", "логистика", "logística", "logistica"))),
    ("yes_no", True, ("Can you travel to customers twice a month?",
                      "Готовы ездить к клиентам два раза в месяц?",
                      "¿Puede viajar a clientes dos veces al mes?",
                      "Può viaggiare dai clienti due volte al mese?"), ()),
    ("scale", False, ("How well do you negotiate in English?",
                      "Насколько хорошо вы ведёте переговоры на английском?",
                      "¿Qué tal negocia en inglés?", "Come tratta in inglese?"), ()),
    ("long_text", False, ("Tell us of a client you kept although they wanted to leave",
                          "Расскажите о клиенте, которого вы удержали, хотя он хотел уйти",
                          "Cuente de un cliente que conservó aunque quería irse",
                          "Ci racconti di un cliente che ha trattenuto benché volesse andarsene"),
     ()),
    ("date", False, ("When could you begin?", "Когда вы могли бы начать?",
                     "¿Cuándo podría empezar?", "Quando potrebbe iniziare?"), ()),
)  # fmt: skip
STORIES = (
    "Their buyer changed and asked three others for offers. I brought last year's savings on "
    "one page and moved the deliveries nearer; they stayed and took a second line.",
    "Качество просело в декабре. Приехал с технологом, за неделю нашли причину, остались с нами.",
    "",
)


def _named(texts: tuple[str, ...]) -> dict[str, str]:
    return dict(zip(CODES, texts, strict=True))


def write_questionnaires(world: World, book: Book) -> None:
    rng = world.rng(STREAM)
    for key, vacancy in book.vacancies.items():
        questions = _questions(vacancy)
        for person, row in book.people(key):
            if row.applied_at or any(kind not in BEFORE for kind, _day in person.path):
                _answer(world, questions, row, [int(one) for one in rng.integers(100, size=8)])
        _rules(questions)


def _questions(vacancy: Vacancy) -> list[Question]:
    return Question.objects.bulk_create(
        Question(
            vacancy=vacancy, kind=kind, is_required=needed, labels=_named(label), position=place,
            options=[{"code": f"o{number}", "names": _named(names)}
                     for number, names in enumerate(options, 1)],
        )
        for place, (kind, needed, label, options) in enumerate(QUESTIONS)
    )  # fmt: skip


def _answer(world: World, questions: list[Question], row: Candidacy, dice: list[int]) -> None:
    at = row.applied_at or row.created_at
    values = (
        str(1 + dice[0] % 12), f"o{1 + dice[1] % 3}", [f"o{1 + dice[2] % 3}"], dice[3] > 12,
        str(1 + dice[4] % 5), STORIES[dice[5] % 3] or None, world.day(-20 - dice[6]).isoformat(),
    )  # fmt: skip
    if row.applied_at is None:
        Candidacy.objects.filter(pk=row.pk).update(applied_at=at)
    Answer.objects.bulk_create(
        Answer(candidacy=row, question=question, value=value, at=at)
        for question, value in zip(questions, values, strict=True)
        if value is not None
    )
    texts = current_texts(row.candidate.language or "ru")
    purposes = ["vacancy", *(["pool"] if dice[7] > 40 else [])]
    Consent.objects.bulk_create(
        Consent(candidate=row.candidate, candidacy=row, text=texts[purpose], channel="form",
                ip_prefix=f"203.0.{dice[7]}.0/24", given_at=at)
        for purpose in purposes
    )  # fmt: skip


def _rules(questions: list[Question]) -> None:
    reasons = {row.code: row for row in RejectReason.objects.all()}
    years, _clients, _lines, travel, *_rest = questions
    for question, operator, value, reason, why in (
        (years, "ge", "2", "experience", "The first client is handed over after a week."),
        (travel, "is", "yes", "place", "Half of the customers are in other cities."),
    ):
        rule = KnockOut.objects.create(
            question=question, operator=operator, value=value, reason=reasons[reason],
            explanation=why,
        )  # fmt: skip
        judge_all(rule=rule)
