"""Find accounts by what somebody typed: any words of name, city or number, one typo forgiven."""

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from accounts.models import Account
from accounts.queries.filters import words_in
from accounts.rules import search
from people.models import User

NEAR = 300


def find_accounts(user: User, text: str, most: int) -> list[Account]:
    """Names that begin so first, then the rest by name; a near miss only when nothing fits."""
    rows = Account.objects.visible_to(user).present()
    found = _fitting(rows, text, most)
    return found or _near(rows, text, most)


def _fitting(rows: QuerySet[Account], text: str, most: int) -> list[Account]:
    for condition in words_in(text):
        rows = rows.filter(condition)
    begins = When(search_text__startswith=f"\n{search.fold(text)}", then=Value(0))
    order = Case(begins, default=Value(1), output_field=IntegerField())
    rows = rows.select_related("segment", "owner")
    return list(rows.order_by(order, "name", "pk")[:most])


def _near(rows: QuerySet[Account], text: str, most: int) -> list[Account]:
    """A word with one wrong, missing, doubled or swapped letter has one half that is right."""
    word = max(search.words(text), key=len, default="")
    if len(word) < 4:
        return []
    half = len(word) // 2
    halves = Q(search_text__contains=word[:half]) | Q(search_text__contains=word[half + 1 :])
    halves |= Q(search_text__contains=word[half:])
    near = rows.filter(halves).select_related("segment", "owner")[:NEAR]
    return [row for row in near if search.is_near(word, row.search_text)][:most]


def is_meant(text: str, label: str) -> bool:
    """Whether every typed word begins or lies within the label."""
    folded = search.fold(label)
    return all(word in folded for word in search.words(text))
