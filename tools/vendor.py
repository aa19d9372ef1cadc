"""Copies the wanted files of node_modules into static/vendor; joins our icons into one sprite.

Run `npm ci --ignore-scripts` first. With --check nothing is written: a difference ends with 1.
"""

import base64
import hashlib
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
STATIC = ROOT / "static"
INTER = "@fontsource-variable/inter"
WANTED = {
    "@dagrejs/dagre/dist/dagre.min.js": "vendor/dagre/dagre.min.js",
    "@dagrejs/dagre/LICENSE": "vendor/dagre/LICENSE",
    "bootstrap/dist/css/bootstrap.min.css": "vendor/bootstrap/bootstrap.min.css",
    "bootstrap/LICENSE": "vendor/bootstrap/LICENSE",
    "bootstrap-icons/LICENSE": "vendor/bootstrap-icons/LICENSE",
    f"{INTER}/LICENSE": "vendor/inter/LICENSE",
    **{
        f"{INTER}/files/inter-{script}-opsz-normal.woff2": f"vendor/inter/inter-{script}.woff2"
        for script in ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
    },
}
SYMBOL = '<symbol id="{name}" viewBox="{box}">{body}</symbol>'


def vendored(source: str) -> bytes:
    """The file as we ship it, without the pointer to a source map that we do not ship."""
    content = (MODULES / source).read_bytes()
    if source.endswith(".css"):
        content = re.sub(rb"/\*# sourceMappingURL=.*?\*/\s*$", b"", content)
    if source.endswith(".js"):
        content = re.sub(rb"//# sourceMappingURL=\S+\s*$", b"", content)
    return content


def sprite() -> bytes:
    """One file with a symbol for each name in static/icons.txt."""
    symbols = []
    for name in (STATIC / "icons.txt").read_text().split():
        svg = (MODULES / "bootstrap-icons" / "icons" / f"{name}.svg").read_text()
        box = re.search(r'viewBox="([^"]+)"', svg)[1]
        body = re.sub(r"\s*\n\s*", "", re.search(r"<svg[^>]*>(.*)</svg>", svg, re.DOTALL)[1])
        symbols.append(SYMBOL.format(name=name, box=box, body=body))
    lines = ['<svg xmlns="http://www.w3.org/2000/svg">', *sorted(symbols), "</svg>", ""]
    return "\n".join(lines).encode()


def lock_entry(source: str, target: str, content: bytes) -> dict:
    parts = source.split("/")
    package = "/".join(parts[: 2 if source.startswith("@") else 1])
    about = json.loads((MODULES / package / "package.json").read_text())
    digest = base64.b64encode(hashlib.sha384(content).digest()).decode()
    return {
        "package": f"{package}@{about['version']}",
        "licence": about["license"],
        "path": f"static/{target}",
        "sha384": digest,
        "bytes": len(content),
    }


def main() -> int:
    files = {target: vendored(source) for source, target in WANTED.items()}
    lock = [lock_entry(source, target, files[target]) for source, target in WANTED.items()]
    files["icons.svg"] = sprite()
    lock.append(lock_entry("bootstrap-icons/icons", "icons.svg", files["icons.svg"]))
    files["vendor.lock.json"] = (json.dumps(lock, indent=2) + "\n").encode()
    targets = {
        (ROOT if name == "vendor.lock.json" else STATIC) / name: content
        for name, content in files.items()
    }
    changed = [p for p, content in targets.items() if not p.exists() or p.read_bytes() != content]
    known = {*targets}
    changed += [p for p in (STATIC / "vendor").rglob("*") if p.is_file() and p not in known]
    if "--check" in sys.argv:
        for path in changed:
            print(f"{path.relative_to(ROOT)} differs from what the packages give")
        return 1 if changed else 0
    for path, content in targets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    print(f"{len(targets)} files, {sum(map(len, targets.values())):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
