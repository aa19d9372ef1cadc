"""Whose figures a reader may open: a director all, a lead the team's, a manager their own."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import Segment, ServiceLine
from accounts.models.coverage import people_led
from kpi.choices import Scope
from kpi.models import Reading
from people.models import Team, User

NOBODY = "0"


@dataclass(frozen=True, slots=True)
class Subject:
    """`code` is what addresses carry: company, team:3, manager:7, segment:2, tier:A, line:5."""

    scope: Scope
    key: str
    name: str

    @property
    def code(self) -> str:
        return f"{self.scope.value}:{self.key}" if self.key else self.scope.value


def subjects(reader: User) -> list[Subject]:
    """Those to choose from, the widest first; two or three queries."""
    if reader.is_director:
        found = [Subject(Scope.COMPANY, "", _("the company"))]
        found += [Subject(Scope.TEAM, str(team.pk), team.name) for team in Team.objects.all()]
        keys = Reading.objects.filter(scope=Scope.MANAGER, code="revenue").values("key")
        people = User.objects.filter(pk__in=_numbers(keys.distinct().values_list("key", flat=True)))
    else:
        teams = Team.objects.filter(lead=reader)
        found = [Subject(Scope.TEAM, str(team.pk), team.name) for team in teams]
        people = User.objects.filter(pk__in={reader.pk, *_led(reader)})
    people = sorted(people, key=lambda one: (one.pk != reader.pk, one.name, one.pk))
    return found + [_manager(one) for one in people]


def _led(reader: User) -> list[int]:
    return list(people_led(reader).values_list("user", flat=True))


def _numbers(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdigit()]


def _manager(user: User) -> Subject:
    return Subject(Scope.MANAGER, str(user.pk), user.name)


def subject_of(reader: User, code: str, known: list[Subject]) -> Subject | None:
    """The one asked for ("" is the widest), None where the reader has no such figures."""
    if not code:
        return known[0] if known else None
    found = next((one for one in known if one.code == code), None)
    if found is not None or not reader.is_director:
        return found
    scope, _colon, key = code.partition(":")
    if scope not in Scope.values or not key:
        return None
    if not Reading.objects.filter(scope=scope, key=key).exists():
        return None
    return Subject(Scope(scope), key, names(Scope(scope), [key])[key])


def names(scope: Scope, keys: Iterable[str]) -> dict[str, str]:
    """What the groups of a split are called; one query at most."""
    keys = list(keys)
    found = {key: nothing(scope) for key in keys}
    if scope == Scope.COMPANY:
        return {key: _("the company") for key in keys}
    if scope == Scope.TIER:
        return {
            key: _("no tier") if key == "N" else _("tier %(letter)s") % {"letter": key}
            for key in keys
        }
    model = {
        Scope.MANAGER: User, Scope.TEAM: Team, Scope.SEGMENT: Segment, Scope.LINE: ServiceLine,
    }[scope]  # fmt: skip
    rows = model.objects.in_bulk(_numbers(keys))
    return found | {str(pk): called(row, scope) for pk, row in rows.items()}


def called(row: User | Team | Segment | ServiceLine, scope: Scope) -> str:
    return row.name or nothing(scope)


def nothing(scope: Scope) -> str:
    return {
        Scope.MANAGER: _("nobody"), Scope.TEAM: _("no team"), Scope.SEGMENT: _("no segment"),
        Scope.LINE: _("no service line"),
    }.get(scope, "")  # fmt: skip
