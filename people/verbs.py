"""The sentences of the record: a code → what happened, in the reader's language.

A code is "noun.verb". A sentence stands alone above the actor's name ("Roles changed", "%(email)s
was invited"), because verbs have genders in some of our languages; it may use the event's data.
Where a number needs a plural, give a function of the data instead. Each app registers its own.
"""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise | Callable[[dict], str]

SENTENCES: dict[str, Sentence] = {
    "company.set_up": _("KAM Hub was set up for %(name)s"),
    "company.changed": _("Company settings changed"),
    "user.invited": _("%(email)s was invited"),
    "user.invitation_withdrawn": _("The invitation of %(email)s was withdrawn"),
    "user.invitation_renewed": _("%(email)s was invited again"),
    "user.joined": _("%(name)s accepted the invitation"),
    "user.changed": _("Personal details changed"),
    "user.roles_changed": _("Roles changed"),
    "user.deactivated": _("Sign-in closed"),
    "user.activated": _("Sign-in opened again"),
    "user.signed_out": _("Signed out everywhere"),
    "user.password_changed": _("Password changed"),
    "user.email_change_asked": _("A change of the e-mail address was asked for"),
    "user.email_changed": _("E-mail address changed"),
    "user.email_restored": _("Change of the e-mail address undone"),
    "user.factor_added": _("Second factor added"),
    "user.factor_removed": _("Second factor removed"),
    "team.created": _("Team created"),
    "team.changed": _("Team changed"),
    "team.joined": _("%(name)s joined the team"),
    "team.left": _("%(name)s left the team"),
    "user.attached": _("%(assistant)s became assistant of %(manager)s"),
    "user.detached": _("%(assistant)s is no longer assistant of %(manager)s"),
}
MONEY_FIELDS: set[tuple[str, str]] = set()
DIRECTOR_FIELDS: set[tuple[str, str]] = set()
# What a change is called when its field lives in another table than its target: where it is.
FIELDS_ELSEWHERE: dict[tuple[str, str], tuple[str, str]] = {}


def register(sentences: dict[str, Sentence]) -> None:
    SENTENCES.update(sentences)


def register_money(kind: str, *fields: str) -> None:
    """Changes of these fields ("accounts.account", "margin") are shown to those who see money."""
    MONEY_FIELDS.update((kind, field) for field in fields)


def register_for_directors(kind: str, *fields: str) -> None:
    """Changes of these fields name what others may not know of: they are shown to directors."""
    DIRECTOR_FIELDS.update((kind, field) for field in fields)


def register_elsewhere(kind: str, fields: dict[str, tuple[str, str]]) -> None:
    """Changes told of `kind` whose fields belong to other models: {"title": (model, field)}."""
    FIELDS_ELSEWHERE.update({(kind, name): home for name, home in fields.items()})


def hidden_fields(reader) -> set[tuple[str, str]]:
    """Fields whose changes a reader, or nobody in particular (None), is not shown."""
    hidden = set() if reader and reader.is_director else set(DIRECTOR_FIELDS)
    return hidden if reader and reader.sees_money else hidden | MONEY_FIELDS


def sentence(code: str, data: dict | None = None) -> str:
    """What happened; a code that nobody registered is shown as it is."""
    known = SENTENCES.get(code)
    if known is None:
        return code
    if callable(known) and not isinstance(known, Promise):
        return known(data or {})
    try:
        return capfirst(str(known)) % (data or {})
    except (KeyError, TypeError, ValueError):
        return capfirst(str(known).partition("%(")[0].strip()) or gettext("Something changed")


def kinds() -> list[tuple[str, str]]:
    """The nouns of all registered codes, for a filter: ("user", "People")."""
    words = {
        "account": gettext("Accounts"),
        "benchmark": gettext("Pay in the market"),
        "call": gettext("Calls"),
        "care": gettext("Care of key accounts"),
        "candidacy": gettext("Candidacies"),
        "candidate": gettext("Candidates"),
        "checkin": gettext("Check-in"),
        "company": gettext("Company"),
        "competency": gettext("Competencies"),
        "contact": gettext("People at customers"),
        "decision": gettext("Decisions"),
        "dossier": gettext("Dossiers"),
        "erasure": gettext("Erasures"),
        "fact": gettext("Facts about people"),
        "field": gettext("Work in the field"),
        "file": gettext("Files"),
        "hiringsettings": gettext("Figures for hiring"),
        "hometask": gettext("Test tasks sent"),
        "import": gettext("Imports"),
        "job": gettext("Runs"),
        "ledger": gettext("Ledger"),
        "legalhold": gettext("Held data"),
        "letter": gettext("Letters"),
        "policy": gettext("Policies"),
        "probation": gettext("Probations"),
        "profile": gettext("Position profiles"),
        "promise": gettext("Promises"),
        "rate": gettext("Currency rates"),
        "reference": gettext("Segments and other lists"),
        "salesplan": gettext("Sales plans"),
        "seat": gettext("Seats at sessions"),
        "session": gettext("Sessions"),
        "sheet": gettext("Scorecards"),
        "task": gettext("Tasks"),
        "team": gettext("Teams"),
        "testtask": gettext("Bank of test tasks"),
        "touchpoint": gettext("Touchpoints"),
        "user": gettext("People"),
        "vacancy": gettext("Vacancies"),
    }
    nouns = sorted({code.partition(".")[0] for code in SENTENCES})
    return sorted(
        ((noun, words.get(noun, noun.capitalize())) for noun in nouns), key=lambda pair: pair[1]
    )
