"""Who applies: what the public form asks of a person, and nothing else."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Person:
    """No date of birth, photo, marital status or health: they are never asked for."""

    name: str
    email: str
    phone: str = ""
    city: str = ""

    @property
    def reaches(self) -> list[tuple[str, str]]:
        given = [("email", self.email), ("phone", self.phone)]
        return [(kind, value) for kind, value in given if value]
