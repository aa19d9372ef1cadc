"""What the values of facts mean, as behaviour one can observe, and the sentences that ask for them.

Written so that they could be read to the person they are about.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.choices import Access, Fact, Level, Orientation, Power, Stance
from accounts.rules import facts as rule

BEHAVIOUR = {
    Fact.POWER: {
        Power.OUTSIDE: gettext_lazy("Hears of decisions when they are made; is not asked."),
        Power.TRUSTED: gettext_lazy(
            "Those who decide ask for this opinion first, and can be reached through this person."
        ),
        Power.INNER: gettext_lazy(
            "Can start, stop or turn a decision, also against the formal order of things."
        ),
    },
    Fact.STANCE: {
        Stance.ADVOCATE: gettext_lazy(
            "Argues for us when we are not in the room, and tells us what is going on."
        ),
        Stance.SUPPORTIVE: gettext_lazy("Would choose us, and says so when asked."),
        Stance.NEUTRAL: gettext_lazy("Weighs us like anybody else."),
        Stance.RESERVED: gettext_lazy("Names doubts about us, or keeps a distance."),
        Stance.OTHERS: gettext_lazy("Would rather work with another supplier, and says so."),
    },
    Fact.ORIENTATION: {
        Orientation.FINANCIAL: gettext_lazy("Asks for price, cost and payback first."),
        Orientation.TECHNICAL: gettext_lazy("Asks how it works, for data and for tests."),
        Orientation.RELATIONSHIP: gettext_lazy("Asks who will do it, and whether they know us."),
        Orientation.BUSINESS: gettext_lazy("Asks what it changes for their customers and plans."),
    },
    Fact.ACCESS: {
        Access.NONE: gettext_lazy("We have never spoken, or no longer get an answer."),
        Access.THROUGH_OTHERS: gettext_lazy("A colleague of theirs passes things on."),
        Access.BY_APPOINTMENT: gettext_lazy("Meets us when there is a date and a subject."),
        Access.OPEN: gettext_lazy("Takes the call, or calls back the same day."),
    },
    Fact.LEVEL: {
        Level.VENDOR: gettext_lazy("Asks us for prices and delivery dates; we are one of several."),
        Level.SOURCE: gettext_lazy("Relies on what we say about our field, and asks again."),
        Level.SOLVER: gettext_lazy("Brings problems to us before asking others."),
        Level.ADVISOR: gettext_lazy(
            "Talks plans over with us while they are still open, also beyond our products."
        ),
    },
}
BEHAVIOUR[Fact.LEVEL_WANTED] = BEHAVIOUR[Fact.LEVEL]

HELP = {
    Fact.POWER: gettext_lazy("How much this person's word weighs in decisions that concern us."),
    Fact.STANCE: gettext_lazy("How this person stands towards us, from what they do and say."),
    Fact.ORIENTATION: gettext_lazy("What convinces this person."),
    Fact.ACCESS: gettext_lazy("How we reach this person."),
    Fact.LEVEL: gettext_lazy("Choose by what the person does, not by how it feels."),
    Fact.LEVEL_WANTED: gettext_lazy("Where we want to be with this person in a year."),
    Fact.PREFERENCE: gettext_lazy("How they like to work: times, channels, what to bring."),
    Fact.SORE_SPOT: gettext_lazy("What to be careful with, and why."),
}

STILL = {
    Fact.POWER: gettext_lazy("Power of %(name)s: still “%(value)s”?"),
    Fact.STANCE: gettext_lazy("Stance of %(name)s: still “%(value)s”?"),
    Fact.ORIENTATION: gettext_lazy("What %(name)s decides by: still “%(value)s”?"),
    Fact.ACCESS: gettext_lazy("Access to %(name)s: still “%(value)s”?"),
    Fact.LEVEL: gettext_lazy("Relationship with %(name)s: still “%(value)s”?"),
    Fact.LEVEL_WANTED: gettext_lazy("Relationship wanted with %(name)s: still “%(value)s”?"),
    Fact.PREFERENCE: gettext_lazy("What %(name)s prefers: still “%(value)s”?"),
    Fact.SORE_SPOT: gettext_lazy("Sore spot of %(name)s: still “%(value)s”?"),
}
STILL_OWN = {
    Fact.LEVEL: gettext_lazy("Your own relationship with %(name)s: still “%(value)s”?"),
    Fact.LEVEL_WANTED: gettext_lazy("Your own wish with %(name)s: still “%(value)s”?"),
}
ASK = {
    Fact.POWER: gettext_lazy("How much does the word of %(name)s weigh?"),
    Fact.STANCE: gettext_lazy("How does %(name)s stand towards us?"),
    Fact.ORIENTATION: gettext_lazy("What does %(name)s decide by?"),
    Fact.ACCESS: gettext_lazy("How do we reach %(name)s?"),
    Fact.LEVEL: gettext_lazy("What are we to %(name)s?"),
    Fact.LEVEL_WANTED: gettext_lazy("What do we want to be to %(name)s?"),
    Fact.PREFERENCE: gettext_lazy("How does %(name)s like to work?"),
    Fact.SORE_SPOT: gettext_lazy("What to be careful with, with %(name)s?"),
}
NOBODY = pgettext_lazy("contact", "name unknown")


def label_of(fact: str, value: str) -> str:
    """The words for a value."""
    if not value:
        return _("not known any more")
    choices = rule.CHOSEN.get(Fact(fact))
    return str(choices(value).label) if choices else value


def behaviour_of(fact: str, value: str) -> str:
    """What somebody with this value does; empty for facts written in words."""
    return str(BEHAVIOUR.get(Fact(fact), {}).get(value, ""))


def still(fact: str, name: str, value: str, *, is_own: bool = False) -> str:
    """Whether an ageing value still holds; `is_own`: between the reader and the person."""
    sentences = STILL_OWN if is_own else STILL
    return str(sentences[Fact(fact)]) % {"name": name or NOBODY, "value": label_of(fact, value)}


def ask(fact: str, name: str) -> str:
    """For a value that was never recorded."""
    return str(ASK[Fact(fact)]) % {"name": name or NOBODY}
