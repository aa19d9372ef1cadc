"""The public pages: 50,000 candidates and 250 vacancies, against 200 and a page of vacancies."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hiring.commands.consent import install_consent_texts
from hiring.models import Question
from hiring.queries.job import PAGE
from people.choices import Role
from tests.bench.bench_candidates import SIZES, fill
from tests.bench.bench_portfolio import alternated
from tests.bench.sizes import two_sizes
from tests.cast import make_company, make_user
from tests.recruiting import make_vacancy

PAGES = {
    "public_jobs": "/jobs/",
    "public_job": "/jobs/{slug}/",
    "public_form": "/jobs/{slug}/apply/",
}
MOST_QUERIES, MOST_BYTES = 12, 60 * 1024


def run(bench) -> dict[str, dict]:
    slugs: dict[str, str] = {}
    counts: dict[str, set[int]] = {}

    def prepare(which: str) -> None:
        make_company()
        install_consent_texts()
        recruiter = make_user("Recruiter", Role.RECRUITER)
        fill(SIZES[which], recruiter)
        if which == "small":
            for _number in range(PAGE):
                make_vacancy(recruiter=recruiter)
        vacancy = make_vacancy("Key account manager", recruiter=recruiter)
        for place in range(10):
            Question.objects.create(
                vacancy=vacancy, kind="text", labels={"en": f"Question {place}?"}, position=place
            )
        slugs[which] = vacancy.slug

    with two_sizes(prepare) as use:

        def visit(which: str, path: str, **headers):
            url = path.format(slug=slugs[which])

            def ask() -> None:
                with CaptureQueriesContext(connection) as queries:
                    response = Client().get(url)
                assert response.status_code == 200, url
                assert len(response.content) < MOST_BYTES, url
                counts.setdefault(path, set()).add(len(queries))

            return ask

        results = {name: alternated(bench, use, visit, path) for name, path in PAGES.items()}
    for path, seen in counts.items():
        assert len(seen) == 1 and max(seen) <= MOST_QUERIES, f"{path}: {seen} queries"
    return results
