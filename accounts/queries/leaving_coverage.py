"""Which coverage rules of many accounts fall when people leave."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from accounts.choices import Fact
from accounts.models import CoverageRule, Observation, Position
from accounts.queries.graph_coverage import rule_words
from accounts.rules import graph
from accounts.rules.dependence import Web


class Coverage:
    """What coverage rules ask of the people of these accounts: roles, powers, access."""

    def __init__(self, ids: Collection[int], day: dt.date):
        active = CoverageRule.objects.filter(is_active=True)
        self.rules = list(active.select_related("role"))
        self.people: dict[int, dict[int, int | None]] = defaultdict(dict)
        self.names: dict[int, str] = {}
        rows = Position.objects.on(day).filter(account__in=ids).exclude(contact__name="").order_by()
        for account, contact, name, role in rows.values_list(
            "account", "contact", "contact__name", "role"
        ):
            self.people[account][contact] = role
            self.names[contact] = name
        seen = Observation.objects.filter(
            account__in=ids, fact__in=(Fact.POWER, Fact.ACCESS), colleague=None, day__lte=day
        )
        self.facts: dict[tuple[int, int, str], int] = {
            (account, contact, fact): int(value)
            for account, contact, fact, value in seen.standing()
            .newest()
            .values_list("account", "contact", "fact", "value")
            if value.isdigit()
        }

    def fallen(
        self, account: int, tier: str, before: Web, after: Web, gone: Collection[int]
    ) -> tuple[str, ...]:
        """Each rule that was met and is met no longer, in one sentence."""
        was, will = self._known(account, before, ()), self._known(account, after, gone)
        found = []
        for rule in self.rules:
            if tier not in rule.tiers:
                continue
            asked = graph.Rule(
                rule.pk, rule.role_id, rule.people, int(rule.access or 0), rule.strength,
                rule.colleagues, rule.importance,
            )  # fmt: skip
            left = graph.satisfying(asked, will)
            if left < rule.people <= graph.satisfying(asked, was):
                found.append(rule_words(rule, left))
        return tuple(found)

    def _known(self, account: int, web: Web, gone: Collection[int]) -> list[graph.Known]:
        ties: dict[int, list[float]] = defaultdict(list)
        for (contact, _colleague), strength in web.pairs.items():
            ties[contact].append(strength)
        return [
            graph.Known(
                role,
                self.facts.get((account, contact, Fact.POWER), 0),
                self.facts.get((account, contact, Fact.ACCESS), 0),
                tuple(ties[contact]),
            )
            for contact, role in self.people[account].items()
            if contact not in gone
        ]
