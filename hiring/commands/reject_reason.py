"""Why people are not taken, or do not come: the list a company starts from."""

from django.db import transaction

from hiring.models import RejectReason

LANGUAGES = ("en", "ru", "es", "it")
OURS = {
    "experience": ("Too little experience in sales to companies",
                   "Мало опыта продаж компаниям",
                   "Poca experiencia en ventas a empresas",
                   "Poca esperienza di vendita alle aziende"),
    "clients": ("Has not looked after large clients",
                "Не вёл крупных клиентов",
                "No ha llevado clientes grandes",
                "Non ha seguito grandi clienti"),
    "requirement": ("A requirement is not met",
                    "Не выполнено обязательное требование",
                    "No cumple un requisito excluyente",
                    "Manca un requisito escludente"),
    "skills": ("Weak in the exercises or the test task",
               "Слабо выполнил упражнения или тестовое задание",
               "Flojo en los ejercicios o en la prueba práctica",
               "Debole negli esercizi o nella prova pratica"),
    "language": ("The language needed is missing",
                 "Нет нужного языка",
                 "Le falta el idioma necesario",
                 "Manca la lingua richiesta"),
    "pay": ("Wants more than the pay range",
            "Хочет больше вилки",
            "Pide más que la banda salarial",
            "Chiede più della fascia retributiva"),
    "place": ("Cannot work where the work is",
              "Не может работать в нужном месте",
              "No puede trabajar donde está el puesto",
              "Non può lavorare nella sede prevista"),
    "no_show": ("Did not come and gave no word",
                "Не пришёл и не предупредил",
                "No se presentó ni avisó",
                "Non si è presentato e non ha avvisato"),
    "unreachable": ("Cannot be reached",
                    "Не удаётся связаться",
                    "No se le puede localizar",
                    "Non è raggiungibile"),
    "others": ("Others suited better",
               "Другие подошли больше",
               "Otros encajaban mejor",
               "Altri erano più adatti"),
    "over": ("The vacancy is filled or closed",
             "Вакансия заполнена или закрыта",
             "La vacante está cubierta o cerrada",
             "La posizione è coperta o chiusa"),
}  # fmt: skip
THEIRS = {
    "other_offer": ("Took another offer",
                    "Принял другое предложение",
                    "Aceptó otra oferta",
                    "Ha accettato un'altra offerta"),
    "pay_low": ("Our pay is too low for them",
                "Не устроила оплата",
                "La retribución no le convence",
                "La retribuzione non basta"),
    "stays": ("Stays where they are",
              "Остаётся на нынешнем месте",
              "Se queda donde está",
              "Resta dov'è"),
    "far": ("Place or travel does not suit them",
            "Не подошло место или поездки",
            "No le convienen el lugar o los viajes",
            "Sede o trasferte non vanno bene"),
    "own": ("Reasons of their own",
            "Личные причины",
            "Motivos propios",
            "Motivi personali"),
}  # fmt: skip


@transaction.atomic
def install_reject_reasons() -> int:
    """Add those that are missing; what a company has changed stays. How many were added."""
    before = RejectReason.objects.count()
    rows = [(code, names, False) for code, names in OURS.items()]
    rows += [(code, names, True) for code, names in THEIRS.items()]
    RejectReason.objects.bulk_create(
        [
            RejectReason(
                code=code,
                names=dict(zip(LANGUAGES, names, strict=True)),
                by_candidate=by_candidate,
                position=place,
            )
            for place, (code, names, by_candidate) in enumerate(rows)
        ],
        ignore_conflicts=True,
    )
    return RejectReason.objects.count() - before
