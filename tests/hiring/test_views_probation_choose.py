import pytest
from django.urls import reverse

from tests.trials import make_buyer, make_probation

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cast, client):
    row = make_probation(cast)
    client.force_login(cast.dora)
    return row


def url(row, name="choose"):
    return reverse(f"hiring:probation_{name}", args=[row.pk])


def test_what_is_chosen_stands_above_what_is_proposed_with_its_reasons(client, plan):
    page = client.get(url(plan)).content.decode()
    assert page.index("Chosen") < page.index("Alder") < page.index("Proposed")
    assert "Nobody of ours has ever noted a talk" in page


def test_ticked_accounts_are_kept_when_a_filter_is_set(client, plan):
    other = make_buyer("Elm")
    sent = {"ticked": "1", "accounts": [other.pk], "segment": "999"}
    page = client.get(url(plan), sent).context["page"]
    assert [one.choice.account for one in page.ticked] == [other] and page.proposed == ()


def test_sums_and_those_beside_follow_what_is_ticked(client, plan):
    ids = list(plan.accounts.filter(matched_to=None).values_list("account", flat=True))
    page = client.get(url(plan, "beside"), {"accounts": ids, "each": "1"}).content.decode()
    assert "Alder" in page and "Held against" in page and "Cedar" in page
    assert "Nothing yet" in client.get(url(plan, "beside")).content.decode()


def test_chosen_accounts_are_saved_each_with_so_many_beside(cast, client, plan):
    others = [make_buyer(name, owner=cast.kim) for name in ("Elm", "Fir", "Gorse")]
    answer = client.post(
        url(plan), {"accounts": [others[0].pk], "each": "2", "version": plan.version}
    )
    assert answer["Location"] == url(plan, "plan")
    assert [row.account for row in plan.accounts.filter(matched_to=None)] == [others[0]]
    assert plan.accounts.exclude(matched_to=None).count() == 2


def test_a_key_account_or_nothing_at_all_is_refused_and_what_was_ticked_stays(client, plan):
    key = make_buyer("Yew", is_key=True, tier="A")
    sent = {"accounts": [key.pk], "version": plan.version}
    answer = client.post(url(plan), sent)
    assert answer.status_code == 422
    assert "Yew cannot be part of a probation. It is a key account." in answer.content.decode()
    assert client.post(url(plan), {"version": plan.version}).status_code == 422
    assert client.post(url(plan), {**sent, "accounts": ["10000000"]}).status_code == 404
    assert plan.accounts.filter(matched_to=None).count() == 2


def test_the_second_of_two_choices_is_told(client, plan):
    ids = list(plan.accounts.filter(matched_to=None).values_list("account", flat=True))
    answer = client.post(url(plan), {"accounts": ids, "version": "1"})
    assert answer.status_code == 409 and "Save again to keep yours" in answer.content.decode()


def test_recruiters_leads_and_the_newcomer_choose_no_accounts(cast, client, plan):
    for person in (cast.rita, cast.lena, cast.kim, cast.karl, cast.anna):
        client.force_login(person)
        assert client.get(url(plan)).status_code == 404
        assert client.get(url(plan, "beside")).status_code == 404
