"""What a file of people would do: whom it brings, which blanks it fills, what it leaves alone."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.choices import ContactField
from accounts.commands.contact_file import ContactFile
from accounts.commands.contact_known import (
    Accounts,
    Known,
    PeopleOfAccount,
    Person,
    name_key,
    new_person,
)
from accounts.commands.ledger_file import Report
from accounts.models import Account
from accounts.rules.contact_rows import PersonRow, reaches_of
from accounts.rules.ledger import parents_without_circles
from common.dbops import chunks
from common.models import Import
from common.reading.errors import Reject, Rejected

CHUNK = 2_000
SHOWN = 50
NEW, CHANGED, SAME = "new", "changed", "same"


class Plan:
    """Goes through a file once, in memory; nothing is written."""

    def __init__(self, batch: Import, file: ContactFile, report: Report):
        self.batch, self.file, self.report = batch, file, report
        self.actor = batch.created_by
        self.accounts, self.known = Accounts(self.actor), Known(self.actor)
        self.counts: Counter[str] = Counter()
        self.shown: list[dict] = []
        self._met: dict[int, Person] = {}
        self._superiors: list[tuple[PersonRow, PeopleOfAccount, Person]] = []

    @property
    def fresh(self) -> list[Person]:
        return [person for person in self._met.values() if person.is_new]

    @property
    def changed(self) -> list[Person]:
        return [p for p in self._met.values() if not p.is_new and p.is_changed]

    def run(self, progress) -> None:
        for chunk in chunks(self.file.people(), CHUNK):
            found = list(self._placed(chunk))
            self.known.read([account for _row, account in found])
            for row, account in found:
                self._take(row, account)
            self.counts["rows"] += len(chunk)
            progress(self.counts["rows"], self.file.rows)
        self._join()
        self.counts[NEW], self.counts[CHANGED] = len(self.fresh), len(self.changed)
        self.counts[SAME] = self.counts["lines"] - self.counts[NEW] - self.counts[CHANGED]
        self.counts["rejected"] = self.report.total

    def _placed(self, chunk: Iterable[PersonRow | Reject]) -> Iterator[tuple[PersonRow, Account]]:
        for row in chunk:
            if isinstance(row, Reject):
                self.report.add(row)
                continue
            try:
                yield row, self.accounts.find(row.account)
            except Rejected as rejected:
                self.report.add(Reject(row.row, rejected.field, rejected.code, row.account))

    def _take(self, row: PersonRow, account: Account) -> None:
        place = self.known.places[account.pk]
        try:
            role = self.known.role(row.role)
            reaches = {
                (kind, normal): shown for kind, shown, normal in reaches_of(row, place.region)
            }
            person = place.find((row.name, row.other_name), reaches)
        except Rejected as rejected:
            self.report.add(Reject(row.row, rejected.field, rejected.code, _value(row, rejected)))
            return
        self.counts["lines"] += 1
        if person is None:
            since = row.since or timezone.localdate()
            person = new_person(account, row.name, since, self.actor)
            place.add(person)
        elif not person.is_kept or person.position.valid_to is not None:
            self._left_alone(row, person)
            return
        self._met.setdefault(id(person), person)
        self._fill(row, place, person, role)
        self._reach(row, person, reaches)
        place.learn(person)
        if row.reports_to:
            self._superiors.append((row, place, person))
        self._show(row, account, person)

    def _left_alone(self, row: PersonRow, person: Person) -> None:
        sentence = (
            _("They have left this place in our records. Nothing was changed.")
            if person.is_kept
            else _("They work elsewhere now and are kept by other colleagues.")
        )
        self._differs(row, ContactField.NAME, sentence, row.name)

    def _fill(self, row: PersonRow, place: PeopleOfAccount, person: Person, role) -> None:
        division = place.division(row.division) if row.division else None
        contact, position = person.contact, person.position
        if name_key(row.name) not in person.names():
            self._stays(row, ContactField.NAME, contact.name, row.name)
        self._blank(row, person.fields, contact, "other_name", row.other_name)
        self._blank(row, person.fields, contact, "languages", list(row.languages))
        self._blank(row, person.place, position, "title", row.title)
        self._blank(row, person.place, position, "role", role)
        self._blank(row, person.place, position, "division", division)
        if row.since and row.since != position.valid_from:
            self._stays(row, ContactField.FROM_DATE, position.valid_from, row.since)

    def _blank(self, row: PersonRow, changes: dict, target, name: str, value) -> None:
        """Set what is empty; what is there stays, and a difference is told."""
        known = getattr(target, name)
        if not value or known == value:
            return
        if known:
            self._stays(row, name, known, value)
            return
        setattr(target, name, value)
        changes[name] = [known, value]

    def _reach(self, row: PersonRow, person: Person, reaches: dict) -> None:
        kinds = {kind for kind, _normal in person.reaches}
        for (kind, normal), shown in reaches.items():
            if (kind, normal) in person.reaches:
                continue
            if kind in kinds:
                known = ", ".join(v for (k, _n), v in person.reaches.items() if k == kind)
                self._stays(row, kind, known, shown)
            else:
                person.added[kind, normal] = shown
        person.reaches |= person.added

    def _stays(self, row: PersonRow, field: str, known, value) -> None:
        sentence = _("Something else stands here and stays: %(known)s") % {"known": _text(known)}
        self._differs(row, field, sentence, _text(value))

    def _differs(self, row: PersonRow, field: str, sentence: str, value: str) -> None:
        self.counts["differences"] += 1
        self.report.note(str(field), sentence, value, row=row.row)

    def _join(self) -> None:
        """Who reports to whom, where both are known and no circle closes."""
        for place in {id(place): place for _row, place, _person in self._superiors}.values():
            asked = [(r, p) for r, other, p in self._superiors if other is place]
            wanted: dict[int, int] = {}
            by_key = {_key(person): person for person in place.people}
            for row, person in asked:
                superior = self._superior(row, place, person)
                if superior is not None:
                    wanted.setdefault(_key(person), _key(superior))
            kept = parents_without_circles(wanted, place.superiors)
            for row, person in asked:
                key = _key(person)
                if key in kept:
                    person.superior = by_key[kept[key]]
                elif key in wanted:
                    sentence = _("They would report to themselves in the end. Left out.")
                    self._differs(row, ContactField.REPORTS_TO, sentence, row.reports_to)

    def _superior(self, row: PersonRow, place: PeopleOfAccount, person: Person) -> Person | None:
        text = row.reports_to
        try:
            found = place.by_email(text) if "@" in text else place.find([text], ())
        except Rejected:
            found = None
        if found is None or found is person:
            sentence = _("Nobody of this name or e-mail works there. Left out.")
            self._differs(row, ContactField.REPORTS_TO, sentence, text)
            return None
        known = place.superiors.get(_key(person))
        if known is not None and known != _key(found):
            names = {_key(one): one.contact.name for one in place.people}
            self._stays(row, ContactField.REPORTS_TO, names.get(known, ""), text)
        return None if known is not None else found

    def _show(self, row: PersonRow, account: Account, person: Person) -> None:
        if len(self.shown) < SHOWN:
            what = NEW if person.is_new else CHANGED if person.is_changed else SAME
            reach = next(iter([*row.reaches["email"], *row.reaches["phone"]]), "")
            self.shown.append(
                {"row": row.row, "account": account.name, "name": person.contact.name,
                 "title": person.position.title, "reach": reach, "what": what}
            )  # fmt: skip


def _key(person: Person) -> int:
    """The number of somebody known, a negative one for somebody new."""
    return person.contact.pk or -id(person)


def _text(value) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return str(getattr(value, "name", value))


def _value(row: PersonRow, rejected: Rejected) -> str:
    values = row.reaches.get(rejected.field)
    return "; ".join(values) if values is not None else str(getattr(row, rejected.field, ""))
