"""What a file of candidates would do: whom it brings, whom it puts forward; nothing is written."""

from collections import Counter
from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy

from accounts.commands.ledger_file import Report
from common import places
from common.folding import fold
from common.models import Import
from common.people_file import PeopleFile
from common.reading.errors import Reject
from hiring.choices import CandidateField, Source
from hiring.models import Candidacy, Candidate
from hiring.queries.candidate_duplicates import region_of
from hiring.queries.candidate_index import Known
from hiring.queries.off_limits import BY_THEMSELVES, off_limits_by_name
from hiring.rules.candidate import plain_fields
from hiring.rules.candidate_columns import REQUIRED, SOURCES
from hiring.rules.candidate_rows import CandidateRow, RowReader
from people.models import Company

SHOWN = 50
NEW, CHANGED, SAME = "new", "changed", "same"


class CandidateFile(PeopleFile):
    """A file ready to be read: CandidateRow or Reject for each row."""

    fields, required, most_rows = CandidateField.values, REQUIRED, 10_000
    unmapped = gettext_lazy("The name must have a column.")
    too_many = gettext_lazy("The file has more than 10,000 rows. Split it.")

    def __init__(self, batch: Import):
        super().__init__(batch)
        self.survey()
        self.reader = RowReader(
            self.columns, decimal=self.layout.decimal, region=region_of(""),
            currency=Company.current().currency, countries=country_codes(), sources=source_words(),
        )  # fmt: skip


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
