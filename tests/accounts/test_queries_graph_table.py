import pytest

from accounts.commands.contact_role import install_contact_roles
from accounts.models import Line
from accounts.queries.graph import picture_of
from accounts.queries.graph_table import line_choices, lines_of, people_choices, table_rows
from tests.cast import LONG_AGO, make_account, make_cast
from tests.field import make_contact, set_tier

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    cast = make_cast()
    account = make_account(owner=cast.karl)
    set_tier(account, "C")
    install_contact_roles()
    ada, ben, cem = (make_contact(account, name) for name in ("Zoe", "Ben", "Cem"))
    for kind, start, end in (
        ("reports", ben, ada), ("reports", cem, ben), ("influences", cem, ada),
        ("conflict", cem, ben),
    ):  # fmt: skip
        Line.objects.create(account=account, kind=kind, start=start, end=end, valid_from=LONG_AGO)
    return picture_of(account, cast.karl)


def test_superiors_stand_before_those_below_them(shown):
    rows = table_rows(shown)
    assert [row.person.name for row in rows] == ["Zoe", "Ben", "Cem"]
    assert [row.reports_to and row.reports_to.name for row in rows] == [None, "Zoe", "Ben"]
    assert [one.name for one in rows[2].influences] == ["Zoe"]
    assert [one.name for one in rows[1].in_conflict] == ["Cem"]
    assert [one.name for one in rows[2].in_conflict] == ["Ben"]


def test_lines_read_as_sentences(shown):
    cem = next(one for one in shown.people if one.name == "Cem")
    assert {words for _edge, words in lines_of(shown, cem)} == {
        "Cem reports to Ben", "Cem influences Zoe", "Cem and Ben are in conflict",
    }  # fmt: skip


def test_every_line_can_be_chosen_from_either_end(shown):
    cem = next(one for one in shown.people if one.name == "Cem")
    assert [kind for kind, _words in line_choices(cem)] == [
        "reports", "<reports", "influences", "<influences", "conflict",
    ]  # fmt: skip
    names = [name for _key, name in people_choices(shown, but=cem)]
    assert names[:2] == ["Ben", "Zoe"] and names[2].endswith("name unknown")
