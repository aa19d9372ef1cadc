"""A process of its own that reads one document under limits and dies alone. Run by document.py.

Answers one JSON object: {"text": ...}. Nothing in the document is followed, fetched or run.
"""

import importlib
import json
import logging
import os
import re
import resource
import sys
import zipfile
from xml.parsers import expat

MEMORY, CPU_SECONDS = 512 << 20, 20
MOST_PAGES = 60
PARTS = {"docx": "word/document.xml", "odt": "content.xml"}
BREAKS = {"w:p", "w:br", "text:p", "text:h", "text:line-break", "w:tr", "table:table-row"}
SPACES = {"w:tab", "text:tab", "text:s", "w:tc", "table:table-cell"}
# Groups of a rich text file that hold no words of the writer.
SILENT = re.compile(
    r"\\\*|\\(?:fonttbl|colortbl|stylesheet|info|pict|header|footer|listtable|rsidtbl|generator)\b"
)
TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+"
)
RTF_WORDS = {"par": "\n", "line": "\n", "row": "\n", "tab": "\t", "cell": "\t"}
RTF_SIGNS = {sign: sign for sign in "\\{}"}


def pdf(path: str, most: int) -> str:
    sys.path.append(os.environ["SITE"])
    logging.disable()  # thousands of small faults would fill the memory of who waits for us
    found = []
    for page in importlib.import_module("pypdf").PdfReader(path).pages[:MOST_PAGES]:
        found.append(page.extract_text())
        if sum(map(len, found)) > most:
            break
    return "\n".join(found)


def archive(path: str, most: int, part: str) -> str:
    """Text between marks of the one part that holds the words. A document type is refused."""
    found, size = [], 0

    def begin(name, _attributes):
        if name in SPACES:
            found.append("\t")

    def end(name):
        if name in BREAKS:
            found.append("\n")

    def refuse(*_declared):
        raise ValueError("a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = found.append
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    with zipfile.ZipFile(path) as packed, packed.open(part) as stream:
        while chunk := stream.read(1 << 16):
            parser.Parse(chunk)
            size += len(chunk)
            if size > 50 << 20 or (size > most and sum(map(len, found)) > most):
                return "".join(found)
        parser.Parse(b"", True)
    return "".join(found)


class RichText:
    """Words without their marks; signs beyond ASCII by the page the file names, else Western."""

    def __init__(self, raw: str):
        self.raw = raw
        page = re.search(r"\\ansicpg(\d{3,5})", raw[:400])
        self.encoding = f"cp{page[1]}" if page else "cp1252"
        self.found: list[str] = []
        self.depth, self.silent, self.skip = 0, None, 0

    def read(self) -> str:
        place = 0
        for match in TOKEN.finditer(self.raw):
            self.text(self.raw[place : match.start()])
            place = match.end()
            word, number, code, sign, brace = match.groups()
            if brace:
                self.group(brace, place)
            elif self.silent is None:
                self.mark(word, number, code, sign)
        return "".join(self.found)

    def text(self, plain: str) -> None:
        if self.silent is None and plain:
            self.found.append(plain[self.skip :])
            self.skip = 0

    def group(self, brace: str, place: int) -> None:
        if brace == "{":
            self.depth += 1
            if self.silent is None and SILENT.match(self.raw, place):
                self.silent = self.depth
            return
        if self.silent == self.depth:
            self.silent = None
        self.depth -= 1

    def mark(self, word: str, number: str, code: str, sign: str) -> None:
        if code and self.skip:
            self.skip = 0
        elif code:
            self.found.append(bytes([int(code, 16)]).decode(self.encoding, "replace"))
        elif word == "u" and number:
            self.found.append(chr(int(number) % 65536))
            self.skip = 1
        else:
            self.found.append(RTF_WORDS.get(word, "") or RTF_SIGNS.get(sign, ""))


def rtf(path: str, most: int) -> str:
    with open(path, "rb") as stream:
        return RichText(stream.read(10 << 20).decode("latin-1")).read()[:most]


def txt(path: str, most: int) -> str:
    with open(path, "rb") as stream:
        raw = stream.read(4 * most)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1251" if b"\xee" in raw or b"\xe0" in raw else "cp1252", "replace")


def main(path: str, kind: str, most: str) -> str:
    limit = int(most)
    if kind in PARTS:
        text = archive(path, limit, PARTS[kind])
    else:
        text = {"pdf": pdf, "rtf": rtf, "txt": txt}[kind](path, limit)
    lines = (" ".join(line.split()) for line in text.splitlines())
    tidy = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return tidy[:limit].encode("utf-8", "replace").decode()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    json.dump({"text": main(*sys.argv[1:])}, sys.stdout)
