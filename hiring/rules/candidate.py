"""What a candidate is found and compared by."""

from collections.abc import Iterable

from common import firms, reaching
from common.folding import fold, joined, latin

EMPLOYER = 200


def search_text(
    name: str, other_name: str = "", employer: str = "", city: str = "", more: Iterable[str] = ()
) -> str:
    """Both names and the employer, in Latin letters too; phones as digits, addresses; the city."""
    names = [name, other_name, employer]
    return joined(
        [
            *(fold(one) for one in names),
            *(latin(one) for one in names),
            fold(city),
            *(fold(one) for one in more),
        ]
    )


def plain_fields(name: str, other_name: str = "", employer: str = "") -> dict[str, str]:
    """The columns by which people, and their employers, are compared."""
    return {
        "plain_name": reaching.plain_name(name),
        "plain_other": reaching.plain_name(other_name),
        "plain_employer": firms.plain_name(employer)[:EMPLOYER],
    }


def says_something(plain: str) -> bool:
    """Whether a plain name may stand for one person: a first name alone is that of many."""
    return len(plain.split()) > 1
