"""Test tasks of the demo bank and what two people answered; every text in the order of CODES."""

from hiring.choices import ExerciseKind, TaskPlace

CODES = ("en", "ru", "es", "it")
# kind, place, hours, minutes, name, task, how it is graded
TASKS = (
    (ExerciseKind.LOSS, TaskPlace.HOME, 72, 20,
     ("A client asks others for offers", "Клиент собирает предложения у других",
      "Un cliente pide ofertas a otros", "Un cliente chiede offerte ad altri"),
     ("A dairy has bought trays from us for six years. Its new buyer asks three others for "
      "offers and answers your calls no longer. Write what you do in the first week, whom you "
      "talk to and what you bring them. One page.",
      "Молокозавод шесть лет покупает у нас лотки. Новый закупщик запросил цены ещё у трёх "
      "компаний и не отвечает на звонки. Напишите, что вы сделаете за первую неделю, с кем "
      "поговорите и что им принесёте. Одна страница.",
      "Una láctea nos compra bandejas desde hace seis años. Su nuevo comprador pide ofertas a "
      "otros tres y ya no contesta a sus llamadas. Escriba qué hace la primera semana, con quién "
      "habla y qué les lleva. Una página.",
      "Un caseificio compra da noi vaschette da sei anni. Il nuovo responsabile acquisti chiede "
      "offerte ad altri tre e non risponde più. Scriva che cosa fa nella prima settimana, con chi "
      "parla e che cosa porta. Una pagina."),
     ("Looks for the reason before the price. Speaks to more people than the buyer. Brings a "
      "figure the client gains by. Names a day for each step.",
      "Сначала ищет причину, потом говорит о цене. Идёт не только к закупщику. Приносит расчёт "
      "выгоды клиента. Называет день для каждого шага.",
      "Busca la causa antes que el precio. Habla con más gente que el comprador. Lleva una cifra "
      "que el cliente gana. Pone fecha a cada paso.",
      "Cerca la causa prima del prezzo. Parla non solo con gli acquisti. Porta una cifra che il "
      "cliente guadagna. Dà una data a ogni passo.")),
    (ExerciseKind.GROWTH, TaskPlace.HOME, 96, 20,
     ("A year's plan for one client", "План на год для одного клиента",
      "Un plan anual para un cliente", "Un piano annuale per un cliente"),
     ("A bakery with nine shops buys bags for 4,000 a month and everything else from two others. "
      "Plan a year: what it could buy from us, in which order, who decides, what may go wrong.",
      "Пекарня с девятью магазинами берёт у нас пакеты на 300 тысяч в месяц, остальное у двух "
      "других. Составьте план на год: что ещё она могла бы покупать, в каком порядке, кто решает, "
      "что может пойти не так.",
      "Una panadería con nueve tiendas compra bolsas por 4.000 al mes y lo demás a otros dos. "
      "Planee un año: qué podría comprarnos, en qué orden, quién decide, qué puede fallar.",
      "Un panificio con nove negozi compra sacchetti per 4.000 al mese e il resto da altri due. "
      "Pianifichi un anno: che cosa potrebbe comprare, in quale ordine, chi decide, che cosa può "
      "andare storto."),
     ("Figures that add up. Names people, not departments. Begins where the client gains most. "
      "Says what would end the plan.",
      "Цифры сходятся. Называет людей, а не отделы. Начинает с того, где клиент выигрывает больше "
      "всего. Говорит, что остановит план.",
      "Cifras que cuadran. Nombra personas, no departamentos. Empieza donde el cliente gana más. "
      "Dice qué pondría fin al plan.",
      "Cifre che tornano. Nomina persone, non uffici. Comincia dove il cliente guadagna di più. "
      "Dice che cosa fermerebbe il piano.")),
    (ExerciseKind.CONFLICT, TaskPlace.ROOM, 72, 20,
     ("A late delivery before the holidays", "Опоздание перед праздниками",
      "Una entrega tarde antes de las fiestas", "Una consegna in ritardo prima delle feste"),
     ("The lorry with 40 pallets is a day late and the client's line stands still. The head of "
      "production is on the telephone. Lead the talk.",
      "Машина с 40 паллетами опаздывает на сутки, линия клиента стоит. Начальник производства на "
      "телефоне. Проведите разговор.",
      "El camión con 40 palés llega un día tarde y la línea del cliente está parada. El jefe de "
      "producción está al teléfono. Lleve la conversación.",
      "Il camion con 40 bancali è in ritardo di un giorno e la linea del cliente è ferma. Il "
      "responsabile di produzione è al telefono. Conduca il colloquio."),
     ("Lets them finish. Promises only what can be kept. Ends with a time and a name.",
      "Даёт договорить. Обещает только выполнимое. Заканчивает временем и именем.",
      "Deja terminar. Promete solo lo que puede cumplir. Acaba con una hora y un nombre.",
      "Lascia finire. Promette solo ciò che può mantenere. Chiude con un'ora e un nome.")),
)  # fmt: skip
ANSWERS = (
    "В понедельник еду на завод, к технологу и начальнику смены: чем недовольны, что поменялось. "
    "Во вторник считаю на одной странице, сколько они теряют на бое лотков и сколько экономят с "
    "нами. В среду прошу двадцать минут у директора по закупкам, новому закупщику предлагаю "
    "пробную партию с доставкой дважды в неделю. В пятницу присылаю предложение и срок ответа.",
    "Первый месяц: обойти девять магазинов, записать, что и у кого покупают. Второй: коробки для "
    "тортов, там самый большой бой. К лету плёнка, осенью всё остальное одним договором на год.",
)
# How a grader marks by the competency's place: the first two are more than a point apart.
STRICT, KIND, BETWEEN = (2, 3, 2), (4, 4, 5), (3, 4, 3)
