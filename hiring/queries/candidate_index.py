"""Everybody we know, in memory, for matching a whole file by the rule of known_as."""

from collections import defaultdict
from collections.abc import Iterable

from hiring.models import Candidate, CandidateReach
from hiring.queries.candidate_duplicates import COMPARED
from hiring.rules.candidate import plain_fields, says_something


class Known:
    """Numbers of candidates by phone, address and plain name; keys of new ones are negative."""

    def __init__(self) -> None:
        self._by_reach: dict[tuple[str, str], set[int]] = defaultdict(set)
        self._by_name: dict[str, set[int]] = defaultdict(set)
        self._kinds: dict[int, set[str]] = defaultdict(set)
        present = Candidate.objects.present()
        reaches = CandidateReach.objects.filter(kind__in=COMPARED, candidate__merged_into=None)
        for pk, kind, normal in reaches.order_by().values_list("candidate", "kind", "normal"):
            self._reach(pk, kind, normal)
        for pk, *plains in present.order_by().values_list("pk", "plain_name", "plain_other"):
            self._name(pk, plains)

    def _name(self, pk: int, plains: Iterable[str]) -> None:
        for plain in plains:
            if says_something(plain):
                self._by_name[plain].add(pk)

    def _reach(self, pk: int, kind: str, normal: str) -> None:
        self._by_reach[kind, normal].add(pk)
        self._kinds[pk].add(kind)

    def find(self, names: Iterable[str], reaches: Iterable[tuple[str, str]]) -> set[int]:
        """Who has one of the phones or addresses; only if nobody has, one of the names.

        Nobody whose own phone, or address, is another one: of a name there are many in a file,
        and whoever is brought twice is found among the duplicates.
        """
        reaches = list(reaches)
        same = set().union(*(self._by_reach.get(key, ()) for key in reaches))
        if same:
            return same
        plains = [plain_fields(name)["plain_name"] for name in names if name]
        named = set().union(*(self._by_name.get(plain, ()) for plain in plains if plain))
        kinds = {kind for kind, _normal in reaches}
        return {pk for pk in named if not kinds & self._kinds.get(pk, set())}

    def learn(self, pk: int, names: Iterable[str], reaches: Iterable[tuple[str, str]]) -> None:
        """Somebody the file brings, so that a second row of theirs brings nobody."""
        self._name(pk, [plain_fields(name)["plain_name"] for name in names if name])
        for kind, normal in reaches:
            if kind in COMPARED:
                self._reach(pk, kind, normal)
