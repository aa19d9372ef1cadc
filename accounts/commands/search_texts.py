"""What single commands write for finding, for rows that are made in bulk."""

from accounts.rules import search


def of_contact(name: str, other_name: str = "", *normals: str) -> str:
    return search.contact_text(name, other_name, *normals)


def of_touchpoint(subject: str, text: str, place: str = "") -> str:
    return search.touchpoint_text(subject, text, place)


def of_task(title: str, note: str = "") -> str:
    return search.task_text(title, note)
