"""Search at 1,000,000 talks and 300,000 people, against 100 of each, for director and manager.

What the large book shows stands in the small one as well: the same page is asked of both, and what
differs is the search for its rows.
"""

import os

from django.test import Client

from accounts.models import Account, Contact, Task, Touchpoint
from accounts.queries.search import Kind, find
from kpi.queries.search import GLANCE
from people.choices import Role
from people.models import User
from tests.bench import field_data
from tests.bench.bench_portfolio import alternated
from tests.bench.sizes import two_sizes
from tests.cast import LONG_AGO, make_company, make_user

TALKS = int(os.environ.get("BENCH_TALKS", 1_000_000))
SIZES = {
    "small": {"accounts": 100, "contacts": 100, "touchpoints": 100, "tasks": 100},
    "large": {
        "accounts": TALKS // 10, "contacts": TALKS * 3 // 10, "touchpoints": TALKS,
        "tasks": TALKS // 10,
    },
}  # fmt: skip
# How common a word is: the rank among 20,000, where the first is in four talks of five.
RANKS = {"common": 9, "medium": 99, "uncommon": 999, "rare": 9_999}


def questions() -> dict[str, str]:
    words = field_data.vocabulary(field_data.VOCABULARY, 5)
    family, name = field_data.vocabulary(8_000, 2)[4_000], field_data.vocabulary(300, 1)[0]
    asked = {f"word_{how}": words[rank] for how, rank in RANKS.items()}
    return asked | {
        "three_letters": words[99][:3],
        "two_words": f"{words[9]} {words[99]}",
        "two_words_seldom": f"{words[99]} {words[999]}",
        "person": f"{name} {family}",
        "family": family,
    }


SHOWN = {
    Kind.ACCOUNTS: (Account, ()),
    Kind.PEOPLE: (Contact, ("name", "plain_name", "search_text")),
    Kind.TOUCHPOINTS: (Touchpoint, ("text", "search_text")),
    Kind.TASKS: (Task, ("title", "search_text")),
}


def shown_in_both(use) -> None:
    """Write over rows of the small book what the large one shows to a director."""
    use("large")
    director = User.objects.get(role_grants__role=Role.DIRECTOR)
    shown = [hits for text in questions().values() for hits in find(director, text, GLANCE + 1)]
    use("small")
    rows = {kind: iter(list(model.objects.order_by("pk"))) for kind, (model, _) in SHOWN.items()}
    for hits in shown:
        model, fields = SHOWN[hits.kind]
        for row in hits.rows:
            texts = {field: getattr(row, field) for field in fields}
            model.objects.filter(pk=next(rows[hits.kind]).pk).update(**texts)


def slips() -> dict[str, str]:
    """What nothing fits exactly, so that all of it is looked through a second time."""
    words = field_data.vocabulary(field_data.VOCABULARY, 5)
    family = field_data.vocabulary(8_000, 2)[4_000]
    swapped = f"{family[:3]}{family[4]}{family[3]}{family[5:]}"
    return {
        "family": swapped,
        "word": f"{words[9_999][:4]}x{words[9_999][5:]}",
        "absent": "xylophon",
        "number": "7919133",
    }


def run(bench) -> dict[str, dict]:
    readers: dict[tuple[str, str], Client] = {}

    def fill(which: str) -> None:
        make_company()
        people = {role: make_user(role.title(), role) for role in (Role.DIRECTOR, Role.KAM)}
        field_data.fill(**SIZES[which], author=make_user("Author", Role.KAM).pk)
        field_data.assign(people[Role.KAM], 3, LONG_AGO)
        for role, person in people.items():
            readers[which, role] = Client()
            readers[which, role].force_login(person)

    with two_sizes(fill) as use:
        shown_in_both(use)

        def visitor(role: str):
            def visit(which: str, path: str):
                def ask() -> None:
                    assert readers[which, role].get(path).status_code == 200

                return ask

            return visit

        def measure(path: str, text: str, role: str) -> dict:
            path = f"{path}?q={text.replace(' ', '+')}"
            return alternated(bench, use, visitor(role), path, n=9)

        results = {}
        for role in (Role.DIRECTOR, Role.KAM):
            for name, text in questions().items():
                results[f"search_{name}_{role}"] = measure("/search/", text, role)
                results[f"search_palette_{name}_{role}"] = measure("/palette/", text, role)
            for name, text in slips().items():
                results[f"search_fallback_{name}_{role}"] = measure("/search/", text, role)
        return results
