"""The pages of absences: noted in some seconds, planned, agreed, read; each sees their own part."""

import pytest

from accounts.commands import absence as absences
from accounts.commands import cover as covers
from accounts.models import Account, Cover
from people.models import Absence
from tests.care import in_days, make_absence, make_employment, make_key_account
from tests.cast import make_account, signed_in
from tests.field_tasks import make_task

pytestmark = pytest.mark.django_db


def post(client, url, **data):
    return client.post(url, data)


def asked(cast, account=None, start=3, to=10) -> tuple[Absence, Cover]:
    account = account or make_account("Volga", owner=cast.karl)
    absence = make_absence(cast.karl, start, to)
    row = covers.propose_cover(
        actor=cast.karl, absence_id=absence.pk, chosen={account.pk: cast.kim.pk}
    )[0]
    return absence, row


def test_ones_own_absence_takes_three_fields(cast):
    make_account("Volga", owner=cast.karl)
    client = signed_in(cast.karl)
    page = client.get("/absences/new/").content.decode()
    assert 'name="user"' not in page and 'name="start"' in page
    data = {"kind": "holiday", "start": in_days(7).isoformat(), "to": in_days(14).isoformat()}
    answer = post(client, "/absences/new/", **data)
    row = Absence.objects.get()
    assert answer["Location"] == f"/absences/{row.pk}/" and row.user == cast.karl
    page = client.get(answer["Location"]).content.decode()
    assert "Volga" in page and "Ask them all" in page and "Lena" in page


def test_a_wrong_day_is_said_on_the_form(cast):
    data = {"kind": "holiday", "start": in_days(7).isoformat(), "to": in_days(3).isoformat()}
    answer = post(signed_in(cast.karl), "/absences/new/", **data)
    assert answer.status_code == 422 and "first day back" in answer.content.decode()


def test_a_lead_notes_it_for_their_people_and_nobody_else(cast):
    page = signed_in(cast.lena).get("/absences/new/").content.decode()
    assert "Karl" in page and "Kim" not in page
    data = {"kind": "illness", "start": in_days(0).isoformat(), "to": in_days(3).isoformat()}
    post(signed_in(cast.lena), "/absences/new/", user=cast.karl.pk, **data)
    assert Absence.objects.get().user == cast.karl
    answer = post(signed_in(cast.lena), "/absences/new/", user=cast.kim.pk, **data)
    assert answer.status_code == 422


def test_asked_and_agreed_with_one_press_each(cast):
    account = make_account("Volga", owner=cast.karl)
    absence = make_absence(cast.karl)
    client = signed_in(cast.karl)
    post(client, f"/absences/{absence.pk}/ask/", **{f"account_{account.pk}": cast.kim.pk})
    row = Cover.objects.get()
    assert (row.substitute, row.state) == (cast.kim, "proposed")
    kim = signed_in(cast.kim)
    page = kim.get(f"/absences/{absence.pk}/").content.decode()
    assert "Agree to all" in page and "Volga" in page
    post(kim, f"/absences/{absence.pk}/agree/")
    row.refresh_from_db()
    assert row.state == "agreed"
    assert "all agreed" in client.get("/absences/").content.decode()


def test_a_refusal_of_the_gate_stands_on_the_page(cast):
    account, absence = make_key_account("Key", owner=cast.karl), make_absence(cast.karl)
    data = {f"account_{account.pk}": cast.kim.pk}
    answer = post(signed_in(cast.karl), f"/absences/{absence.pk}/ask/", **data)
    assert answer.status_code == 422 and "has no grade yet" in answer.content.decode()


def test_what_to_know_is_read_from_agreeing_on_and_not_after(cast):
    absence, row = asked(cast)
    covers.write_brief(actor=cast.karl, cover_id=row.pk, brief="Call after ten")
    kim, url = signed_in(cast.kim), f"/absences/{absence.pk}/"
    assert "Call after ten" not in kim.get(url).content.decode()
    covers.agree_cover(actor=cast.kim, cover_id=row.pk)
    assert "Call after ten" in kim.get(url).content.decode()
    covers.cancel_cover(actor=cast.karl, cover_id=row.pk)
    assert kim.get(url).status_code == 404


def test_who_was_asked_says_no_and_is_out(cast):
    _absence, row = asked(cast)
    answer = post(signed_in(cast.kim), f"/covers/{row.pk}/decline/")
    assert answer["Location"] == "/absences/"
    row.refresh_from_db()
    assert row.state == "cancelled"


def test_why_somebody_is_away_is_for_the_near_ones(cast):
    make_absence(cast.karl, kind="illness", note="Operation")
    make_absence(cast.lena, kind="illness", note="Operation")
    for user, sees in ((cast.dora, 2), (cast.lena, 2), (cast.karl, 1), (cast.kim, 0)):
        page = signed_in(user).get("/absences/").content.decode()
        assert page.count("illness") == sees, user
        assert "Operation" not in page
    assert "Lena" in signed_in(cast.karl).get("/absences/?look=weeks").content.decode()
    feed = signed_in(cast.karl).get("/absences/calendar.ics").content.decode()
    assert feed.count("BEGIN:VEVENT") == 2 and "illness" not in feed
    assert f"DTEND;VALUE=DATE:{in_days(21):%Y%m%d}" in feed


def test_strangers_find_no_absence(cast):
    absence, row = asked(cast)
    for user in (cast.anna, cast.rita, cast.ivan, cast.adam, cast.sam):
        client = signed_in(user)
        assert client.get(f"/absences/{absence.pk}/").status_code == 404
        for url in (f"/absences/{absence.pk}/{verb}/" for verb in
                    ("change", "cancel", "ask", "agree", "read", "restore")):  # fmt: skip
            assert post(client, url).status_code == 404, (user, url)
        for verb in ("decline", "cancel", "brief", "words"):
            assert post(client, f"/covers/{row.pk}/{verb}/").status_code == 404
    # whom it concerns may not do what is the others'
    assert post(signed_in(cast.kim), f"/absences/{absence.pk}/cancel/").status_code == 404
    assert post(signed_in(cast.kim), f"/covers/{row.pk}/brief/").status_code == 404
    assert post(signed_in(cast.karl), f"/covers/{row.pk}/decline/").status_code == 404
    assert post(signed_in(cast.karl), f"/absences/{absence.pk}/agree/").status_code == 404


def test_called_off_it_can_be_undone_from_the_toast(cast):
    absence, row = asked(cast)
    covers.agree_cover(actor=cast.kim, cover_id=row.pk)
    client = signed_in(cast.karl)
    post(client, f"/absences/{absence.pk}/cancel/")
    assert f"/absences/{absence.pk}/restore/" in client.get("/absences/").content.decode()
    post(client, f"/absences/{absence.pk}/restore/")
    row.refresh_from_db()
    assert row.state == "agreed"


def test_rights_obey_with_the_next_request(cast):
    """A12: the page opens while they stand in, and no longer with the request after it ended."""
    account = make_account("Volga", owner=cast.karl)
    absence, row = asked(cast, account, start=-2, to=5)
    client, url = signed_in(cast.kim), f"/accounts/{account.pk}/"
    assert "Orders" not in client.get(url).content.decode() or client.get(url).status_code == 404
    covers.agree_cover(actor=cast.kim, cover_id=row.pk)
    assert client.get(url).status_code == 200
    assert Account.objects.visible_to(cast.kim).filter(pk=account.pk).exists()
    absences.cancel_absence(actor=cast.karl, absence_id=absence.pk)
    assert not Account.objects.visible_to(cast.kim).filter(pk=account.pk).exists()
    assert client.get(url).status_code == 404


def test_the_substitute_sees_whose_tasks_fall_into_the_days(cast):
    account = make_account("Volga", owner=cast.karl)
    make_task("Send the offer", owner=cast.karl, account=account, due=in_days(2))
    make_task("Much later", owner=cast.karl, account=account, due=in_days(60))
    absence, row = asked(cast, account, start=-1, to=6)
    covers.agree_cover(actor=cast.kim, cover_id=row.pk)
    page = signed_in(cast.kim).get(f"/absences/{absence.pk}/").content.decode()
    assert "Send the offer" in page and "for Karl" in page and "Much later" not in page


def test_on_coming_back_it_is_read_once(cast):
    account = make_account("Volga", owner=cast.karl)
    absence, row = asked(cast, account, start=-4, to=2)
    covers.agree_cover(actor=cast.kim, cover_id=row.pk)
    post(signed_in(cast.kim), f"/covers/{row.pk}/words/", words="They want a price")
    Absence.objects.filter(pk=absence.pk).update(valid_to=in_days(0))
    absences.tend_covers(day=in_days(0))
    client, url = signed_in(cast.karl), f"/absences/{absence.pk}/"
    page = client.get(url).content.decode()
    assert "They want a price" in page and "I have read it" in page
    post(client, f"{url}read/")
    assert "I have read it" not in client.get(url).content.decode()


@pytest.mark.parametrize("path", ["/absences/", "/absences/?look=weeks", "/absences/?look=past"])
def test_the_lists_ask_as_often_for_many_as_for_one(cast, path, django_assert_max_num_queries):
    def count() -> int:
        with django_assert_max_num_queries(100) as queries:
            signed_in(cast.dora).get(path)
        return len(queries)

    make_employment(cast.kim)
    make_absence(cast.lena, -40, -30) if "past" in path else asked(cast)
    first = count()
    for n in range(3):
        make_account(owner=cast.lena)
        make_absence(cast.lena, 30 + n * 10, 35 + n * 10)
        make_absence(cast.kim, -60 + n * 10, -55 + n * 10)
    assert count() <= first
