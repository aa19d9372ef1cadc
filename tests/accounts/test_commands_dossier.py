import datetime as dt

import pytest

from accounts.commands import dossier as commands
from accounts.models import Account, DossierEntry
from accounts.queries.dossier import newest_entry
from common.errors import RuleBroken
from people.models import Event
from people.queries import history
from tests.cast import make_account
from tests.field import make_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(cast, account):
    def write_entry(section="goals", text="Grow by a tenth", **more):
        more = {"actor": cast.karl, "account_id": account.pk, **more}
        return commands.write_entry(section=section, text=text, **more)

    return write_entry


def test_an_entry_keeps_source_day_author_and_what_it_follows(write, cast):
    old = write()
    row = write(text="Grow by a fifth", source="Elena", day=dt.date(2026, 1, 5), seen=old.pk)
    assert (row.source, row.author, row.replaces) == ("Elena", cast.karl, old)
    assert DossierEntry.objects.count() == 2


def test_the_second_writer_is_told_and_nothing_is_written(write, cast, account):
    opened = write(day=dt.date(2026, 1, 5))
    first = write(text="From Anna", actor=cast.anna, seen=opened.pk)
    with pytest.raises(commands.Conflict) as conflict:
        write(text="From Karl", seen=opened.pk)
    assert conflict.value.entry == first
    assert set(DossierEntry.objects.values_list("text", flat=True)) == {opened.text, "From Anna"}
    write(text="Both", seen=first.pk)
    assert newest_entry(account.pk, "goals").text == "Both"


def test_two_first_writers_meet_too(write):
    write()
    with pytest.raises(commands.Conflict):
        write(text="Other")


def test_competitors_stand_beside_each_other_by_name(write, account):
    verpa = write("competitors", "Film", title="Verpa  Nord")
    write("competitors", "", title="Polypack")
    assert verpa.title == "Verpa Nord"
    with pytest.raises(commands.Conflict):
        write("competitors", "Trays", title="verpa nord")
    again = write("competitors", "Trays", title="verpa nord", seen=verpa.pk)
    assert again.title == "Verpa Nord"


def test_a_competitor_goes_and_comes_back(write, cast, account):
    row = write("competitors", "Film", title="Verpa")
    gone = commands.mark_gone(actor=cast.karl, entry_id=row.pk)
    assert gone.is_gone and newest_entry(account.pk, "competitors", "Verpa") == gone
    with pytest.raises(RuleBroken):
        commands.mark_gone(actor=cast.karl, entry_id=gone.pk)
    back = write("competitors", "Film again", title="Verpa", seen=gone.pk)
    assert not back.is_gone


def test_only_competitors_go(write, cast):
    with pytest.raises(RuleBroken):
        commands.mark_gone(actor=cast.karl, entry_id=write().pk)


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "}, {"section": "secrets"}, {"title": "Verpa"}, {"text": "x" * 4001},
        {"section": "competitors"}, {"section": "competitors", "title": "x" * 121},
        {"day": dt.date(2999, 1, 1)},
    ],
)  # fmt: skip
def test_what_is_no_entry_is_refused_and_nothing_changes(write, wrong):
    with pytest.raises(RuleBroken):
        write(**wrong)
    assert not DossierEntry.objects.exists() and not Event.objects.exists()


def test_only_those_who_may_edit_the_account_write(write, cast):
    for who in (cast.lena, cast.kim, cast.adam):
        with pytest.raises(Account.DoesNotExist):
            write(actor=who)
    assert write(actor=cast.anna).author == cast.anna


def test_nobody_writes_in_the_file_of_a_merged_account(write, account):
    Account.objects.filter(pk=account.pk).update(status="merged")
    with pytest.raises(RuleBroken):
        write()


def test_a_confirmation_repeats_the_words_of_today_once(cast, account):
    old = make_entry(account, days_ago=400, source="Annual report")
    row = commands.confirm_entry(actor=cast.karl, entry_id=old.pk)
    assert (row.text, row.source, row.replaces) == (old.text, old.source, old)
    assert row.day > old.day
    assert commands.confirm_entry(actor=cast.karl, entry_id=old.pk) == row
    make_entry(account, text="Shrink")
    with pytest.raises(RuleBroken):
        commands.confirm_entry(actor=cast.karl, entry_id=row.pk)


def test_a_slip_is_taken_back_and_put_back(cast, account):
    make_entry(account, text="Right", days_ago=5)
    slip = make_entry(account, text="Wrong")
    back = commands.retract_entry(actor=cast.karl, entry_id=slip.pk)
    assert newest_entry(account.pk, "goals").text == "Right"
    with pytest.raises(RuleBroken):
        commands.retract_entry(actor=cast.karl, entry_id=slip.pk)
    undo = commands.retract_entry(actor=cast.karl, entry_id=back.pk)
    assert newest_entry(account.pk, "goals").text == "Wrong"
    for settled in (back, undo):
        with pytest.raises(RuleBroken):
            commands.retract_entry(actor=cast.karl, entry_id=settled.pk)
    assert DossierEntry.objects.count() == 4


def test_entries_of_foreign_accounts_are_not_there(cast):
    foreign = make_entry(make_account(owner=cast.kim), "competitors", title="Verpa")
    for verb in (commands.confirm_entry, commands.mark_gone, commands.retract_entry):
        with pytest.raises(DossierEntry.DoesNotExist):
            verb(actor=cast.karl, entry_id=foreign.pk)


def test_the_record_names_the_section_and_no_word_of_it(write, cast, account):
    row = write(text="A secret plan")
    commands.retract_entry(actor=cast.karl, entry_id=row.pk)
    sentences = [e.sentence for day in history(account, reader=cast.dora) for e in day.entries]
    assert sentences == ["Taken back in the dossier: goals", "Added to the dossier: goals"]
    assert "secret" not in str(list(Event.objects.values_list("data", flat=True)))
    Event.objects.create(
        verb="dossier.gone", target_kind="accounts.account", target_id=account.pk, data={}
    )
    newest = history(account, reader=cast.dora)[0].entries[0]
    assert newest.sentence == "Marked as no longer there: section"
