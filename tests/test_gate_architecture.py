"""Rows of who answers for an account are written in one module, past the gate."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings

from tests.test_architecture import relative, routes, sources, tree

DOOR = "accounts/commands/placing.py"
FREE = (DOOR, "kpi/demo/")  # the demo writes a company that never asked anybody
WRITES = {
    "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "update", "delete",
    "save", "aupdate", "adelete", "asave", "acreate", "raw",
}  # fmt: skip
LEAVE = {"account", "user", "made_by", "pk", "account_id", "user_id"}  # other rows from here on


def functions(path: Path) -> Iterator[ast.AST]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef))


def is_row(node: ast.AST | None, known: set[str]) -> bool:
    """Whether an expression is, or leads to, assignments: a chain, a call, a subscript of them."""
    if isinstance(node, ast.Name):
        return node.id == "Assignment" or node.id in known
    if isinstance(node, ast.Attribute):
        return node.attr == "assignments" or (node.attr not in LEAVE and is_row(node.value, known))
    if isinstance(node, ast.Call):
        inner = is_row(node.func, known)
        name = getattr(node.func, "id", "")
        return inner or (name in ("list", "sorted", "set", "iter", "next") and any(
            is_row(argument, known) for argument in node.args))  # fmt: skip
    if isinstance(node, ast.Subscript):
        return is_row(node.value, known)
    if isinstance(node, ast.IfExp):
        return is_row(node.body, known) or is_row(node.orelse, known)
    return False


def names_of_rows(function: ast.FunctionDef) -> set[str]:
    """Names in a function that hold assignments, however often they were handed on."""
    arguments = [*function.args.args, *function.args.kwonlyargs]
    known = {
        one.arg
        for one in arguments
        if one.annotation and "Assignment" in ast.unparse(one.annotation)
    }
    before = -1
    while before != len(known):
        before = len(known)
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and is_row(node.value, known):
                known |= {t.id for t in node.targets if isinstance(t, ast.Name)}
            if isinstance(node, ast.For | ast.comprehension) and is_row(node.iter, known):
                known |= {node.target.id} if isinstance(node.target, ast.Name) else set()
    return known


def writes(function: ast.FunctionDef) -> list[int]:
    """The lines on which a function writes assignments."""
    known, found = names_of_rows(function), []
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            is_made = isinstance(node.func, ast.Name) and node.func.id == "Assignment"
            is_written = (
                isinstance(node.func, ast.Attribute)
                and node.func.attr in WRITES
                and is_row(node.func.value, known)
            )
            if is_made or is_written:
                found.append(node.lineno)
        if isinstance(node, ast.Assign):
            stored = [t for t in node.targets if isinstance(t, ast.Attribute)]
            found += [t.lineno for t in stored if t.attr != "account" and is_row(t.value, known)]
    return found


def test_only_one_module_writes_who_answers_for_an_account():
    found = [
        f"{relative(path)}:{line}"
        for path in sources()
        if "ssignment" in path.read_text() and not relative(path).startswith(FREE)
        for function in functions(path)
        for line in writes(function)
    ]
    assert not found, "go through accounts.commands.placing:\n" + "\n".join(found)


def test_the_search_finds_what_it_is_for():
    bad = """
def one(account):
    rows = account.assignments.on(day)
    for row in rows:
        row.user = somebody
        row.save()
def two(row: Assignment):
    row.delete()
def three():
    Assignment.objects.filter(pk=1).update(user=2)
def four():
    held = list(Assignment.objects.all())
    mine = held[0]
    mine.valid_from = None
def five():
    Assignment(user=1)
"""
    bad_functions = ast.parse(bad).body
    assert [len(writes(function)) for function in bad_functions] == [2, 1, 1, 1, 1]
    good = """
def one(row: Assignment):
    account = row.account
    account.save()
    row.account = account
    names = [row.user.name for row in Assignment.objects.all()]
"""
    assert not writes(ast.parse(good).body[0])
    door = next(path for path in sources() if relative(path) == DOOR)
    assert sum(len(writes(function)) for function in functions(door)) > 5


def test_no_other_door_stands_open():
    """No admin site and no interface that writes rows by their model."""
    labels = {config.name for config in apps.get_app_configs()}
    assert not labels & {"django.contrib.admin", "rest_framework", "ninja", "graphene_django"}
    assert not any(name.startswith(("admin:", "api:")) for name in routes())
    assert "admin" not in settings.ROOT_URLCONF
