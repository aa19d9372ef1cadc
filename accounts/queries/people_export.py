"""The people of a reader's own accounts as a table to take away, which the import reads again."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.utils import timezone

from accounts.choices import ContactField, LineKind, ReachKind
from accounts.models import Contact, ExternalId, Line, Position
from common.dbops import batches
from people.models import User

MOST = 100_000
CHUNK = 1_000


def header() -> list[str]:
    return [str(field.label) for field in ContactField]


def people_rows(user: User) -> Iterator[list]:
    """Whoever has a place today at an account the reader may change, by account and name.

    Numbers and addresses only of people whose numbers are the reader's.
    """
    places = Position.objects.editable_by(user).on(timezone.localdate())
    places = places.exclude(contact__name="").filter(contact__merged_into=None)
    ids = list(
        places.order_by("account__name", "account", "contact__name", "pk")
        .values_list("pk", flat=True)[:MOST]
    )  # fmt: skip
    related = ("account", "contact", "role", "division")
    for some in batches(ids, CHUNK):
        user = User.objects.get(pk=user.pk)  # as they are now: rights may have ended meanwhile
        rows = (
            Position.objects.editable_by(user)
            .select_related(*related)
            .prefetch_related(
                Prefetch("account__external_ids", queryset=ExternalId.objects.order_by("pk")),
                "contact__reaches",
            )
        )
        found = rows.in_bulk(some)
        contacts = [row.contact_id for row in found.values()]
        kept = Contact.objects.kept_by(user).filter(pk__in=contacts).values_list("pk", flat=True)
        superiors = _superiors(contacts)
        for pk in filter(found.__contains__, some):
            yield _cells(found[pk], superiors, set(kept))


def _superiors(contacts: list[int]) -> dict[tuple[int, int], str]:
    lines = Line.objects.filter(kind=LineKind.REPORTS_TO, valid_to=None, start__in=contacts)
    return {
        (account, start): name
        for account, start, name in lines.values_list("account", "start", "end__name")
    }


def _cells(row: Position, superiors: dict[tuple[int, int], str], kept: set[int]) -> list:
    contact = row.contact
    numbers = [number.value for number in row.account.external_ids.all()]
    reaches = contact.reaches.all() if contact.pk in kept else ()

    def of(kind: ReachKind) -> str:
        return "; ".join(reach.value for reach in reaches if reach.kind == kind)

    return [
        numbers[0] if numbers else row.account.name, contact.name, contact.other_name, row.title,
        row.role.name if row.role else "", row.division.name if row.division else "",
        of(ReachKind.PHONE), of(ReachKind.EMAIL), of(ReachKind.MESSENGER), of(ReachKind.ADDRESS),
        ", ".join(contact.languages), superiors.get((row.account_id, contact.pk), ""),
        row.valid_from,
    ]  # fmt: skip
