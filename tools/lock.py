"""Lock the requirements with hashes for every platform, and set each reason beside its package."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIRECT = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[^]]*\])?==\S+\s+#\s*(.+)$", re.MULTILINE)
PINNED = re.compile(r"^([a-z0-9_.-]+)==")


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def reasons() -> dict[str, str]:
    text = "".join((ROOT / name).read_text() for name in ("requirements.in", "requirements-dev.in"))
    return {normal(name): reason for name, reason in DIRECT.findall(text)}


def compile_requirements(source: str, target: Path) -> None:
    command = ["uv", "pip", "compile", "--universal", "--generate-hashes", "--python-version=3.11"]
    command += ["--no-emit-index-url", "--no-emit-find-links", "--no-annotate", "--no-header"]
    command += ["--quiet", source, "--output-file", str(target)]
    subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]], cwd=ROOT, check=True
    )


def explained(text: str, why: dict[str, str]) -> str:
    """The lock with a comment line above every package we chose ourselves."""
    lines = [
        "# Written by `make lock` from the .in file beside it. Every file is checked by its hash."
    ]
    for line in text.splitlines():
        if (match := PINNED.match(line)) and (reason := why.get(normal(match[1]))):
            lines.append(f"# {match[1]}: {reason}")
        if "://" not in line:
            lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for stem in ("requirements", "requirements-dev"):
        target = ROOT / f"{stem}.txt"
        compile_requirements(f"{stem}.in", target)
        target.write_text(explained(target.read_text(), reasons()))
