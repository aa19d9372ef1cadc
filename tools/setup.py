"""Make .venv hold exactly what is locked; a second run sees that nothing changed and ends at once.

Runs on the system's own Python, before anything is installed: standard library only.
"""

import hashlib
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def fingerprint(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def make_venv() -> None:
    if PYTHON.exists():
        return
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: PLC0415
    except ImportError:
        sys.exit("Python's venv module is missing: install it (Debian: apt install python3-venv).")
    print("Making .venv", flush=True)
    venv.create(VENV, with_pip=True)


def install(lock: Path) -> None:
    stamp = VENV / f".installed-{lock.stem}"
    wanted = fingerprint(lock)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing {lock.name} into .venv (takes a minute or two the first time)", flush=True)
    command = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check"]
    command += ["--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)]
    if subprocess.run(command, cwd=ROOT).returncode:
        sys.exit(f"Installing {lock.name} failed: see the lines above. Then run the same again.")
    stamp.write_text(wanted)


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit("KAM Hub needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    make_venv()
    for name in sys.argv[1:]:
        install(ROOT / name)
