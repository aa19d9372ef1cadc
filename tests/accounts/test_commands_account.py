import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.choices import AccountStatus
from accounts.commands import account as commands
from accounts.models import Account, DirtyAccount, Tag
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.races import two_at_once

pytestmark = pytest.mark.django_db


def picture(size=(40, 20), kind="JPEG", **more) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, kind, **more)
    return SimpleUploadedFile("logo.jpg", buffer.getvalue())


def test_a_manager_owns_what_they_create(cast):
    account = commands.create_account(actor=cast.karl, name="  Молочный двор ", city="Волга")
    assert account.name == "Молочный двор"
    assert account.owner == cast.karl
    assert "molochnyi dvor" in account.search_text
    assert [event.verb for event in Event.objects.about(account)] == ["account.created"]
    assert Account.objects.visible_to(cast.karl).get() == account


def test_a_director_creates_for_somebody_or_for_nobody(cast):
    assert commands.create_account(actor=cast.dora, name="Vega", owner=cast.kim).owner == cast.kim
    assert commands.create_account(actor=cast.dora, name="Vega Sur").owner is None


@pytest.mark.parametrize("who", ["anna", "rita", "ivan", "adam", "sam"])
def test_nobody_else_creates_accounts(cast, who):
    with pytest.raises(RuleBroken):
        commands.create_account(actor=getattr(cast, who), name="Vega")
    assert not Account.objects.exists()


def test_fields_that_nobody_fills_in_cannot_be_smuggled(cast):
    with pytest.raises(TypeError):
        commands.create_account(actor=cast.dora, name="Vega", owner_id=7)
    with pytest.raises(RuleBroken):
        commands.create_account(actor=cast.dora, name="Vega", status=AccountStatus.MERGED)


def test_an_edit_keeps_what_it_was_and_raises_the_version(cast):
    account = make_account("Vega", owner=cast.karl)
    edited = commands.edit_account(
        actor=cast.karl, account_id=account.pk, version=1, name="Vega Sur", city="Valencia"
    )
    assert (edited.version, edited.name) == (2, "Vega Sur")
    changes = Event.objects.about(account)[0].data["changes"]
    assert changes == {"name": ["Vega", "Vega Sur"], "city": ["", "Valencia"]}


def test_an_edit_that_changes_nothing_leaves_no_trace(cast):
    account = make_account("Vega", owner=cast.karl)
    commands.edit_account(actor=cast.karl, account_id=account.pk, version=1, name="Vega")
    assert not Event.objects.about(account)


def test_who_saves_second_is_told_and_nothing_is_lost(cast):
    account = make_account("Vega", owner=cast.karl)
    commands.edit_account(actor=cast.dora, account_id=account.pk, version=1, city="Valencia")
    with pytest.raises(commands.Conflict) as conflict:
        commands.edit_account(actor=cast.karl, account_id=account.pk, version=1, city="Madrid")
    assert conflict.value.account.city == "Valencia"
    assert len(Event.objects.about(account)) == 1


@pytest.mark.parametrize("who", ["kim", "lena", "rita", "sam"])
def test_who_does_not_answer_for_an_account_cannot_change_it(cast, who):
    account = make_account("Vega", owner=cast.karl)
    with pytest.raises(Account.DoesNotExist):
        commands.edit_account(
            actor=getattr(cast, who), account_id=account.pk, version=1, name="Mine"
        )


def test_an_assistant_edits_the_card_of_the_manager_served(cast):
    account = make_account("Vega", owner=cast.karl)
    commands.edit_account(actor=cast.anna, account_id=account.pk, version=1, city="Valencia")
    account.refresh_from_db()
    assert account.city == "Valencia"


def test_a_family_has_no_circles(cast):
    top = make_account("Top")
    middle = make_account("Middle", parent=top)
    bottom = make_account("Bottom", parent=middle)
    with pytest.raises(RuleBroken):
        commands.edit_account(actor=cast.dora, account_id=top.pk, version=1, parent=bottom)
    with pytest.raises(RuleBroken):
        commands.edit_account(actor=cast.dora, account_id=top.pk, version=1, parent=top)
    assert not DirtyAccount.objects.exists()


def test_a_new_parent_makes_both_sides_to_be_computed_anew(cast):
    old, new = make_account("Old"), make_account("New")
    child = make_account("Child", parent=old)
    commands.edit_account(actor=cast.dora, account_id=child.pk, version=1, parent=new)
    dirty = set(DirtyAccount.objects.values_list("account", flat=True))
    assert dirty == {old.pk, new.pk, child.pk}


def test_only_directors_move_accounts_within_a_family(cast):
    parent = make_account("Top", owner=cast.karl)
    child = make_account("Child", owner=cast.karl)
    with pytest.raises(RuleBroken):
        commands.edit_account(actor=cast.karl, account_id=child.pk, version=1, parent=parent)


def test_a_closed_account_rests_until_reopened(cast):
    account = make_account("Vega", owner=cast.karl)
    day = dt.date(2026, 3, 1)
    commands.close_account(actor=cast.karl, account_id=account.pk, on=day)
    account.refresh_from_db()
    assert (account.status, account.closed_on) == (AccountStatus.CLOSED, day)
    with pytest.raises(RuleBroken):
        commands.close_account(actor=cast.karl, account_id=account.pk)
    with pytest.raises(RuleBroken):
        commands.edit_account(actor=cast.karl, account_id=account.pk, version=2, name="X")
    commands.reopen_account(actor=cast.karl, account_id=account.pk)
    account.refresh_from_db()
    assert (account.status, account.closed_on) == (AccountStatus.ACTIVE, None)
    with pytest.raises(RuleBroken):
        commands.reopen_account(actor=cast.karl, account_id=account.pk)


def test_directors_coin_tags_and_others_choose_among_them(cast):
    account = make_account("Vega", owner=cast.karl)
    change = {"account_id": account.pk, "tags": ["export"]}
    with pytest.raises(RuleBroken):
        commands.edit_account(actor=cast.karl, version=1, **change)
    commands.edit_account(actor=cast.dora, version=1, **change)
    assert [tag.name for tag in account.tags.all()] == ["export"]
    assert Event.objects.about(account)[0].data["changes"] == {"tags": [[], ["export"]]}


def test_many_accounts_are_tagged_all_or_none(cast):
    Tag.objects.create(name="export")
    mine, foreign = make_account(owner=cast.karl), make_account(owner=cast.kim)
    with pytest.raises(Account.DoesNotExist):
        commands.tag_accounts(actor=cast.karl, account_ids=[mine.pk, foreign.pk], add=["export"])
    assert not mine.tags.exists()
    assert commands.tag_accounts(actor=cast.karl, account_ids=[mine.pk], add=["export"]) == 1
    assert commands.tag_accounts(actor=cast.karl, account_ids=[mine.pk], remove=["export"]) == 1


def test_a_number_finds_its_account_and_is_taken_once(cast):
    account, other = make_account("Vega"), make_account("Morandi")
    number = commands.add_external_id(
        actor=cast.dora, account_id=account.pk, source="erp", value=" K-17 "
    )
    account.refresh_from_db()
    assert "k-17" in account.search_text
    with pytest.raises(RuleBroken):
        commands.add_external_id(actor=cast.dora, account_id=other.pk, source="erp", value="K-17")
    commands.remove_external_id(actor=cast.dora, account_id=account.pk, external_id=number.pk)
    account.refresh_from_db()
    assert "k-17" not in account.search_text


def test_a_manager_does_not_change_numbers(cast):
    account = make_account(owner=cast.karl)
    with pytest.raises(RuleBroken):
        commands.add_external_id(actor=cast.karl, account_id=account.pk, source="erp", value="1")


def test_a_logo_is_drawn_anew_without_what_the_file_told(cast, settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    account = make_account(owner=cast.karl)
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    sent = picture((900, 300), exif=exif)
    account = commands.set_logo(actor=cast.karl, account_id=account.pk, file=sent)
    stored = account.logo.read()
    assert b"secret place" not in stored
    drawn = Image.open(io.BytesIO(stored))
    assert (drawn.format, drawn.size) == ("PNG", (256, 85))
    commands.remove_logo(actor=cast.karl, account_id=account.pk)
    assert not Account.objects.get(pk=account.pk).logo


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a<script>", b"%PDF-1.7", b""],
)
def test_what_is_not_a_picture_is_refused(cast, content):
    account = make_account(owner=cast.karl)
    with pytest.raises(RuleBroken):
        file = SimpleUploadedFile("logo.png", content)
        commands.set_logo(actor=cast.karl, account_id=account.pk, file=file)
    assert not Event.objects.exists()


def test_a_picture_that_would_unfold_is_refused_before_it_is_read(cast):
    account = make_account(owner=cast.karl)
    with pytest.raises(RuleBroken, match="25 million"):
        file = picture((6000, 5000), kind="PNG")
        commands.set_logo(actor=cast.karl, account_id=account.pk, file=file)


@pytest.mark.django_db(transaction=True)
def test_two_directors_coin_the_same_tag_at_once(cast):
    accounts = [make_account(), make_account()]
    left = [account.pk for account in accounts]
    done = two_at_once(
        lambda: commands.tag_accounts(actor=cast.dora, account_ids=[left.pop()], add=["export"])
    )
    assert done == ["done", "done"]
    assert Tag.objects.get().accounts.count() == 2


def test_an_assistant_neither_closes_an_account_nor_opens_it_again(cast):
    account = make_account("Vega", owner=cast.karl)
    with pytest.raises(RuleBroken):
        commands.close_account(actor=cast.anna, account_id=account.pk)
    commands.close_account(actor=cast.karl, account_id=account.pk)
    with pytest.raises(RuleBroken):
        commands.reopen_account(actor=cast.anna, account_id=account.pk)
    account.refresh_from_db()
    assert account.status == AccountStatus.CLOSED
