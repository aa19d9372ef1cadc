import datetime as dt

import pytest

from accounts.models import Account, AccountScore, Scoring
from accounts.queries.filters import accounts_of, conditions, words_in
from accounts.queries.list_state import ListState
from tests.cast import make_account, make_cast

pytestmark = pytest.mark.django_db
AS_OF = dt.date(2026, 11, 20)


def test_the_same_filters_hold_for_accounts_and_for_their_scores():
    cast = make_cast()
    scoring = Scoring.objects.create(pk=1, as_of=AS_OF, whole=True)
    for number in range(8):
        account = make_account(f"C{number}", owner=(cast.karl, None)[number % 2], country="IT")
        AccountScore.objects.create(
            account=account, as_of=AS_OF, tier="AB"[number // 4], is_key=number % 3 == 0,
            last_order=AS_OF - dt.timedelta(days=number * 20),
        )  # fmt: skip
    for state in (
        ListState(tier=("A",)), ListState(key="yes"), ListState(view="key", silent=40),
        ListState(owner=("none",)), ListState(owner=("me", "none")), ListState(view="unowned"),
        ListState(country=("IT",), key="no"), ListState(status=("closed",)),
    ):  # fmt: skip
        scores = AccountScore.objects.all()
        for condition in conditions(state, cast.dora, scoring, on_score=True):
            scores = scores.filter(condition)
        accounts = accounts_of(cast.dora, state, scoring)
        assert set(scores.values_list("pk", flat=True)) == {account.pk for account in accounts}


def test_short_words_begin_a_word_and_long_ones_lie_anywhere():
    for name in ("alpha beta", "gamma albeit"):
        make_account(name, search_text=f"\n{name}")

    def found(text: str) -> list[str]:
        rows = Account.objects.all()
        for condition in words_in(text):
            rows = rows.filter(condition)
        return [row.name for row in rows]

    assert found("be") == ["alpha beta"]
    assert found("lbei") == ["gamma albeit"]
    assert found("al") == ["alpha beta", "gamma albeit"]
    assert found("100%") == found("_") == []
