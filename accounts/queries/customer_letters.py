"""Letters to customers as their writers read them: by state, of one account, of one occasion."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.choices import CustomerLetterState as State
from accounts.models import Account, CustomerLetter
from accounts.queries.customer_letter import open_words, trouble_words, writable_accounts
from common.folding import fold
from people.models import User

VIEWS = (State.DRAFT, State.QUEUED, State.SENT, State.PRINTED, State.STOPPED)
TONES = {State.SENT: "pos", State.PRINTED: "pos", State.STOPPED: "cau", State.QUEUED: "inf"}
OCCASIONS = ("departure", "handover", "control", "cover", "account")
MOST_AT_ONCE = 60


@dataclass(frozen=True, slots=True)
class LetterLine:
    """A letter with what stands in its way, in words."""

    letter: CustomerLetter
    tone: str
    trouble: str
    is_open: str

    @property
    def may_go(self) -> bool:
        return self.letter.state == State.DRAFT and not self.is_open and bool(self.letter.address)


def line_of(letter: CustomerLetter) -> LetterLine:
    waiting = letter.state == State.DRAFT
    return LetterLine(
        letter, TONES.get(letter.state, ""), trouble_words(letter),
        open_words(letter) if waiting else "",
    )  # fmt: skip


def letters(
    reader: User, *, view: str, q: str = "", account: Account | None = None
) -> QuerySet[CustomerLetter]:
    """Of one state, the newest first; found by the person, the account or the subject."""
    rows = CustomerLetter.objects.visible_to(reader).filter(state=view)
    if account is not None:
        rows = rows.filter(account=account)
    if word := q.strip():
        folded = fold(word)
        rows = rows.filter(
            Q(contact__search_text__contains=folded)
            | Q(account__search_text__contains=folded)
            | Q(subject__icontains=word)
        )
    return rows.select_related("account", "contact", "written_by", "sent_by")


def numbers(reader: User, account: Account | None = None) -> dict[str, int]:
    rows = CustomerLetter.objects.visible_to(reader).order_by()
    if account is not None:
        rows = rows.filter(account=account)
    found = {row["state"]: row["n"] for row in rows.values("state").annotate(n=Count("pk"))}
    return {view: found.get(view, 0) for view in VIEWS}


def drafts_of(reader: User, *, occasion: str = "", pk: int | None = None) -> list[LetterLine]:
    """Drafts the reader may let go, of one departure, handover … or of all; by account.

    Those about what was called off meanwhile are left out.
    """
    rows = CustomerLetter.objects.writable_by(reader).filter(state=State.DRAFT)
    rows = rows.filter(departure__cancelled_at=None)
    rows = rows.exclude(handover__state__in=("undone", "cancelled"))
    rows = rows.exclude(cover__state="cancelled")
    if occasion in OCCASIONS and pk is not None:
        rows = rows.filter(**{occasion: pk})
    rows = rows.select_related("account", "contact").order_by("account__name", "account", "pk")
    return [line_of(letter) for letter in rows[:MOST_AT_ONCE]]


def to_print(reader: User, ids: list[int]) -> list[CustomerLetter]:
    """Those of these the reader may see, by account; what was put away is not printed."""
    rows = CustomerLetter.objects.visible_to(reader).filter(pk__in=ids[:MOST_AT_ONCE])
    rows = rows.exclude(state=State.STOPPED).select_related("account", "contact")
    return list(rows.order_by("account__name", "account", "pk"))


def may_write(letter: CustomerLetter, reader: User) -> bool:
    return CustomerLetter.objects.writable_by(reader).filter(pk=letter.pk).exists()


def accounts_to_write_for(reader: User) -> QuerySet[Account]:
    return writable_accounts(reader).present()


def day_of(letter: CustomerLetter) -> dt.date:
    """The date at its head: when it went, else today."""
    return timezone.localdate(letter.sent_at) if letter.sent_at else timezone.localdate()
