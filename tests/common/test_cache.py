import pickle
import subprocess
import sys
import time

import pytest
import redis

from common.cache import FileCache, JSONSerializer, ResilientRedisCache
from tests import services


class Trap:
    """Unpickling it would leave a mark."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return (open, (str(self.mark), "w"))


@pytest.fixture
def cache(tmp_path):
    return FileCache(tmp_path / "cache.sqlite3", {})


def test_a_value_is_kept_until_it_expires(cache):
    cache.set("a", {"list": [1, 2.5, None, "é"]}, 60)
    cache.set("gone", 1, 0.01)
    time.sleep(0.02)
    assert cache.get("a") == {"list": [1, 2.5, None, "é"]}
    assert cache.get("gone", "nothing") == "nothing"
    assert "a" in cache and "gone" not in cache


def test_add_sets_only_what_is_missing_or_expired(cache):
    assert cache.add("lock", 1, 0.01)
    assert not cache.add("lock", 2, 60)
    time.sleep(0.02)
    assert cache.add("lock", 3, 60)
    assert cache.get("lock") == 3


def test_counting_is_exact_and_refuses_what_is_missing(cache):
    cache.set("n", 5)
    assert cache.incr("n") == 6
    assert cache.decr("n", 2) == 4
    with pytest.raises(ValueError, match="not found"):
        cache.incr("absent")


def test_touch_prolongs_only_what_is_there(cache):
    cache.set("a", 1, 0.01)
    assert cache.touch("a", 60)
    time.sleep(0.02)
    assert cache.get("a") == 1
    assert not cache.touch("absent")


def test_delete_says_whether_there_was_something(cache):
    cache.set("a", 1)
    assert cache.delete("a") and not cache.delete("a")


def test_expired_entries_are_swept_away(cache):
    cache.set("old", 1, 0.001)
    time.sleep(0.01)
    for number in range(cache.CULL_EVERY + 1):
        cache.set("busy", number)
    assert cache._db.execute("SELECT count(*) FROM entry").fetchone() == (1,)


def test_two_processes_count_together(tmp_path):
    path = tmp_path / "cache.sqlite3"
    FileCache(path, {}).set("n", 0)
    code = (
        "import sys; from django.conf import settings; settings.configure();"
        "from common.cache import FileCache; c = FileCache(sys.argv[1], {});"
        "[c.incr('n') for _ in range(200)]"
    )
    processes = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(2)]
    assert [process.wait(timeout=30) for process in processes] == [0, 0]
    assert FileCache(path, {}).get("n") == 400


def test_a_value_that_is_not_json_is_refused_when_written(cache):
    with pytest.raises(TypeError):
        cache.set("a", object())


def test_a_pickle_in_the_cache_is_never_opened(cache, tmp_path):
    mark = tmp_path / "mark"
    evil = pickle.dumps(Trap(mark))
    cache.set("a", "x")
    cache._db.execute("UPDATE entry SET value = ?", (evil.decode("latin-1"),))
    for read in (lambda: cache.get("a"), lambda: JSONSerializer().loads(evil)):
        with pytest.raises(ValueError):
            read()
    assert not mark.exists()


@pytest.fixture(scope="module")
def server():
    with services.own_redis() as server:
        yield server


def through_redis(url, tmp_path) -> ResilientRedisCache:
    options = {"serializer": "common.cache.JSONSerializer", "fallback": tmp_path / "c.sqlite3"}
    options["socket_connect_timeout"] = 0.25
    return ResilientRedisCache(url, {"OPTIONS": options, "KEY_PREFIX": "ours"})


def test_redis_holds_json_and_counts(server, tmp_path):
    cache = through_redis(server.url, tmp_path)
    cache.set("a", {"n": [1]})
    cache.set("n", 1)
    assert cache.incr("n") == 2
    assert cache.get_many(["a", "n"]) == {"a": {"n": [1]}, "n": 2}
    assert redis.from_url(server.url).get("ours:1:a") == b'{"n": [1]}'


def test_clearing_leaves_what_others_keep_in_the_same_redis(server, tmp_path):
    client = redis.from_url(server.url)
    client.set("somebody:else", "1")
    cache = through_redis(server.url, tmp_path)
    cache.set("a", 1)
    cache.clear()
    assert cache.get("a") is None
    assert client.get("somebody:else") == b"1"


def test_pages_go_on_without_redis_and_do_not_wait_for_it(tmp_path):
    cache = through_redis(f"redis://127.0.0.1:{services.free_port()}/0", tmp_path)
    begun = time.perf_counter()
    for number in range(20):
        cache.set("a", number)
        assert cache.get("a") == number
    assert time.perf_counter() - begun < 5  # twenty waits for Redis would be a minute
