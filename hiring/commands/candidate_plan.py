"""What a file of candidates would do: whom it brings, whom it puts forward; nothing is written."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.commands.ledger_file import Report
from common import imports, places
from common.folding import fold
from common.models import Import
from common.reading import detect
from common.reading.errors import FileUnusable, Reject, Rejected
from common.reading.expressions import column_number
from common.reading.layout import Layout
from common.reading.rows import open_rows
from hiring.choices import CandidateField, Source
from hiring.models import Candidacy, Candidate
from hiring.queries.candidate_duplicates import region_of
from hiring.queries.candidate_index import Known
from hiring.queries.off_limits import BY_THEMSELVES, off_limits_by_name
from hiring.rules.candidate import plain_fields
from hiring.rules.candidate_columns import REQUIRED, SOURCES
from hiring.rules.candidate_rows import CandidateRow, RowReader
from people.models import Company

MOST_ROWS = 10_000
SHOWN = 50
NEW, CHANGED, SAME = "new", "changed", "same"


class CandidateFile:
    """A file ready to be read; FileUnusable where the columns do not fit it."""

    def __init__(self, batch: Import):
        self.layout = Layout.from_dict(batch.dialect)
        self.path = detect.readable(imports.source_of(batch), self.layout)
        columns = {
            name: column_number(text, self.layout.columns)
            for name, text in batch.mapping.items()
            if text and name in CandidateField.values
        }
        self.columns = {name: number for name, number in columns.items() if number is not None}
        if any(name not in self.columns for name in REQUIRED):
            raise FileUnusable("unmapped", _("The name must have a column."))
        self.rows = detect.survey(self.path, self.layout, dates=set(), ids=set()).rows
        if self.rows > MOST_ROWS:
            raise FileUnusable(
                "too_many_people", _("The file has more than 10,000 rows. Split it.")
            )
        self.reader = RowReader(
            self.columns, decimal=self.layout.decimal, region=region_of(""),
            currency=Company.current().currency, countries=country_codes(), sources=source_words(),
        )  # fmt: skip

    def people(self) -> Iterator[CandidateRow | Reject]:
        with open_rows(self.path, self.layout) as rows:
            for number, cells in rows:
                try:
                    yield self.reader.read(number, cells)
                except Rejected as rejected:
                    value = self.reader.value(rejected.field, cells)[:200]
                    yield Reject(number, str(rejected.field), rejected.code, value)


def _in_every_language(pairs: Callable[[], Iterable[tuple]]) -> dict[str, str]:
    """Folded words of all our languages to what they mean; `pairs` gives (code, word)."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for code, word in pairs():
                found.setdefault(fold(str(word)), code)
                found.setdefault(fold(str(code)), code)
    return found


def country_codes() -> dict[str, str]:
    return _in_every_language(places.countries)


def source_words() -> dict[str, str]:
    own = {fold(word): source.value for word, source in SOURCES.items()}
    return own | _in_every_language(lambda: Source.choices)


class Plan:
    """Goes through a file once, in memory."""

    def __init__(self, batch: Import, report: Report):
        self.batch, self.report = batch, report
        self.actor = batch.created_by
        self.file = CandidateFile(batch)
        self.vacancy_id = batch.options.get("vacancy")
        self.known, self.closed = Known(), off_limits_by_name()
        own = Candidate.objects.editable_by(self.actor) if self.actor else Candidate.objects.all()
        self.own = set(own.present().values_list("pk", flat=True))
        stand = Candidacy.objects.filter(vacancy=self.vacancy_id, candidate__isnull=False)
        self.stand = set(stand.values_list("candidate", flat=True)) if self.vacancy_id else set()
        self.fresh: list[CandidateRow] = []
        self.forward: list[int] = []
        self.counts: Counter[str] = Counter()
        self.shown: list[dict] = []

    def run(self, progress) -> None:
        for row in self.file.people():
            self.counts["rows"] += 1
            if isinstance(row, Reject):
                self.report.add(row)
            else:
                self._take(row)
            progress(self.counts["rows"], self.file.rows)
        self.counts[NEW], self.counts[CHANGED] = len(self.fresh), len(self.forward)
        self.counts[SAME] = self.counts["lines"] - len(self.fresh) - len(self.forward)
        self.counts["rejected"] = self.report.total

    def _take(self, row: CandidateRow) -> None:
        names = [row.fields["name"], row.fields["other_name"]]
        found = self.known.find(names, row.reaches)
        if len(found) > 1:
            return self._aside(row, CandidateField.NAME, "several_candidates")
        pk = next(iter(found), None)
        if pk is not None and pk > 0 and pk not in self.own:
            return self._aside(row, CandidateField.NAME, "closed_candidate")
        if pk is None and self._is_closed(row):
            return self._aside(row, CandidateField.EMPLOYER, "off_limits")
        self.counts["lines"] += 1
        what = SAME
        if pk is None:
            self.fresh.append(row)
            self.known.learn(-len(self.fresh), names, row.reaches)
            what = NEW
        elif self.vacancy_id and pk > 0 and pk not in self.stand:
            self.stand.add(pk)
            self.forward.append(pk)
            what = CHANGED
        self._show(row, what)
        return None

    def _is_closed(self, row: CandidateRow) -> bool:
        plain = plain_fields("", "", row.fields["employer"])["plain_employer"]
        return row.fields["source"] not in BY_THEMSELVES and plain in self.closed

    def _aside(self, row: CandidateRow, field: CandidateField, code: str) -> None:
        self.report.add(Reject(row.row, str(field), code, row.fields[str(field)]))

    def _show(self, row: CandidateRow, what: str) -> None:
        if len(self.shown) < SHOWN:
            fields = {name: row.fields[name] for name in ("name", "title", "employer", "city")}
            reach = ", ".join(row.reaches.values())
            self.shown.append({"row": row.row, "what": what, "reach": reach, **fields})
