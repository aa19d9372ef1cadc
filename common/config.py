"""Reading the environment: each value is checked here, and refused in one sentence."""

import logging
import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]


def checked_flag(env, name: str) -> bool:
    value = env.str(name, "").strip().lower()
    if value not in ("", "0", "1", "true", "false", "on", "off", "yes", "no"):
        raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")
    return value in ("1", "true", "on", "yes")


def checked_number(env, name: str, default: int, *, least: int, most: int) -> int:
    value = env.str(name, str(default))
    if not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} must be a number from {least} to {most}.")
    return int(value)


def checked_folder(name: str) -> Path:
    """The data folder, made when it is missing."""
    path = Path(name).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"KAMHUB_DATA {name}: {error.strerror}.") from error
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"KAMHUB_DATA {name} cannot be written to.")
    return path


def check_public(base_url: str, *, debug: bool, demo: bool) -> None:
    """What is fine on one's own machine gives everything away at a public address."""
    if urlsplit(base_url).scheme != "https":
        return
    if debug:
        raise ImproperlyConfigured(
            "DEBUG shows our insides to visitors; not with an https BASE_URL."
        )
    if demo:
        raise ImproperlyConfigured("KAMHUB_DEMO has public passwords; not with an https BASE_URL.")


def secret_key(given: str, data_dir: Path) -> str:
    """The key given, or one made once and kept in the data folder."""
    if given:
        if len(given) < 50 or len(set(given)) < 10 or given.startswith("django-insecure"):
            raise ImproperlyConfigured(
                "SECRET_KEY must be at least 50 random characters; leave it out to have one made."
            )
        return given
    path = data_dir / "secret_key"
    if not path.exists():
        own = data_dir / f"secret_key.{os.getpid()}"
        own.touch(mode=0o600)
        own.write_text(secrets.token_urlsafe(64))
        with suppress(FileExistsError):  # another process was faster: its key is the key
            os.link(own, path)
        own.unlink()
    return path.read_text().strip()


def checked_hosts(hosts: list[str], base_url: str) -> list[str]:
    """Allowed hosts: those given, else the host of BASE_URL and this machine's own names."""
    if "*" in hosts:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name hosts; '*' lets anyone pose as us.")
    host = urlsplit(base_url).hostname
    if not host or urlsplit(base_url).scheme not in ("http", "https"):
        raise ImproperlyConfigured(
            f"BASE_URL must look like https://kam.example, not {base_url!r}."
        )
    return hosts or list(dict.fromkeys([host, *LOOPBACK]))


def checked_database(env, data_dir: Path) -> dict:
    """PostgreSQL by DATABASE_URL, else SQLite in the data folder, tuned for several writers."""
    url = env.str("DATABASE_URL", "")
    if url and not url.startswith(("postgres://", "postgresql://", "sqlite:///")):
        raise ImproperlyConfigured("DATABASE_URL must begin with postgres:// or sqlite:///.")
    config = env.db_url_config(url or f"sqlite:///{data_dir / 'kamhub.sqlite3'}")
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
            ),
        }
    else:
        config.setdefault("OPTIONS", {}).setdefault("connect_timeout", 3)
        config.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
    config["ATOMIC_REQUESTS"] = False
    return config


def checked_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ImproperlyConfigured(
            f"TIME_ZONE {name!r} is unknown; take one like Europe/Berlin."
        ) from error
    return name


def checked_language(code: str, languages: list[tuple[str, str]]) -> str:
    codes = [known for known, _ in languages]
    if code not in codes:
        raise ImproperlyConfigured(f"LANGUAGE_CODE must be one of {', '.join(codes)}.")
    return code


def checked_level(name: str) -> str:
    """A level of logging by its name."""
    if name.upper() not in logging.getLevelNamesMapping():
        raise ImproperlyConfigured(f"LOG_LEVEL {name!r} is unknown; take INFO or WARNING.")
    return name.upper()


def checked_email(env, data_dir: Path) -> dict:
    """Mail settings from EMAIL_URL; without one, mail waits as files in outbox/."""
    url = env.str("EMAIL_URL", "")
    if url and urlsplit(url).scheme not in ("smtp", "smtp+tls", "smtp+ssl", "smtps"):
        raise ImproperlyConfigured("EMAIL_URL must look like smtp+tls://user:password@host:587.")
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(data_dir / "outbox"),
        }
    config = env.email_url("EMAIL_URL")
    return {**config, "EMAIL_TIMEOUT": 10}


def checked_scanner(url: str) -> str:
    """Where clamd listens; nothing where files are not scanned."""
    parts = urlsplit(url)
    named = parts.hostname if parts.scheme == "tcp" else parts.scheme == "unix" and parts.path
    if url and not named:
        raise ImproperlyConfigured(
            "CLAMD_URL must look like tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl."
        )
    return url


def cache_settings(url: str, data_dir: Path) -> dict:
    """Django's cache: Redis where given, else a file; JSON in both."""
    path = data_dir / "cache.sqlite3"
    if not url:
        return {"BACKEND": "common.cache.FileCache", "LOCATION": path}
    if not url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must begin with redis://, rediss:// or unix://.")
    return {
        "BACKEND": "common.cache.ResilientRedisCache",
        "KEY_PREFIX": "kamhub",
        "LOCATION": url,
        "OPTIONS": {
            "serializer": "common.cache.JSONSerializer",
            "fallback": path,
            "socket_connect_timeout": 0.25,
            "socket_timeout": 1,
        },
    }


def broker_settings(url: str, folders: list[Path]) -> dict:
    """Celery's broker: the one given, else folders on this machine's disk."""
    if url and not url.startswith(("redis://", "rediss://", "redis+socket://")):
        raise ImproperlyConfigured("CELERY_BROKER_URL must begin with redis:// or rediss://.")
    if url:
        return {
            "CELERY_BROKER_URL": url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": {
                "visibility_timeout": 3600,
                "socket_connect_timeout": 3,
                "socket_timeout": 30,
                "socket_keepalive": True,
            },
        }
    queue, control = folders
    queue.mkdir(parents=True, exist_ok=True)
    control.mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "filesystem://",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(control),
            "polling_interval": 0.2,
        },
    }
