import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import Account, Segment, Tag
from people.models import Event
from tests.cast import make_account, signed_in

pytestmark = pytest.mark.django_db


def fields_of(response) -> dict:
    """What a browser would send back from the form as it came."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    values["tags"] = ", ".join(values["tags"] or [])
    context = {"version": response.context["version"], "seen": response.context["seen"]}
    sent = {name: value for name, value in values.items() if value not in (None, False)}
    return sent | context


def test_a_manager_creates_an_account_and_lands_on_its_page(cast):
    client = signed_in(cast.karl)
    answer = client.post(reverse("accounts:account_create"), {"name": "Vega", "rolls_up": "on"})
    account = Account.objects.get()
    assert answer["Location"] == f"/accounts/{account.pk}/"
    assert account.owner == cast.karl


def test_only_documented_fields_can_be_written(cast):
    client = signed_in(cast.karl)
    client.post(reverse("accounts:account_create"), {
        "name": "Vega", "owner": cast.kim.pk, "merged_into": 1, "version": 9, "brought_by": 1,
        "parent": make_account("Top").pk, "status": "merged",
    })  # fmt: skip
    assert not Account.objects.filter(name="Vega").exists()
    client.post(reverse("accounts:account_create"), {
        "name": "Vega", "owner": cast.kim.pk, "version": 9, "parent": make_account("Top").pk,
    })  # fmt: skip
    account = Account.objects.get(name="Vega")
    assert (account.owner, account.version, account.parent) == (cast.karl, 1, None)


def test_an_invisible_parent_is_refused_like_a_missing_one(cast):
    account = make_account("Vega")
    client = signed_in(cast.dora)
    merged = make_account("Old", status="merged", merged_into=account)
    url = reverse("accounts:account_edit", args=[account.pk])
    sent = fields_of(client.get(url))
    answers = [client.post(url, {**sent, "parent": pk}) for pk in (merged.pk, 10**9)]
    assert [answer.status_code for answer in answers] == [422, 422]
    errors = {str(answer.context["form"].errors["parent"]) for answer in answers}
    assert len(errors) == 1


@pytest.mark.parametrize("parent", ["²", "9" * 5000, str(2**63), "-1", "x"])
def test_a_parent_that_is_no_number_of_an_account_is_refused(cast, parent):
    account = make_account("Vega")
    client = signed_in(cast.dora)
    for url in (reverse("accounts:account_edit", args=[account.pk]), "/accounts/new/"):
        assert client.post(url, {"name": "Vega", "parent": parent}).status_code == 422


def test_two_people_open_the_form_and_the_second_to_save_chooses(cast):
    account = make_account("Vega", owner=cast.karl, city="Madrid")
    url = reverse("accounts:account_edit", args=[account.pk])
    dora, karl = signed_in(cast.dora), signed_in(cast.karl)
    hers, his = fields_of(dora.get(url)), fields_of(karl.get(url))
    assert dora.post(url, {**hers, "city": "Valencia", "about": "Hers"}).status_code == 302
    conflict = karl.post(url, {**his, "city": "Murcia", "website": "https://vega.example"})
    assert conflict.status_code == 409
    rows = {row["name"]: row for row in conflict.context["rows"]}
    assert (rows["city"]["before"], rows["city"]["theirs"], rows["city"]["mine"]) == (
        "Madrid", "Valencia", "Murcia",
    )  # fmt: skip
    assert rows["city"]["is_both"] and not rows["about"]["is_both"]
    settled = fields_of(conflict)
    assert (settled["about"], settled["website"]) == ("Hers", "https://vega.example")
    assert karl.post(url, settled).status_code == 302
    account.refresh_from_db()
    assert (account.city, account.about, account.website) == (
        "Murcia", "Hers", "https://vega.example",
    )  # fmt: skip


def test_a_forged_memory_of_the_form_gives_nothing_away(cast):
    account = make_account("Vega", owner=cast.karl)
    url = reverse("accounts:account_edit", args=[account.pk])
    client = signed_in(cast.karl)
    sent = fields_of(client.get(url)) | {"seen": "forged", "version": "0", "city": "X"}
    assert client.post(url, sent).status_code == 409
    assert client.post(url, sent | {"version": "９"}).status_code == 409


def test_closing_offers_the_way_back(cast):
    account = make_account("Vega", owner=cast.karl)
    client = signed_in(cast.karl)
    client.post(reverse("accounts:account_close", args=[account.pk]))
    page = client.get(f"/accounts/{account.pk}/").content.decode()
    assert reverse("accounts:account_reopen", args=[account.pk]) in page
    client.post(reverse("accounts:account_reopen", args=[account.pk]))
    account.refresh_from_db()
    assert account.status == "active"


def test_lookalikes_are_named_only_to_those_who_may_open_them(cast):
    make_account("Hansa Feinkost GmbH", owner=cast.kim)
    for account in Account.objects.all():
        Account.objects.filter(pk=account.pk).update(search_text="\nhansa feinkost gmbh")
    url = reverse("accounts:account_lookalikes")
    hers = signed_in(cast.kim).get(url, {"name": "HANSA Feinkost"}).content.decode()
    his = signed_in(cast.karl).get(url, {"name": "HANSA Feinkost"}).content.decode()
    assert "Hansa Feinkost GmbH" in hers
    assert "Hansa" not in his and "Kim" not in his and "ask your director" in his
    assert not signed_in(cast.kim).get(url, {"name": "Verpa Nord"}).content.strip()


def test_a_logo_is_shown_with_headers_that_let_it_do_nothing(cast):
    account = make_account("Vega", owner=cast.karl)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    client = signed_in(cast.karl)
    url = reverse("accounts:logo_set", args=[account.pk])
    client.post(url, {"file": SimpleUploadedFile("../../x.svg", picture.getvalue())})
    answer = client.get(f"/accounts/{account.pk}/logo/")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment")
    assert signed_in(cast.kim).get(f"/accounts/{account.pk}/logo/").status_code == 404
    client.post(reverse("accounts:logo_remove", args=[account.pk]))
    assert client.get(f"/accounts/{account.pk}/logo/").status_code == 404


def test_a_refused_picture_is_told_in_words(cast):
    account = make_account("Vega", owner=cast.karl)
    url = reverse("accounts:logo_set", args=[account.pk])
    file = SimpleUploadedFile("x.png", b"<svg/>")
    answer = signed_in(cast.karl).post(url, {"file": file}, follow=True)
    assert "not a picture" in answer.content.decode()


def test_numbers_are_added_and_removed_by_directors(cast):
    account = make_account("Vega")
    client = signed_in(cast.dora)
    client.post(reverse("accounts:number_add", args=[account.pk]), {"source": "erp", "value": "7"})
    number = account.external_ids.get()
    client.post(reverse("accounts:number_remove", args=[account.pk, number.pk]))
    assert not account.external_ids.exists()
    assert Event.objects.about(account).count() == 2


def test_the_parent_picker_finds_accounts_for_directors(cast):
    account = make_account("Vega")
    Account.objects.filter(pk=account.pk).update(search_text="\nvega")
    found = signed_in(cast.dora).get(reverse("accounts:account_pick"), {"q": "veg"})
    assert f'value="{account.pk}"' in found.content.decode()


def test_segments_tags_and_service_lines_are_kept_in_four_languages(cast):
    client = signed_in(cast.dora)
    url = reverse("accounts:reference_create", args=["segments"])
    assert client.post(url, {"code": "dairy"}).status_code == 422
    names = {"name_en": "Dairy", "name_ru": "Молочная"}
    assert client.post(url, {"code": "dairy", **names}).status_code == 302
    assert client.post(url, {"code": "dairy", **names}).status_code == 422
    segment = Segment.objects.get()
    assert segment.names == {"en": "Dairy", "ru": "Молочная"}
    edit = reverse("accounts:reference_edit", args=["segments", segment.pk])
    client.post(edit, {"code": "changed", "name_en": "Milk"})
    segment.refresh_from_db()
    assert (segment.code, segment.names) == ("dairy", {"en": "Milk"})
    make_account("Vega", segment=segment)
    remove = reverse("accounts:reference_remove", args=["segments", segment.pk])
    assert "Accounts use it" in client.post(remove, follow=True).content.decode()
    client.post(reverse("accounts:reference_create", args=["tags"]), {"name": "export"})
    assert Tag.objects.get().name == "export"
    assert client.get("/settings/reference/nonsense/").status_code == 404
    assert signed_in(cast.karl).get("/settings/reference/segments/").status_code == 404
