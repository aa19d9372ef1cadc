"""A vacancy's board and list at 50,000 candidates, against 200: queries, size and time."""

import os

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hiring.choices import StageKind
from hiring.models import Candidacy, Candidate, Vacancy
from people.choices import Role
from tests.bench.bench_portfolio import alternated
from tests.bench.sizes import two_sizes
from tests.cast import make_company, make_user
from tests.recruiting import DAY, make_session, make_vacancy

MANY = int(os.environ.get("BENCH_CANDIDATES", 50_000))
FEW = 200
MOST_QUERIES = 12
MOST_BYTES = 60 * 1024
# How many of a hundred stand in each stage: a funnel.
SHARES = {
    StageKind.FOUND: 45, StageKind.CALL: 25, StageKind.FORM: 12, StageKind.INVITE: 7,
    StageKind.SESSION: 6, StageKind.TASK: 2, StageKind.DECISION: 2, StageKind.OFFER: 1,
}  # fmt: skip
NAMES = ("Наталья Верещагина-Климова", "Giulia Ferrante", "Тимур Галиев", "Лев Чиж")


def fill(number: int) -> None:
    """So many people for one vacancy, each in a stage for a while."""
    make_company(set_up_at=timezone.now())
    recruiter = make_user("Recruiter", Role.RECRUITER)
    vacancy = make_vacancy("Key account manager", recruiter=recruiter, pay_currency="RUB")
    make_session(vacancy)
    Candidate.objects.bulk_create(
        (
            Candidate(
                name=f"{NAMES[n % 4]} {n}", search_text=f"name {n}", years_in_sales=n % 12,
                title="key account manager", city="Omsk", pay_wish=170_000, pay_currency="RUB",
                plain_employer=f"employer {n % 500}",
            )
            for n in range(number)
        ),
        batch_size=2_000,
    )  # fmt: skip
    kinds = [kind for kind, share in SHARES.items() for _ in range(share)]
    stages = {stage.kind: stage.pk for stage in vacancy.stages.all()}
    now = timezone.now()
    ids = Candidate.objects.order_by("pk").values_list("pk", flat=True)
    Candidacy.objects.bulk_create(
        (
            Candidacy(
                candidate_id=pk, vacancy=vacancy, stage_id=stages[kinds[n % 100]],
                entered_at=now - (n % 30) * DAY,
            )
            for n, pk in enumerate(ids)
        ),
        batch_size=2_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def run(bench) -> dict[str, dict]:
    with two_sizes(lambda which: fill(FEW if which == "small" else MANY)) as use:
        readers, vacancies = {}, {}
        for which in ("small", "large"):
            use(which)
            vacancies[which] = Vacancy.objects.get().pk
            readers[which] = Client()
            readers[which].force_login(Vacancy.objects.get().recruiter)

        def visit(which: str, path: str, **headers):
            def ask() -> None:
                answer = readers[which].get(path % vacancies[which], headers=headers)
                assert answer.status_code == 200
                assert len(answer.content) < MOST_BYTES, len(answer.content)

            return ask

        for path in ("/hiring/%d/", "/hiring/%d/list/"):
            use("large")
            visit("large", path)()
            with CaptureQueriesContext(connection) as queries:
                visit("large", path)()
            assert len(queries) <= MOST_QUERIES, len(queries)
        return {
            "board_page": alternated(bench, use, visit, "/hiring/%d/"),
            "board_list": alternated(bench, use, visit, "/hiring/%d/list/"),
        }
