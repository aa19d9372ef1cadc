"""Two accounts side by side, before they become one."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Account, AccountScore
from common import formats
from common.places import country_name
from people.models import Company

FIELDS = ("name", "segment", "territory", "country", "city", "currency", "website", "about")


@dataclass(frozen=True)
class Compared:
    """One line: `name` is a field whose value may be chosen, empty for what is only shown."""

    label: str
    survivor: str
    absorbed: str
    name: str = ""

    @property
    def prefers_absorbed(self) -> bool:
        """An empty value gives way to a filled one."""
        return not self.survivor and bool(self.absorbed)

    @property
    def is_choice(self) -> bool:
        return bool(self.name) and self.survivor != self.absorbed


def comparison(survivor: Account, absorbed: Account) -> list[Compared]:
    rows = [
        Compared(
            capfirst(str(Account._meta.get_field(name).verbose_name)),
            _value(survivor, name), _value(absorbed, name), name,
        )
        for name in FIELDS
    ]  # fmt: skip
    facts = [_facts(survivor), _facts(absorbed)]
    rows += [Compared(label, facts[0][label], facts[1][label]) for label in facts[0]]
    return rows


def _value(account: Account, name: str) -> str:
    value = getattr(account, name)
    return country_name(value) if name == "country" else str(value or "")


def _facts(account: Account) -> dict[str, str]:
    """What follows into the merged account by itself."""
    currency = Company.current().currency
    score = AccountScore.objects.filter(account=account).first()
    return {
        _("Manager"): str(account.owner or ""),
        _("Numbers"): ", ".join(number.value for number in account.external_ids.all()),
        _("Tags"): ", ".join(tag.name for tag in account.tags.all()),
        _("Revenue, 12 months"): formats.money(score.revenue, currency) if score else "",
        _("Last order"): formats.day(score.last_order) if score else "",
        _("Children"): formats.number(account.children.count()),
    }
