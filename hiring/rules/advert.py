"""An advert as the world reads it: paragraphs and lists, and the same for search engines."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

BULLETS = ("-", "–", "—", "•", "*", "·")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`text`) or a list (`items`)."""

    text: str = ""
    items: tuple[str, ...] = ()


def blocks(text: str) -> list[Block]:
    """Lines beginning with a dash are a list, an empty line ends a paragraph.

    >>> blocks("We sell.\\n- keep\\n- grow")
    [Block(text='We sell.', items=()), Block(text='', items=('keep', 'grow'))]
    """
    found: list[Block] = []
    said: list[str] = []
    items: list[str] = []

    def end() -> None:
        if said:
            found.append(Block(text=" ".join(said)))
        if items:
            found.append(Block(items=tuple(items)))
        said.clear()
        items.clear()

    for raw in text.splitlines():
        line = raw.strip()
        is_item = line[:1] in BULLETS and len(line) > 1 and line[1] in " \t\xa0"
        if not line or bool(items) != is_item:
            end()
        if is_item:
            items.append(line[1:].strip())
        elif line:
            said.append(line)
    end()
    return found


def summary(text: str, longest: int = 200) -> str:
    """The beginning of a text on one line, ended at a word.

    >>> summary("One two three", 9)
    'One two…'
    """
    plain = " ".join(line.strip().lstrip("".join(BULLETS)).strip() for line in text.splitlines())
    plain = " ".join(plain.split())
    if len(plain) <= longest:
        return plain
    return plain[: longest - 1].rpartition(" ")[0].rstrip(",;:–- ") + "…"


def as_html(parts: Sequence[tuple[str, str]]) -> str:
    """Headings and texts as the HTML search engines ask for; everything escaped."""
    found = []
    for heading, text in parts:
        if heading:
            found.append(f"<h2>{escape(heading)}</h2>")
        for block in blocks(text):
            if block.items:
                lines = "".join(f"<li>{escape(item)}</li>" for item in block.items)
                found.append(f"<ul>{lines}</ul>")
            else:
                found.append(f"<p>{escape(block.text)}</p>")
    return "".join(found)


def job_posting(
    *,
    title: str,
    description: str,
    url: str,
    organisation: str,
    site: str,
    number: str,
    posted: dt.date,
    closes: dt.datetime | None,
    city: str,
    country: str,
    is_remote: bool,
    openings: int,
    pay: tuple[Decimal | None, Decimal | None, str] | None,
    language: str,
) -> dict:
    """schema.org JobPosting; what is not known or not published is left out."""
    found: dict = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": title,
        "description": description,
        "datePosted": posted.isoformat(),
        "employmentType": "FULL_TIME",
        "hiringOrganization": {"@type": "Organization", "name": organisation, "sameAs": site},
        "identifier": {"@type": "PropertyValue", "name": organisation, "value": number},
        "totalJobOpenings": openings,
        "directApply": True,
        "url": url,
        "inLanguage": language,
    }
    if closes:
        found["validThrough"] = closes.isoformat()
    address = {"addressLocality": city, "addressCountry": country}
    address = {name: value for name, value in address.items() if value}
    if address:
        found["jobLocation"] = {
            "@type": "Place",
            "address": {"@type": "PostalAddress", **address},
        }
    if is_remote:
        found["jobLocationType"] = "TELECOMMUTE"
        if country:
            found["applicantLocationRequirements"] = {"@type": "Country", "name": country}
    if pay and (salary := _salary(*pay)):
        found["baseSalary"] = salary
    return found


def _salary(low: Decimal | None, high: Decimal | None, currency: str) -> Mapping | None:
    if low is None and high is None:
        return None
    value = {"@type": "QuantitativeValue", "unitText": "MONTH"}
    if low is not None and high is not None and low != high:
        value |= {"minValue": _plain(low), "maxValue": _plain(high)}
    else:
        value["value"] = _plain(low if low is not None else high)
    return {"@type": "MonetaryAmount", "currency": currency, "value": value}


def _plain(amount: Decimal) -> int | float:
    """An amount as a JSON number: whole where it is whole."""
    return int(amount) if amount == int(amount) else float(amount)
