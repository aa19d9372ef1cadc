"""Bring what tests need beyond Python: from Debian where we may, else say what to install."""

import os
import shutil
import subprocess
import sys

WANTED = {"chromium": "chromium", "redis-server": "redis-server", "msgfmt": "gettext"}


def missing() -> list[str]:
    named = {"chromium"} if os.environ.get("CHROMIUM") else set()
    if shutil.which("chromium-browser"):
        named.add("chromium")
    return [
        package
        for program, package in WANTED.items()
        if program not in named and not shutil.which(program)
    ]


def install(packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)}", flush=True)
    quiet = {
        "stdout": subprocess.DEVNULL,
        "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    }
    # A service started by its installation would listen on the usual port and outlive the tests.
    policy = "/usr/sbin/policy-rc.d"
    ours = not os.path.exists(policy)
    if ours:
        with open(policy, "w") as script:
            script.write("#!/bin/sh\nexit 101\n")
        os.chmod(policy, 0o755)  # noqa: S103
    try:
        subprocess.run(["/usr/bin/apt-get", "update", "-qq"], **quiet)
        command = ["/usr/bin/apt-get", "install", "-qq", "-y", "--no-install-recommends"]
        subprocess.run([*command, *packages], **quiet)
    finally:
        if ours:
            os.remove(policy)


if __name__ == "__main__":
    if (packages := missing()) and os.geteuid() == 0 and shutil.which("apt-get"):
        install(packages)
    if packages := missing():
        sentence = f"Tests also need {', '.join(packages)}: sudo apt install {' '.join(packages)}"
        # Redis has a stand-in among the Python packages, gettext is a convenience.
        if "chromium" in packages:
            sys.exit(sentence)
        print(sentence)
