"""What is said between a supplier of packaging and its customers, in the manager's language.

Each topic: how it went (1, 0, -1), the subject, and a sentence or two.
"""

TALK: dict[str, tuple[tuple[int, str, str], ...]] = {
    "en": (
        (1, "Matt film on line 2", "The samples ran a full shift without a stop. They want a price for the whole year."),
        (1, "Spring range", "Two new formats for spring. They ask us to bring the designer along in three weeks."),
        (1, "Express delivery", "Thanked us for the pallets that came overnight; the night shift did not have to stop."),
        (1, "Audit", "No findings on our material this year. They would say so to their own buyers, too."),
        (1, "Site tour", "Showed us the new packing hall; space for a second sealing machine from next year."),
        (0, "Delivery windows", "They move unloading to the early morning. Our driver must report before six."),
        (0, "Raw material index", "Went through the index line by line. They accept the formula, not yet the start month."),
        (0, "Forecast", "Volumes for the next quarter about as this one; the promotion week is still open."),
        (0, "Label rules", "New wording for recycling on every label. They send the approved texts next week."),
        (0, "Shelf-life test", "Agreed on the test plan: three temperatures, six weeks, their laboratory and ours."),
        (0, "Stock", "They count stock at month end and want our call-off list before that."),
        (0, "Contacts", "Asked who answers when I am away. Left the assistant's number and the order desk's."),
        (-1, "Late lorry", "The lorry came four hours late for the third time. They want to hear what we change."),
        (-1, "Sealing", "One batch of lids does not seal at the edges; 400 trays thrown away. They keep samples for us."),
        (-1, "Competitor's price", "Verpa Nord offers four per cent less on film. They did not show the offer."),
        (-1, "Payment terms", "Their finance wants sixty days instead of thirty. I gave no answer."),
    ),
    "ru": (
        (1, "Матовая плёнка на второй линии", "Образцы прошли полную смену без остановки. Просят цену на весь год."),
        (1, "Весенний ассортимент", "Весной два новых формата. Зовут нашего дизайнера через три недели."),
        (1, "Срочная поставка", "Благодарили за ночную отгрузку: смену останавливать не пришлось."),
        (1, "Аудит", "Ни одного замечания к нашему материалу. Готовы сказать это и своим закупкам."),
        (1, "Новый цех", "Показали цех фасовки; на будущий год есть место под вторую запайку."),
        (0, "Окна разгрузки", "Разгрузку переносят на раннее утро. Машина должна отметиться до шести."),
        (0, "Индекс сырья", "Прошли индекс по строкам. С формулой согласны, с месяцем начала пока нет."),
        (0, "План на квартал", "Объёмы как в этом квартале; неделя акции ещё не назначена."),
        (0, "Маркировка", "Новые знаки переработки на каждой этикетке. Утверждённые тексты пришлют на той неделе."),
        (0, "Испытание срока годности", "Согласовали план: три температуры, шесть недель, их лаборатория и наша."),
        (0, "Остатки на складе", "Инвентаризация в конце месяца; заявку ждут от нас раньше."),
        (0, "Кому звонить", "Спрашивали, кто отвечает, когда менеджер в отъезде. Продиктован телефон ассистента и отдела заказов."),
        (-1, "Опоздала машина", "Третий раз машина пришла на четыре часа позже. Ждут, что мы изменим."),
        (-1, "Брак по запайке", "Партия крышек не держит край, выбросили 400 лотков. Образцы для нас оставили."),
        (-1, "Цена конкурента", "«Упакторг» даёт плёнку на четыре процента дешевле. Само предложение не показали."),
        (-1, "Отсрочка", "Финансы хотят шестьдесят дней вместо тридцати. Ответа пока не было."),
    ),
    "it": (
        (1, "Film opaco sulla linea 2", "I campioni hanno girato un turno intero senza fermi. Chiedono un prezzo per tutto l'anno."),
        (1, "Gamma primavera", "Due formati nuovi per la primavera. Ci chiedono di portare il grafico fra tre settimane."),
        (1, "Consegna urgente", "Ci ringraziano per i bancali arrivati di notte: il turno non si è fermato."),
        (1, "Audit", "Nessuna osservazione sul nostro materiale. Lo direbbero anche ai loro acquisti."),
        (1, "Visita allo stabilimento", "Ci hanno mostrato il nuovo reparto; dal prossimo anno c'è posto per una seconda saldatrice."),
        (0, "Finestre di scarico", "Spostano lo scarico al mattino presto. L'autista deve presentarsi prima delle sei."),
        (0, "Indice materie prime", "Visto l'indice riga per riga. Accettano la formula, non ancora il mese di partenza."),
        (0, "Previsioni", "Volumi del prossimo trimestre come questo; la settimana di promozione è aperta."),
        (0, "Etichettatura", "Nuove diciture sul riciclo. Ci mandano i testi approvati la settimana prossima."),
        (0, "Prova di conservabilità", "Concordato il piano: tre temperature, sei settimane, laboratorio loro e nostro."),
        (0, "Scorte", "Contano le scorte a fine mese e vogliono prima la nostra lista."),
        (0, "Chi risponde", "Chiedono chi risponde quando non ci sono. Ho lasciato il numero dell'ufficio ordini."),
        (-1, "Camion in ritardo", "Terza volta che il camion arriva quattro ore dopo. Vogliono sapere che cosa cambiamo."),
        (-1, "Saldatura", "Un lotto di coperchi non salda ai bordi; 400 vaschette buttate. Tengono i campioni per noi."),
        (-1, "Prezzo della concorrenza", "Pakline offre il quattro per cento in meno sul film. L'offerta non l'hanno mostrata."),
        (-1, "Termini di pagamento", "L'amministrazione vuole sessanta giorni invece di trenta. Non ho risposto."),
    ),
    "es": (
        (1, "Film mate en la línea 2", "Las muestras funcionaron un turno entero sin paradas. Piden precio para todo el año."),
        (1, "Gama de primavera", "Dos formatos nuevos. Quieren que venga nuestro diseñador dentro de tres semanas."),
        (1, "Entrega urgente", "Agradecen los palés que llegaron de noche; el turno no tuvo que parar."),
        (1, "Auditoría", "Ninguna observación sobre nuestro material. Lo dirían también a sus compras."),
        (0, "Ventanas de descarga", "Pasan la descarga a primera hora. El conductor debe llegar antes de las seis."),
        (0, "Índice de materias primas", "Repasamos el índice. Aceptan la fórmula, todavía no el mes de inicio."),
        (0, "Previsión", "Volúmenes del próximo trimestre como los de este; la semana de promoción sigue abierta."),
        (0, "Etiquetado", "Textos nuevos de reciclaje. Nos mandan los aprobados la semana que viene."),
        (0, "Existencias", "Cuentan existencias a fin de mes y quieren antes nuestra lista."),
        (-1, "Camión con retraso", "Tercera vez que el camión llega cuatro horas tarde. Quieren saber qué cambiamos."),
        (-1, "Sellado", "Un lote de tapas no sella en los bordes; 400 bandejas a la basura. Guardan muestras."),
        (-1, "Precio de la competencia", "Pakline ofrece el film un cuatro por ciento más barato. No enseñaron la oferta."),
    ),
}  # fmt: skip

INFORMAL = {
    "en": ("Sat together at the trade fair dinner. Children, boats, and at the very end the second plant.", "Met by chance on the train; spoke about anything but packaging, and it did us good.", "Watched the harbour run together. Is thinking of early retirement in two years."),
    "ru": ("Ужинали вместе после выставки. Дети, рыбалка и под конец вторая площадка.", "Случайно встретились в поезде; о делах почти не говорили, и это к лучшему.", "Хоккей в ложе партнёров. Через два года думает уйти на покой."),
    "it": ("Cena dopo la fiera. Figli, barche e alla fine il secondo stabilimento.", "Un caffè al bar dello stadio; fra due anni pensa alla pensione."),
    "es": ("Cena después de la feria. Hijos, barcos y, al final, la segunda planta.", "Un café fuera de la oficina; dentro de dos años piensa en jubilarse."),
}  # fmt: skip

OURS = {  # what we promise
    "en": ("A price for the whole year, film and lids together", "Samples of the matt varnish", "A written answer on the late lorries", "A line trial with our technician", "The printing plates back from the archive", "A calculation of what the thinner film saves"),
    "ru": ("Цена на весь год, плёнка и крышки вместе", "Образцы с матовым лаком", "Письменный ответ по опозданиям машин", "Пробный запуск с нашим технологом", "Вернуть печатные формы из архива", "Расчёт: сколько экономит более тонкая плёнка"),
    "it": ("Un prezzo per tutto l'anno, film e coperchi insieme", "Campioni con vernice opaca", "Una risposta scritta sui ritardi", "Una prova in linea con il nostro tecnico", "Il calcolo di quanto fa risparmiare il film sottile"),
    "es": ("Un precio para todo el año, film y tapas juntos", "Muestras con barniz mate", "Una respuesta por escrito sobre los retrasos", "Una prueba en línea con nuestro técnico"),
}  # fmt: skip
THEIRS = {
    "en": ("Yearly volumes from purchasing", "An appointment with the managing director", "The drawing of the new tray", "A reference we may quote", "Payment of the two oldest invoices"),
    "ru": ("Годовые объёмы от закупок", "Встреча с генеральным директором", "Чертёж нового лотка", "Отзыв, на который можно ссылаться", "Оплата двух старых счетов"),
    "it": ("I volumi annuali dagli acquisti", "Un appuntamento con la direzione", "Il disegno della nuova vaschetta", "Una referenza da citare"),
    "es": ("Los volúmenes anuales de compras", "Una cita con la dirección", "El plano de la nueva bandeja", "Una referencia que podamos citar"),
}  # fmt: skip
STEPS = {  # next steps: what is to be done, and in how many minutes
    "en": (("Send the yearly price", 45), ("Send samples of the matt varnish", 15), ("Book the line trial", 20), ("Ask for the volumes of next quarter", 10), ("Call back about the sealing", 10), ("Check the delivery windows with logistics", 15), ("Prepare the review meeting", 60), ("Write down what was agreed", 15)),
    "ru": (("Отправить цену на год", 45), ("Отправить образцы с матовым лаком", 15), ("Назначить пробный запуск", 20), ("Запросить объёмы на квартал", 10), ("Перезвонить по запайке", 10), ("Согласовать окна разгрузки с логистикой", 15), ("Подготовить квартальную встречу", 60), ("Записать, о чём договорились", 15)),
    "it": (("Mandare il prezzo annuale", 45), ("Mandare i campioni opachi", 15), ("Fissare la prova in linea", 20), ("Chiedere i volumi del trimestre", 10), ("Richiamare per la saldatura", 10), ("Preparare l'incontro trimestrale", 60)),
    "es": (("Enviar el precio anual", 45), ("Enviar muestras mate", 15), ("Fijar la prueba en línea", 20), ("Pedir los volúmenes del trimestre", 10), ("Preparar la reunión trimestral", 60)),
}  # fmt: skip
FOR_ASSISTANT = {
    "en": ("Collect delivery notes of the quarter", "Book a table for six near the plant", "Order sample boxes"),
    "ru": ("Собрать накладные за квартал", "Заказать пропуск и машину", "Заказать коробки с образцами"),
    "it": ("Raccogliere le bolle del trimestre", "Ordinare le scatole campione"),
    "es": ("Reunir los albaranes del trimestre", "Pedir cajas de muestras"),
}  # fmt: skip
FOR_TEAM = {
    "logistics": {"en": "Find out why the Thursday lorry is late", "ru": "Выяснить, почему опаздывает машина по четвергам", "it": "Capire perché il camion del giovedì è in ritardo", "es": "Averiguar por qué llega tarde el camión del jueves"},
    "finance": {"en": "Check the two oldest invoices", "ru": "Сверить два самых старых счёта", "it": "Verificare le due fatture più vecchie", "es": "Revisar las dos facturas más antiguas"},
    "design": {"en": "Draw the window of the folding carton", "ru": "Нарисовать окно складной коробки", "it": "Disegnare la finestra dell'astuccio", "es": "Dibujar la ventana del estuche"},
}  # fmt: skip
MONTHLY = {
    "en": "Send the stock list before month end", "ru": "Отправить остатки до конца месяца",
    "it": "Mandare la lista scorte prima di fine mese", "es": "Enviar la lista de existencias antes de fin de mes",
}  # fmt: skip
KEPT = {"en": "Done, confirmed by mail.", "ru": "Сделано, подтвердили письмом.", "it": "Fatto, confermato per mail.", "es": "Hecho, confirmado por correo."}  # fmt: skip
BROKEN = {"en": "Not done; we said why.", "ru": "Не сделали; объяснили почему.", "it": "Non fatto; abbiamo spiegato perché.", "es": "No se hizo; explicamos por qué."}  # fmt: skip
