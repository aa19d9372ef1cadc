"""Notes and letters on the candidates' timelines."""

from hiring.choices import LetterKind, LetterState, StageKind
from hiring.models import CandidateNote, Letter
from kpi.demo.hiring.lore import NOTES
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book

RECEIVED = {
    "ru": ("Мы получили вашу анкету", "Спасибо, что откликнулись. Мы ответим в течение пяти рабочих дней."),
    "en": ("We have your application", "Thank you for applying. You will hear from us within five working days."),
}  # fmt: skip


def write_words(world: World, book: Book) -> None:
    for key in book.vacancies:
        for person, row in book.people(key):
            days = dict(person.path)
            if person.number % 5 == 0:
                CandidateNote.objects.create(
                    candidate=row.candidate, candidacy=row, author=world.users["natalia_orlova"],
                    text=NOTES[person.number % len(NOTES)], at=world.at(person.path[-1][1], 15),
                )  # fmt: skip
            if StageKind.FORM in days:
                subject, body = RECEIVED[person.language]
                at = world.at(days[StageKind.FORM], 9, 5)
                Letter.objects.create(
                    candidate=row.candidate, candidacy=row, kind=LetterKind.RECEIVED,
                    language=person.language, address=person.email, subject=subject, body=body,
                    cause=f"received:{row.pk}", state=LetterState.SENT, send_at=at, sent_at=at,
                    written_at=at,
                )  # fmt: skip
