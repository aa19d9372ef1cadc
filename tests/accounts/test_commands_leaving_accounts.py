"""The steps one by one; what they come to together is in test_commands_departure.py."""

import pytest

from accounts.choices import AccountStatus
from accounts.commands import leaving_accounts as commands
from accounts.models import Account, Assignment, Cover
from tests.care import in_days, make_absence
from tests.cast import LONG_AGO, make_account
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db


def known(*accounts) -> dict[int, Account]:
    return {row.pk: row for row in accounts}


def test_what_is_neither_key_nor_shut_goes_to_the_heir(cast):
    plain = make_account("Plain", owner=cast.karl)
    shut = make_account("Shut", owner=cast.karl, status=AccountStatus.CLOSED)
    heirs = {}
    made = commands.give_others(
        cast.karl, known(plain, shut), heirs, actor=cast.dora, heir=cast.lena
    )
    assert heirs == {plain.pk: cast.lena} and [row["account"] for row in made] == [plain.pk]
    assert plain.assignments.owners().today().get().user == cast.lena
    assert shut.assignments.owners().today().get().user == cast.karl


def test_roles_besides_ownership_end(cast):
    foreign = make_account("Foreign", owner=cast.kim)
    Assignment.objects.create(account=foreign, user=cast.karl, role="deputy", valid_from=LONG_AGO)
    made = commands.end_the_rest(
        cast.karl, known(foreign), {}, director=cast.dora, heir=cast.lena, actor=cast.dora
    )
    assert len(made) == 1
    assert not Assignment.objects.filter(user=cast.karl).on(in_days(0)).exists()
    assert foreign.assignments.owners().today().get().user == cast.kim


def test_work_at_accounts_of_others_goes_to_their_owners(cast):
    foreign = make_account("Foreign", owner=cast.kim)
    make_task("Foreign task", owner=cast.karl, account=foreign)
    assert commands.all_heirs({7: cast.lena}, cast.karl) == {foreign.pk: cast.kim, 7: cast.lena}


def test_standing_in_ends_and_comes_back(cast):
    own = make_absence(cast.karl)
    account = make_account("Foreign", owner=cast.kim)
    cover = Cover.objects.create(
        absence=make_absence(cast.kim), account=account, substitute=cast.karl
    )
    undo = commands.end_standing_in(cast.karl)
    assert undo["absences"] == [own.pk] and list(undo["covers"]) == [str(cover.pk)]
    cover.refresh_from_db()
    assert cover.state == "cancelled"
    commands.stand_in_again(undo)
    for row in (cover, own):
        row.refresh_from_db()
    assert cover.state == "proposed" and not own.cancelled_at
