"""The list of candidates at 50,000 of them, against 200."""

import datetime as dt
import os

from django.db import connection
from django.test import Client
from django.utils import timezone

from hiring.commands.candidate import fold_candidate
from hiring.models import Candidacy, Candidate, CandidateReach, Move
from people.choices import Role
from tests.bench.bench_portfolio import alternated
from tests.bench.sizes import two_sizes
from tests.cast import make_company, make_user
from tests.recruiting import make_vacancy

CANDIDATES = int(os.environ.get("BENCH_CANDIDATES", 50_000))
SIZES = {"small": 200, "large": CANDIDATES}
EACH_VACANCY = 200
NAMES = ("Anna", "Bruno", "Carla", "Dmitri", "Elena", "Fabian", "Galina", "Henrik")
FAMILIES = ("Abel", "Berg", "Conti", "Dorn", "Ehlers", "Ferrer", "Gross", "Ivanova", "Keller")
MOST_BYTES = 60 * 1024
PAGES = {
    "candidate_list_page": "/hiring/candidates/",
    "candidate_list_by_name": "/hiring/candidates/?sort=name",
    "candidate_list_active": "/hiring/candidates/?view=active",
    "candidate_list_vacancy": "/hiring/candidates/?vacancy={vacancy}",
    "candidate_list_search": "/hiring/candidates/?q=person",
    "candidate_list_one": "/hiring/candidates/?q=49401000077",
    "candidate_list_nothing": "/hiring/candidates/?q=nothing+like+this",
}


def fill(number: int, recruiter) -> int:
    """So many people, each for one of the vacancies; the number of the last vacancy."""
    now, vacancy = timezone.now(), None
    for start in range(0, number, EACH_VACANCY):
        vacancy = make_vacancy(recruiter=recruiter)
        stages = list(vacancy.stages.all())
        people = []
        for place in range(start, min(start + EACH_VACANCY, number)):
            one = Candidate(
                name=f"{NAMES[place % 8]} {FAMILIES[place % 9]} person {place}",
                employer=f"Company {place % 400}", city=f"City {place % 50}", title="Key accounts",
                created_at=now - dt.timedelta(minutes=place),
            )  # fmt: skip
            fold_candidate(one, [f"49401{place:06}"])
            people.append(one)
        Candidate.objects.bulk_create(people)
        CandidateReach.objects.bulk_create(
            CandidateReach(candidate=one, kind="phone", value=f"+49401{one.pk:06}",
                           normal=f"49401{one.pk:06}")
            for one in people
        )  # fmt: skip
        rows = Candidacy.objects.bulk_create(
            Candidacy(candidate=one, vacancy=vacancy, stage=stages[place % len(stages)])
            for place, one in enumerate(people)
        )
        Move.objects.bulk_create(
            Move(candidacy=row, to_stage=row.stage, state=row.state) for row in rows
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return vacancy.pk


def run(bench) -> dict[str, dict]:
    readers: dict[str, Client] = {}
    vacancies: dict[str, int] = {}

    def prepare(which: str) -> None:
        make_company()
        recruiter = make_user("Recruiter", Role.RECRUITER)
        vacancies[which] = fill(SIZES[which], recruiter)
        readers[which] = Client()
        readers[which].force_login(recruiter)

    with two_sizes(prepare) as use:

        def visit(which: str, path: str, **headers):
            path = path.format(vacancy=vacancies[which])

            def ask() -> None:
                response = readers[which].get(path, headers=headers)
                assert response.status_code == 200
                assert len(response.content) < MOST_BYTES, path

            return ask

        return {name: alternated(bench, use, visit, path) for name, path in PAGES.items()}
