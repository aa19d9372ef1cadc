"""A bad value stops the start with one line that says which and why."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from common import config

BAD = [
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    ({"BASE_URL": "kam.example.org"}, "BASE_URL"),
    ({"BASE_URL": "https://kam.example.org", "DEBUG": "1"}, "DEBUG"),
    ({"BASE_URL": "https://kam.example.org", "KAMHUB_DEMO": "1"}, "KAMHUB_DEMO"),
    ({"SECRET_KEY": "short"}, "SECRET_KEY"),
    ({"SECRET_KEY": "a" * 60}, "SECRET_KEY"),
    ({"SECRET_KEY": "django-insecure-" + "k3y9" * 15}, "SECRET_KEY"),
    ({"DATABASE_URL": "mysql://u:p@127.0.0.1/x"}, "DATABASE_URL"),
    ({"DATABASE_URL": "nonsense"}, "DATABASE_URL"),
    ({"CACHE_URL": "pickle:///tmp/x"}, "CACHE_URL"),
    ({"CELERY_BROKER_URL": "sqla+sqlite:///x"}, "CELERY_BROKER_URL"),
    ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE"),
    ({"LANGUAGE_CODE": "xx"}, "LANGUAGE_CODE"),
    ({"EMAIL_URL": "carrier-pigeon://x"}, "EMAIL_URL"),
    ({"PORT": "many"}, "PORT"),
    ({"PORT": "70000"}, "PORT"),
    ({"WEB_WORKERS": "0"}, "WEB_WORKERS"),
    ({"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
    ({"DEBUG": "perhaps"}, "DEBUG"),
    ({"KAMHUB_DATA": "/proc/nowhere"}, "KAMHUB_DATA"),
]


def start(folder, **env) -> subprocess.CompletedProcess:
    """Load the settings in a process of their own, as any command would."""
    known = ("PATH", "HOME", "LANG", "VIRTUAL_ENV")
    return subprocess.run(
        [sys.executable, "-c", "import kamhub.settings"],
        cwd=settings.BASE_DIR,
        env={
            **{name: os.environ[name] for name in known if name in os.environ},
            "KAMHUB_DATA": str(folder),
            "KAMHUB_IGNORE_DOTENV": "1",
            **env,
        },
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("env", "named"), BAD, ids=[" ".join(map("=".join, e.items())) for e, _ in BAD]
)
def test_a_bad_value_stops_the_start_in_one_line(tmp_path, env, named):
    done = start(tmp_path, **env)
    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert named in done.stderr


def test_nothing_configured_is_a_good_start(tmp_path):
    done = start(tmp_path)
    assert done.returncode == 0, done.stderr


def test_the_key_made_once_is_kept_and_nobody_elses_to_read(tmp_path):
    first = config.secret_key("", tmp_path)
    assert len(first) >= 50
    assert config.secret_key("", tmp_path) == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0


def test_hosts_are_those_of_the_address_and_of_this_machine():
    assert config.checked_hosts([], "https://kam.example.org") == [
        "kam.example.org", "localhost", "127.0.0.1", "[::1]",
    ]  # fmt: skip
    assert config.checked_hosts(["a.example"], "https://kam.example.org") == ["a.example"]


def test_the_engines_wait_for_each_other_rather_than_fail(tmp_path):
    import environ  # noqa: PLC0415

    env = environ.Env()
    database = config.checked_database(env, tmp_path)
    if database["ENGINE"].endswith("sqlite3"):
        assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert database["ATOMIC_REQUESTS"] is False


def test_a_cache_that_would_pickle_cannot_be_configured(tmp_path):
    with pytest.raises(ImproperlyConfigured):
        config.cache_settings("locmem://", tmp_path)
    for url in ("", "redis://127.0.0.1:6379/1"):
        assert config.cache_settings(url, tmp_path)["BACKEND"].startswith("common.cache.")


@pytest.mark.parametrize("url", ["", "tcp://127.0.0.1:3310", "unix:///run/clamd.ctl"])
def test_an_address_of_a_scanner_is_taken(url):
    assert config.checked_scanner(url) == url


@pytest.mark.parametrize("url", ["127.0.0.1:3310", "http://127.0.0.1", "tcp://", "unix://"])
def test_an_address_that_is_no_scanner_is_refused(url):
    with pytest.raises(ImproperlyConfigured, match="CLAMD_URL"):
        config.checked_scanner(url)
