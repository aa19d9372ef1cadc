"""Behind every figure: one sentence, what went in, the rule and the way to the rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Why:
    """Shown by components/_why.html; inputs are (label, value) pairs already written for people.

    With `load` the rest is asked for at that address when somebody opens it.
    """

    sentence: str = ""
    inputs: tuple[tuple[str, str], ...] = ()
    rule: str = ""
    url: str = ""
    link: str = ""
    load: str = ""
