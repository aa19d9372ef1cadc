"""One file that holds the database and the uploads, and proves itself when it is brought back.

A zip archive: tables/<table>.jsonl with one JSON array a row, data/<path in the data folder>, and
manifest.json with every table's columns, row count and digest. Rows go through Django's fields, so
that a backup made on SQLite restores on PostgreSQL and the other way round, with equal digests. A
digest is the sum of the rows' SHA-256 modulo 2^256: the engines may read rows in different orders.

Sessions stay out: after a restore everybody signs in again.
"""

from common.backup.files import Report, upload_paths
from common.backup.restoring import restore
from common.backup.tables import snapshot
from common.backup.writing import back_up

__all__ = ["Report", "back_up", "restore", "snapshot", "upload_paths"]
