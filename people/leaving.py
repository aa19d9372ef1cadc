"""What must be settled before somebody stops working here; apps above register what they know."""

from collections.abc import Callable

from people.models import User

# check(user, roles): words for who asks, when somebody left with only these roles (none: their
# sign-in is closed) would leave something behind; "" when nothing stands in the way.
Check = Callable[[User, frozenset[str]], str]

CHECKS: list[Check] = []


def register(check: Check) -> None:
    if check not in CHECKS:
        CHECKS.append(check)


def stands_in_the_way(user: User, *, roles: frozenset[str] = frozenset()) -> str:
    """The first reason why `user` may not be left with only `roles` yet, or nothing."""
    return next((words for check in CHECKS if (words := check(user, roles))), "")
