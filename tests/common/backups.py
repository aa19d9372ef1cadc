"""The place a backup is made of or restored into: its files, its rows."""

from django.core.management import call_command

from common import backup


def forget_uploads() -> None:
    for path in backup.upload_paths():
        path.unlink()


def empty_the_place() -> None:
    call_command("flush", interactive=False, verbosity=0)
    forget_uploads()
