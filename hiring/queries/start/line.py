"""One thing that waits for somebody."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its figure and the place to act. `label` is what the button says."""

    figure: str
    sentence: str
    url: str
    label: str
    evidence: str = ""
    tone: str = ""
