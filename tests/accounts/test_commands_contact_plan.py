import pytest

from accounts.commands.contact_file import ContactFile
from accounts.commands.contact_plan import Plan
from accounts.commands.ledger_file import Report
from accounts.models import Contact
from common.jobs import silent
from tests.accounts.people_files import HEADER, make_people_import
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    made = make_cast()
    make_account("Hansa", owner=made.karl)
    return made


def planned(tmp_path, *rows: str, user, progress=silent) -> Plan:
    batch = make_people_import(*rows, user=user, header=HEADER)
    report = Report(tmp_path / "report.csv")
    plan = Plan(batch, ContactFile(batch), report)
    plan.run(progress)
    report.close()
    return plan


def test_a_plan_writes_nothing_and_tells_how_far_it_is(cast, tmp_path):
    told = []
    plan = planned(
        tmp_path, "Hansa,Anna Berg,,,,,,,,,", "Hansa,Otto Kern,,,,,,,,Anna Berg,", user=cast.karl,
        progress=lambda done, total, **_how: told.append((done, total)),
    )  # fmt: skip
    assert not Contact.objects.exists()
    assert [person.contact.name for person in plan.fresh] == ["Anna Berg", "Otto Kern"]
    assert plan.fresh[1].superior is plan.fresh[0]
    assert told == [(2, 2)]


def test_every_row_is_counted_once(cast, tmp_path):
    rows = (
        "Hansa,Anna Berg,,,,,,,,,",
        "Hansa,Anna Berg,,,,,,,,,",
        "Nowhere,X,,,,,,,,,",
        ",,,,,,,,,,",
    )
    counts = planned(tmp_path, *rows, user=cast.karl).counts
    assert counts["rows"] == 4
    assert counts["new"] + counts["changed"] + counts["same"] + counts["rejected"] == 4
