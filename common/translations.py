"""Translations without the gettext programs: Babel compiles, collects and checks them."""

import ast
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGES = ("kamhub", "kpi", "hiring", "accounts", "people", "common")
LANGUAGES = ("ru", "es", "it")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
STRING = r"u?((?:'(?:[^'\\]|\\.)*')|(?:\"(?:[^\"\\]|\\.)*\"))"
TEMPLATE_CALL = re.compile(
    rf"\b(npgettext|ngettext|pgettext|gettext|_)\({STRING}(?:, *{STRING})?(?:, *{STRING})?", re.S
)
UNDATED = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)  # a date would change the file each time
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


def po_path(language: str) -> Path:
    return settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as source:
        return pofile.read_po(source, locale=language)


def compile_all() -> list[Path]:
    """Write the .mo beside every .po that is newer; the files written."""
    written = []
    for po in sorted((settings.BASE_DIR / "locale").glob("*/LC_MESSAGES/*.po")):
        mo = po.with_suffix(".mo")
        if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
            continue
        with po.open("rb") as source:
            catalog = pofile.read_po(source, locale=po.parts[-3])
        unfinished = mo.with_suffix(".mo.part")
        with unfinished.open("wb") as target:
            write_mo(target, catalog)
        unfinished.replace(mo)
        written.append(mo)
    return written


def collected() -> Catalog:
    """Every string of the sources, with the places that use it."""
    catalog = Catalog(project="KAM Hub", charset="utf-8")
    for path, message, context in _messages():
        catalog.add(message, locations=[(path, None)], context=context, flags=_flags(message))
    return catalog


def _flags(message: str | tuple) -> tuple[str, ...]:
    text = message if isinstance(message, str) else message[0]
    return ("python-format",) if re.search(r"%\(\w+\)[a-z]|%[sd]", text) else ()


def _messages() -> Iterator[tuple[str, str | tuple, str | None]]:
    root = settings.BASE_DIR
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            name = str(path.relative_to(root))
            for found in extract_from_file("python", path, keywords=KEYWORDS):
                yield name, found[1], found[3]
    for path in sorted((root / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt"):
            yield from _template_messages(str(path.relative_to(root)), path.read_text())


def _template_messages(name: str, text: str) -> Iterator[tuple[str, str | tuple, str | None]]:
    for match in TEMPLATE_CALL.finditer(templatize(text, origin=name)):
        strings = [ast.literal_eval(group) for group in match.groups()[1:] if group]
        context = strings.pop(0) if "pgettext" in match[1] else None
        yield name, tuple(strings[:2]) if "ngettext" in match[1] else strings[0], context


def update(language: str) -> Path:
    """Bring the strings of the sources into a language's file; what nothing uses is removed."""
    catalog = read(language)
    catalog.update(collected(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.project, catalog.version, catalog.fuzzy = "KAM Hub", "", False
    catalog.header_comment = f"# KAM Hub in {language}; `make messages` brings new strings here."
    catalog.last_translator = catalog.language_team = "KAM Hub"
    catalog.msgid_bugs_address = ""
    catalog.creation_date = catalog.revision_date = UNDATED
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        pofile.write_po(target, catalog, width=96, sort_output=True, omit_header=False)
    return path


def problems(language: str) -> list[str]:
    """What a reader of this language would meet in English, or broken."""
    found = []
    ours = read(language)
    for message in collected():
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[0]
        translated = ours.get(message.id, context=message.context)
        strings = [] if translated is None else _strings(translated)
        if not strings or not all(strings):
            found.append(f"{language}: not translated: {text!r}")
        elif translated.fuzzy:
            found.append(f"{language}: marked fuzzy: {text!r}")
        elif not all(_fits(message.id, string) for string in strings):
            found.append(f"{language}: placeholders differ: {text!r}")
        elif isinstance(message.id, tuple) and len(strings) != ours.num_plurals:
            found.append(f"{language}: needs {ours.num_plurals} plural forms: {text!r}")
    return found


def _strings(message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def _fits(original: str | tuple, translated: str) -> bool:
    """A plural form may leave out the number, never bring in a placeholder of its own."""
    there = sorted(PLACEHOLDER.findall(translated))
    if isinstance(original, str):
        return there == sorted(PLACEHOLDER.findall(original))
    allowed = {name for form in original for name in PLACEHOLDER.findall(form)}
    return set(there) <= allowed
