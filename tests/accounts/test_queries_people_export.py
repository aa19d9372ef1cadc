import datetime as dt

import pytest

from accounts.models import Contact, Source
from accounts.queries.people_export import header, people_rows
from accounts.rules.contact_columns import guess_columns
from tests.accounts.people_files import bring_people, report_of, told
from tests.cast import make_account
from tests.field import make_contact

pytestmark = pytest.mark.django_db


def test_own_people_with_a_place_today_are_listed_and_no_others(cast):
    mine = make_account("Hansa", owner=cast.karl)
    make_contact(mine, "Anna Berg")
    make_contact(mine, "Left Long Ago", valid_to=dt.date(2021, 1, 1))
    make_contact(mine, "")
    make_contact(make_account("Foreign", owner=cast.kim), "Otto Kern")
    assert [row[1] for row in people_rows(cast.karl)] == ["Anna Berg"]
    assert [row[1] for row in people_rows(cast.dora)] == ["Otto Kern", "Anna Berg"]
    assert list(people_rows(cast.sam)) == []
    assert list(people_rows(cast.lena)) == []


def test_what_is_exported_can_be_imported_again_and_changes_nothing(cast):
    account = make_account("Hansa", owner=cast.karl, country="DE")
    source = Source.objects.create(name="erp")
    account.external_ids.create(source=source, value="C-1")
    bring_people(
        "C-1,Anna Berg,Анна Берг,Buyer,finance,Sales,+49 40 300330,a@hansa.example,de;en,,",
        "C-1,Boris Krol,,,,,,b@hansa.example,,Anna Berg,2024-03-01", user=cast.karl,
    )  # fmt: skip
    before = told()
    rows = list(people_rows(cast.karl))
    assert len(rows) == 2, rows
    assert set(guess_columns(tuple(header()))) == {
        "account", "name", "other_name", "title", "role", "division", "phone", "email",
        "messenger", "address", "languages", "reports_to", "from_date",
    }  # fmt: skip
    text = [",".join(f'"{cell}"' for cell in row) for row in rows]
    batch = bring_people(*text, user=cast.karl, header=",".join(f'"{one}"' for one in header()))
    assert batch.counts["same"] == 2, report_of(batch) + str(batch.counts)
    assert told() == before
    assert Contact.objects.count() == 2


def test_the_number_of_queries_does_not_grow(cast, django_assert_max_num_queries):
    for number in (1, 6):
        for _n in range(number):
            make_contact(make_account(owner=cast.karl))
        with django_assert_max_num_queries(20):
            list(people_rows(cast.karl))
