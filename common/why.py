"""Behind every figure: one sentence, what went in, the rule and the way to the rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Why:
    """Shown by components/_why.html; inputs are (label, value) pairs already written for people."""

    sentence: str
    inputs: tuple[tuple[str, str], ...] = ()
    rule: str = ""
    url: str = ""
    link: str = ""
