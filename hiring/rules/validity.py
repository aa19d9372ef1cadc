"""How well a method foretells work: printed beside it, so that nobody trusts a talk too much.

Mean operational validities of Sackett, Zhang, Berry & Lievens (2022), with the former values of
Schmidt & Hunter (1998); the spread between studies matters as much as these means.
"""

from dataclasses import dataclass

SOURCE = "Sackett et al. 2022; Schmidt & Hunter 1998"


@dataclass(frozen=True)
class Validity:
    value: float
    former: float


STRUCTURED = Validity(0.42, 0.51)
WORK_SAMPLE = Validity(0.33, 0.54)
ASSESSMENT_CENTRE = Validity(0.29, 0.37)
UNSTRUCTURED = Validity(0.19, 0.38)
KNOWLEDGE_TEST = Validity(0.40, 0.48)
YEARS_OF_EXPERIENCE = Validity(0.07, 0.18)
# By round (hiring.choices.SheetKind): the method it is nearest to.
OF_ROUND = {
    "cv": YEARS_OF_EXPERIENCE,
    "call": UNSTRUCTURED,
    "session": ASSESSMENT_CENTRE,
    "interview": STRUCTURED,
    "language": KNOWLEDGE_TEST,
    "task": WORK_SAMPLE,
}


def validity_of(kind: str) -> Validity | None:
    return OF_ROUND.get(kind)
