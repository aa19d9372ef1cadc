"""Caches that hold JSON only, so that nobody who can write to one can make us run code.

Without Redis: one small SQLite file beside the database, shared by all processes of this machine.
With Redis: Redis, and that file while Redis is away, because pages must not fail with it.
"""

import json
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisGone
from redis.exceptions import TimeoutError as RedisSlow

TABLE = """
CREATE TABLE IF NOT EXISTS entry (key TEXT PRIMARY KEY, value TEXT NOT NULL, expires REAL)
WITHOUT ROWID
"""
UPSERT = """
INSERT INTO entry (key, value, expires) VALUES (?, ?, ?)
ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires = excluded.expires
"""


class JSONSerializer:
    """For Django's Redis cache; a whole number is its own JSON, so INCR works on it."""

    def dumps(self, value) -> str:
        return json.dumps(value)

    def loads(self, data: bytes):
        return json.loads(data)


class FileCache(BaseCache):
    """A cache in one SQLite file (LOCATION). Lost on a crash at worst, never corrupted."""

    CULL_EVERY = 500

    def __init__(self, location, params):
        super().__init__(params)
        self._path = Path(location)
        self._connection = None
        self._pid = None
        self._writes = 0

    @property
    def _db(self) -> sqlite3.Connection:
        if self._pid != os.getpid():  # a connection must not cross a fork
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(
                self._path, timeout=10, isolation_level=None, check_same_thread=False
            )
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=OFF")
            self._connection.execute(TABLE)
            self._pid = os.getpid()
        return self._connection

    def _expires(self, timeout) -> float | None:
        return self.get_backend_timeout(timeout)

    def get(self, key, default=None, version=None):
        row = self._db.execute(
            "SELECT value FROM entry WHERE key = ? AND (expires IS NULL OR expires > ?)",
            (self.make_and_validate_key(key, version=version), time.time()),
        ).fetchone()
        return default if row is None else json.loads(row[0])

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        key = self.make_and_validate_key(key, version=version)
        self._db.execute(UPSERT, (key, json.dumps(value), self._expires(timeout)))
        self._cull_sometimes()

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        key = self.make_and_validate_key(key, version=version)
        done = self._db.execute(
            UPSERT + " WHERE entry.expires IS NOT NULL AND entry.expires <= ?",
            (key, json.dumps(value), self._expires(timeout), time.time()),
        )
        self._cull_sometimes()
        return done.rowcount == 1

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        done = self._db.execute(
            "UPDATE entry SET expires = ? WHERE key = ? AND (expires IS NULL OR expires > ?)",
            (
                self._expires(timeout),
                self.make_and_validate_key(key, version=version),
                time.time(),
            ),
        )
        return done.rowcount == 1

    def incr(self, key, delta=1, version=None):
        made = self.make_and_validate_key(key, version=version)
        row = self._db.execute(
            "UPDATE entry SET value = CAST(value AS INTEGER) + ?"
            " WHERE key = ? AND (expires IS NULL OR expires > ?) RETURNING value",
            (delta, made, time.time()),
        ).fetchall()
        if not row:
            raise ValueError(f"Key {key!r} not found")
        return int(row[0][0])

    def delete(self, key, version=None):
        made = self.make_and_validate_key(key, version=version)
        return self._db.execute("DELETE FROM entry WHERE key = ?", (made,)).rowcount == 1

    def has_key(self, key, version=None):
        missing = object()
        return self.get(key, missing, version=version) is not missing

    def clear(self):
        self._db.execute("DELETE FROM entry")

    def _cull_sometimes(self):
        self._writes += 1
        if self._writes % self.CULL_EVERY == 1:
            self._db.execute("DELETE FROM entry WHERE expires <= ?", (time.time(),))


class ResilientRedisCache(BaseCache):
    """Redis; while it does not answer, the file named in OPTIONS["fallback"].

    After a failure Redis is left alone for a few seconds, so that pages do not wait for it.
    """

    REST = 5.0

    def __init__(self, server, params):
        super().__init__(params)
        options = dict(params.get("OPTIONS", {}))
        fallback = options.pop("fallback")
        self._redis = RedisCache(server, {**params, "OPTIONS": options})
        self._file = FileCache(fallback, {k: v for k, v in params.items() if k != "OPTIONS"})
        self._away_until = 0.0

    def _either(self, method: str, *args, **kwargs):
        if time.monotonic() >= self._away_until:
            try:
                return getattr(self._redis, method)(*args, **kwargs)
            except (RedisGone, RedisSlow):
                self._away_until = time.monotonic() + self.REST
        return getattr(self._file, method)(*args, **kwargs)

    def get(self, *args, **kwargs):
        return self._either("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._either("set", *args, **kwargs)

    def add(self, *args, **kwargs):
        return self._either("add", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._either("touch", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._either("incr", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._either("delete", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._either("has_key", *args, **kwargs)

    def clear(self):
        """Only our own keys: the Redis may be shared, and Django would flush all of it."""
        self._file.clear()
        with suppress(RedisGone, RedisSlow):
            client = self._redis._cache.get_client(None, write=True)
            for key in client.scan_iter(match=f"{self.key_prefix}:*"):
                client.delete(key)
