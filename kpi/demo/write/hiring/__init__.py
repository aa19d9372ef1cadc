"""The hiring year, written: vacancies, then people and their ways, then what was done with them."""

from django.db import transaction

from hiring.commands.benchmark import install_benchmarks
from hiring.commands.competency import install_competencies
from hiring.commands.kit import install_kit
from hiring.commands.letter import install_letters
from hiring.commands.reject_reason import install_reject_reasons
from kpi.demo.hiring.plan import plan_hiring
from kpi.demo.write import World
from kpi.demo.write.hiring.book import Book
from kpi.demo.write.hiring.calls import write_calls
from kpi.demo.write.hiring.candidates import write_candidates
from kpi.demo.write.hiring.offers import write_offers
from kpi.demo.write.hiring.questionnaire import write_questionnaires
from kpi.demo.write.hiring.sessions import write_sessions
from kpi.demo.write.hiring.tasks import write_tasks
from kpi.demo.write.hiring.vacancies import write_vacancies
from kpi.demo.write.hiring.words import write_words


@transaction.atomic
def write_hiring(world: World, *, candidates: int = 0) -> None:
    """So many candidates if the story has fewer; the first vacancy gets the rest."""
    for install in (install_competencies, install_benchmarks, install_letters,
                    install_kit, install_reject_reasons):  # fmt: skip
        install()
    book = Book(plan_hiring(today=world.today, rng=world.rng, candidates=candidates))
    for write in (
        write_vacancies,
        write_candidates,
        write_sessions,
        write_calls,
        write_words,
        write_questionnaires,
        write_tasks,
        write_offers,
    ):
        write(world, book)
    people, vacancies = len(book.candidacies), len(book.vacancies)
    world.say(f"{people} candidates for {vacancies} vacancies, {len(book.sessions)} sessions")
