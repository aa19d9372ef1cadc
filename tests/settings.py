"""The product's settings, in a folder of their own, without the cost of real password hashing.

Engine and broker come from KAMHUB_TEST_* variables, set by tools/test.py, never from the
environment or .env of the person who runs the tests.
"""

import atexit
import os
import shutil
import tempfile

for _name in ("DATABASE_URL", "CELERY_BROKER_URL", "CACHE_URL"):
    os.environ[_name] = os.environ.get(f"KAMHUB_TEST_{_name}", "")
    if not os.environ[_name]:
        del os.environ[_name]
for _name in ("BASE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "DEBUG", "PORT", "KAMHUB_DEMO"):
    os.environ.pop(_name, None)
os.environ["KAMHUB_DATA"] = tempfile.mkdtemp(prefix="kamhub-test-")
os.environ["KAMHUB_IGNORE_DOTENV"] = "1"
os.environ["LOG_LEVEL"] = "ERROR"
atexit.register(shutil.rmtree, os.environ["KAMHUB_DATA"], ignore_errors=True)

from kamhub.settings import *  # noqa: E402, F403
from kamhub.settings import CACHES, CELERY_BROKER_TRANSPORT_OPTIONS, DATA_DIR, DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True  # looked up when asked: a new client does not list every file anew
(DATA_DIR / "static").mkdir()

RUN = os.environ.get("KAMHUB_TEST_RUN", "kamhub")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads, the live server and workers then see what users would.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    )
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_{RUN}"}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES["default"]["KEY_PREFIX"] = f"{RUN}:{WORKER}"
if "CELERY_BROKER_URL" in os.environ:
    CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"] = f"{RUN}:{WORKER}:"
