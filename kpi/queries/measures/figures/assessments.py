"""What directors think of the work: a word of each manager, and of how many it was a good one."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from common.dates import year_before
from kpi.choices import Mark, Scope
from kpi.models import Appraisal
from kpi.queries.measures.figures.ground import COMPANY_KEY, Figure, key_of
from people.choices import Role
from people.models import Membership, User, company_midnight

CODE = "assessment"


def assessment_figures(day: dt.date) -> Iterator[Figure]:
    """As known on the day. Directors are left out: what another thinks of them is theirs to read
    once it is shown, and a sum of a few would tell it."""
    newest = _newest(day)
    if not newest:
        return
    team_of = dict(Membership.objects.on(day).values_list("user", "team"))
    counts: dict[tuple[Scope, str], Counter] = {}
    for row in newest:
        good = int(row.mark >= Mark.AS_AGREED)
        yield Figure(
            CODE, Scope.MANAGER, str(row.manager_id), good, 1,
            inputs={"mark": row.mark, "appraisal": row.pk},
        )  # fmt: skip
        team = key_of(Scope.TEAM, team_of.get(row.manager_id, 0))
        for group in ((Scope.TEAM, team), (Scope.COMPANY, COMPANY_KEY)):
            counts.setdefault(group, Counter()).update(good=good, all=1)
    for (scope, key), found in counts.items():
        yield Figure(CODE, scope, key, found["good"], found["all"])


def _newest(day: dt.date) -> list[Appraisal]:
    """Of each manager, of periods that ended in the twelve months or are not over."""
    after = company_midnight(day + dt.timedelta(days=1))
    directors = User.objects.filter(role_grants__role=Role.DIRECTOR)
    rows = Appraisal.objects.filter(made_at__lt=after, last__gt=year_before(day))
    rows = rows.exclude(manager__in=directors).order_by("last", "pk")
    return list({row.manager_id: row for row in rows}.values())
