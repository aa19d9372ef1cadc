"""Everything that reads the code without running it; all of it even when one part fails."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent

CHECKS = {
    "lint": [PYTHON, "-m", "ruff", "check", "."],
    "format": [PYTHON, "-m", "ruff", "format", "--check", "--quiet", "."],
    "import contract": [str(BIN / "lint-imports"), "--no-cache"],
    "types": [PYTHON, "-m", "mypy", "--no-error-summary"],
    "deployment": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [PYTHON, "manage.py", "check_messages"],
    "requirements": [PYTHON, "-m", "pip", "check", "--quiet"],
}


def run(name: str, command: list[str], env: dict[str, str]) -> bool:
    begun = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    seconds = time.monotonic() - begun
    print(f"{name:16} {'ok' if done.returncode == 0 else 'FAILED'} {seconds:5.1f} s", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    chosen = sys.argv[1:] or list(CHECKS)
    with tempfile.TemporaryDirectory(prefix="kamhub-check-") as folder:
        env = {
            **os.environ,
            "KAMHUB_DATA": folder,
            "KAMHUB_IGNORE_DOTENV": "1",
            "BASE_URL": "https://kam.example.org",
        }
        for name in ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL", "DEBUG"):
            env.pop(name, None)
        results = [run(name, CHECKS[name], env) for name in chosen]
    sys.exit(0 if all(results) else 1)
