import datetime as dt
from decimal import Decimal

import pytest
from django.forms.models import model_to_dict
from django.utils import timezone

from accounts.commands import account as account_commands
from accounts.commands import merge as commands
from accounts.commands.control import take_control
from accounts.models import (
    Account,
    AccountDay,
    Assignment,
    Control,
    Criterion,
    CriterionMark,
    DirtyAccount,
    Pin,
)
from accounts.queries.kin import family_ids, own_ids
from common.errors import RuleBroken
from people.models import Event
from tests.cast import LONG_AGO, make_account

pytestmark = pytest.mark.django_db


def snapshot() -> dict:
    """Everything a merge may touch, without what counts saves."""
    rows = {}
    for model in (Account, Assignment, Pin, CriterionMark, AccountDay):
        for row in model.objects.order_by("pk"):
            fields = model_to_dict(row) | {
                field.attname: getattr(row, field.attname)
                for field in model._meta.concrete_fields
                if field.name not in ("version", "made_at", "search_text")
            }
            fields.pop("tags", None)
            rows[model.__name__, row.pk] = fields
    tags = {a.pk: sorted(a.tags.values_list("name", flat=True)) for a in Account.objects.all()}
    return {"rows": rows, "tags": tags}


def make_pair(cast):
    survivor = make_account("Hansa Feinkost GmbH", owner=cast.karl)
    absorbed = make_account("HANSA FEINKOST", owner=cast.kim, city="Hamburg", parent=survivor)
    child = make_account("Hansa Lübeck", parent=absorbed)
    account_commands.edit_account(
        actor=cast.dora, account_id=absorbed.pk, version=1, tags=["export"]
    )
    account_commands.add_external_id(
        actor=cast.dora, account_id=absorbed.pk, source="erp", value="K-17"
    )
    Assignment.objects.create(account=absorbed, user=cast.lena, role="deputy", valid_from=LONG_AGO)
    Pin.objects.create(account=absorbed, kind="key", reason="old friend", valid_from=LONG_AGO)
    criterion = Criterion.objects.create(code="brand")
    CriterionMark.objects.create(
        account=absorbed, criterion=criterion, mark=2, reason="known", day=LONG_AGO
    )
    AccountDay.objects.create(account=absorbed, day=dt.date(2026, 3, 1), net=Decimal(70), lines=1)
    AccountDay.objects.create(account=survivor, day=dt.date(2026, 3, 1), net=Decimal(30), lines=1)
    return survivor, absorbed, child


def test_everything_that_belongs_to_people_moves_and_facts_stay(cast):
    survivor, absorbed, child = make_pair(cast)
    commands.merge_accounts(
        actor=cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk,
        take={"city": "absorbed", "name": "survivor"},
    )  # fmt: skip
    for account in (survivor, absorbed, child):
        account.refresh_from_db()
    assert (absorbed.status, absorbed.merged_into) == ("merged", survivor)
    assert (survivor.name, survivor.city) == ("Hansa Feinkost GmbH", "Hamburg")
    assert child.parent == survivor
    assert [tag.name for tag in survivor.tags.all()] == ["export"]
    assert survivor.pins.count() == survivor.marks.count() == 1
    today = Assignment.objects.today()
    assert set(today.values_list("account", "user__name", "role")) == {
        (survivor.pk, "Karl", "owner"),
        (survivor.pk, "Lena", "deputy"),
    }
    assert not Account.objects.visible_to(cast.kim).exists()
    assert AccountDay.objects.get(account=absorbed).net == 70
    assert absorbed.external_ids.get().value == "K-17"
    assert "k-17" in survivor.search_text
    assert {survivor.pk, absorbed.pk} <= set(DirtyAccount.objects.values_list("pk", flat=True))


def test_readers_add_the_rows_of_both(cast):
    survivor, absorbed, child = make_pair(cast)
    commands.merge_accounts(actor=cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk)
    assert sorted(own_ids(survivor)) == [survivor.pk, absorbed.pk]
    assert family_ids(survivor) == [survivor.pk, absorbed.pk, child.pk]


def test_undo_restores_exactly_what_was_before(cast):
    survivor, absorbed, _child = make_pair(cast)
    before = snapshot()
    merge = commands.merge_accounts(
        actor=cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk,
        take={"city": "absorbed", "name": "absorbed"},
    )  # fmt: skip
    assert snapshot() != before
    commands.undo_merge(actor=cast.dora, merge_id=merge.pk)
    assert snapshot() == before
    assert [event.verb for event in Event.objects.about(survivor)][0] == "account.merge_undone"
    with pytest.raises(RuleBroken):
        commands.undo_merge(actor=cast.dora, merge_id=merge.pk)


def test_a_survivor_below_the_absorbed_account_takes_its_place(cast):
    top = make_account("Group")
    absorbed = make_account("Old", parent=top)
    survivor = make_account("New", parent=absorbed)
    before = snapshot()
    merge = commands.merge_accounts(
        actor=cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk
    )
    survivor.refresh_from_db()
    assert survivor.parent == top
    commands.undo_merge(actor=cast.dora, merge_id=merge.pk)
    assert snapshot() == before


def test_what_a_person_changed_after_the_merge_stays_when_it_is_undone(cast):
    survivor, absorbed, _child = make_pair(cast)
    merge = commands.merge_accounts(
        actor=cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk,
        take={"city": "absorbed"},
    )  # fmt: skip
    survivor.refresh_from_db()
    account_commands.edit_account(
        actor=cast.dora, account_id=survivor.pk, version=survivor.version, city="Lübeck"
    )
    commands.undo_merge(actor=cast.dora, merge_id=merge.pk)
    survivor.refresh_from_db()
    assert survivor.city == "Lübeck"


def test_pointers_stay_flat_and_merges_are_undone_in_order(cast):
    first, second, third = make_account("A"), make_account("B"), make_account("C")
    one = commands.merge_accounts(actor=cast.dora, survivor_id=second.pk, absorbed_id=first.pk)
    two = commands.merge_accounts(actor=cast.dora, survivor_id=third.pk, absorbed_id=second.pk)
    first.refresh_from_db()
    assert first.merged_into == third
    with pytest.raises(RuleBroken):
        commands.undo_merge(actor=cast.dora, merge_id=one.pk)
    commands.undo_merge(actor=cast.dora, merge_id=two.pk)
    first.refresh_from_db()
    assert first.merged_into == second
    commands.undo_merge(actor=cast.dora, merge_id=one.pk)
    assert not Account.objects.filter(status="merged").exists()


def test_an_account_without_owner_takes_over_the_other_ones(cast):
    survivor, absorbed = make_account("A"), make_account("B", owner=cast.kim)
    commands.merge_accounts(actor=cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk)
    survivor.refresh_from_db()
    assert survivor.owner == cast.kim
    row = survivor.assignments.get()
    assert row.valid_from == timezone.localdate()


@pytest.mark.parametrize("who", ["karl", "lena", "anna", "adam", "sam"])
def test_only_directors_merge(cast, who):
    survivor, absorbed = make_account("A", owner=cast.karl), make_account("B", owner=cast.karl)
    with pytest.raises(RuleBroken):
        commands.merge_accounts(
            actor=getattr(cast, who), survivor_id=survivor.pk, absorbed_id=absorbed.pk
        )


def test_an_account_is_not_merged_with_itself_nor_twice(cast):
    survivor, absorbed = make_account("A"), make_account("B")
    with pytest.raises(RuleBroken):
        commands.merge_accounts(actor=cast.dora, survivor_id=survivor.pk, absorbed_id=survivor.pk)
    commands.merge_accounts(actor=cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk)
    with pytest.raises(RuleBroken):
        commands.merge_accounts(actor=cast.dora, survivor_id=survivor.pk, absorbed_id=absorbed.pk)


def test_what_is_under_personal_control_is_not_merged_away(cast):
    survivor, absorbed = make_account(owner=cast.karl), make_account(owner=cast.kim)
    take_control(actor=cast.dora, account_id=absorbed.pk, director=cast.dora, reason="review")
    pair = {"survivor_id": survivor.pk, "absorbed_id": absorbed.pk}
    with pytest.raises(RuleBroken, match="end that first"):
        commands.merge_accounts(actor=cast.dora, **pair)
    Control.objects.update(ended_at=timezone.now())
    assert commands.merge_accounts(actor=cast.dora, **pair).absorbed == absorbed
