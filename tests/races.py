"""Two who do the same at the same moment: a double click, two tabs, two directors.

SQLite lets one wait for the other's end; what PostgreSQL does in between shows only there.
"""

import threading
from collections.abc import Callable

from django.db import connection

from common.errors import RuleBroken


def two_at_once(act: Callable[[], object]) -> list[str]:
    """How it ended for both, sorted: "done", "refused", or the name of an error of ours."""
    barrier, outcomes = threading.Barrier(2), []

    def attempt() -> None:
        barrier.wait()
        try:
            act()
            outcomes.append("done")
        except RuleBroken:
            outcomes.append("refused")
        except Exception as error:  # the test says what it expected
            outcomes.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)
