import pytest

from accounts.commands import reference as commands
from accounts.forms.reference import NamedForm, TagNameForm
from accounts.models import Product, Segment, ServiceLine, Tag
from common.errors import RuleBroken
from people.models import Event
from tests.cast import make_account
from tests.races import two_at_once

pytestmark = pytest.mark.django_db


def test_a_code_is_given_once_and_names_may_change(cast):
    row = commands.save_named(actor=cast.dora, kind="segments", code="dairy", names={"en": "Dairy"})
    commands.save_named(
        actor=cast.adam, kind="segments", code="ignored", names={"ru": "Молоко"}, row_id=row.pk
    )
    row.refresh_from_db()
    assert (row.code, row.names) == ("dairy", {"ru": "Молоко"})
    assert Event.objects.about(row).count() == 2
    with pytest.raises(RuleBroken):
        commands.save_named(actor=cast.dora, kind="segments", code="dairy", names={"en": "X"})


@pytest.mark.parametrize("who", ["karl", "anna", "rita", "sam"])
def test_others_do_not_change_the_lists(cast, who):
    with pytest.raises(RuleBroken):
        commands.save_tag(actor=getattr(cast, who), name="export")
    assert not Tag.objects.exists()


def test_a_tag_is_renamed_for_all_and_exists_once(cast):
    tag = commands.save_tag(actor=cast.dora, name="export")
    make_account("Vega").tags.add(tag)
    commands.save_tag(actor=cast.dora, name="exporter", row_id=tag.pk)
    with pytest.raises(RuleBroken):
        commands.save_tag(actor=cast.dora, name="exporter")
    commands.remove_reference(actor=cast.dora, kind="tags", row_id=tag.pk)
    assert not Tag.objects.exists()


def test_what_is_used_stays(cast):
    segment = Segment.objects.create(code="dairy", names={"en": "Dairy"})
    account = make_account("Vega", segment=segment)
    line = ServiceLine.objects.create(code="film", names={"en": "Films"})
    Product.objects.create(code="PE", service_line=line)
    for kind, row in (("segments", segment), ("service-lines", line)):
        with pytest.raises(RuleBroken):
            commands.remove_reference(actor=cast.dora, kind=kind, row_id=row.pk)
    account.segment = None
    account.save()
    commands.remove_reference(actor=cast.dora, kind="segments", row_id=segment.pk)
    assert not Segment.objects.exists()
    assert ServiceLine.objects.exists()


def test_a_named_entry_needs_one_name_and_a_tag_no_comma():
    assert not NamedForm({"code": "x"}).is_valid()
    form = NamedForm({"code": "x", "name_es": " Lácteos "})
    assert form.is_valid() and form.names() == {"es": "Lácteos"}
    assert not TagNameForm({"name": "a, b"}).is_valid()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["segments", "tags"])
def test_of_two_clicks_at_once_one_makes_the_entry(cast, kind):
    def make() -> None:
        if kind == "tags":
            commands.save_tag(actor=cast.dora, name="export")
        else:
            names = {"en": "Dairy"}
            commands.save_named(actor=cast.dora, kind=kind, code="dairy", names=names)

    assert two_at_once(make) == ["done", "refused"]
    assert commands.KINDS[kind].objects.count() == 1
