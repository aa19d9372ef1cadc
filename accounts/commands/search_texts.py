"""What single commands write for finding, for rows that are made in bulk."""

from accounts.rules import search
from common.reaching import plain_name


def of_contact(name: str, other_name: str = "", *normals: str) -> str:
    return search.contact_text(name, other_name, *normals)


def plain_names(name: str, other_name: str = "") -> dict[str, str]:
    """The fields by which a person is compared with others."""
    return {"plain_name": plain_name(name), "plain_other": plain_name(other_name)}


def of_touchpoint(subject: str, text: str, place: str = "") -> str:
    return search.touchpoint_text(subject, text, place)


def of_task(title: str, note: str = "") -> str:
    return search.task_text(title, note)
