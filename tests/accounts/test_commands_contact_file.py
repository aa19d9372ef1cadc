import pytest

from accounts.commands.contact_file import ContactFile
from common.reading.errors import FileUnusable, Reject
from tests.accounts.people_files import make_people_import

pytestmark = pytest.mark.django_db
HEADER = "account,name,since"


def test_rows_are_people_or_rejects_with_their_number(cast):
    batch = make_people_import("Hansa,Anna,2024-03-01", "Hansa,,", user=cast.karl, header=HEADER)
    file = ContactFile(batch)
    person, reject = file.people()
    assert (file.rows, person.row, person.name) == (2, 2, "Anna")
    assert reject == Reject(3, "name", "missing", "")


def test_days_that_could_be_read_two_ways_are_asked_about(cast):
    rows = ("Hansa,Anna,01/02/2024", "Hansa,Otto,03/04/2024")
    batch = make_people_import(*rows, user=cast.karl, header=HEADER)
    with pytest.raises(FileUnusable) as refusal:
        ContactFile(batch)
    assert refusal.value.code == "ambiguous_dates"
    batch.options = {"date_format": "mdy"}
    assert [row.since.month for row in ContactFile(batch).people()] == [1, 3]
