"""SQL stands in bot/storage and is made of constants alone: what people write travels as parameters."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.assistant import ROOT

_CALLS = {"execute", "executemany", "execute_fetchall", "execute_insert", "executescript", "rows"}
# Read by hand: what varies in each of them comes from the code, from our own files, or from the schema itself.
_EXEMPT = {
    ("bot/storage/database.py", "_migrate"),  # the numbered files
    ("bot/storage/database.py", "_connected"),  # the table of pragmas
    ("bot/storage/database.py", "rows"),  # hands on: whoever calls it is checked
    ("bot/storage/backup_file.py", "_digest"),  # names of tables as the schema has them, quoted
    ("bot/storage/desk/cards.py", "all"),  # a constant with its placeholders numbered
    ("bot/storage/people.py", "erase"),  # walks a constant tuple
    ("bot/storage/retention.py", "sweep"),  # tables and columns of the retention table in the code
    ("bot/storage/sessions.py", "_read"),  # conditions that are constants of that file
}
_SQL = ("SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM ", "PRAGMA ", "BEGIN ")


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


class Checker(ast.NodeVisitor):
    """Follows the first argument of each call that runs SQL to where it comes from."""

    def __init__(self, tree: ast.Module) -> None:
        self.problems: list[str] = []
        self.calls = 0
        self._function = ""
        self._local: dict[str, list[ast.expr]] = {}
        self._constants: dict[str, ast.expr] = {}
        for node in tree.body:
            target = node.targets[0] if isinstance(node, ast.Assign) else None
            if isinstance(node, ast.Assign) and isinstance(target, ast.Name):
                self._constants[target.id] = node.value
            if isinstance(node, ast.ImportFrom):
                names = (alias.asname or alias.name for alias in node.names)
                self._constants |= {name: ast.Constant("") for name in names if name.isupper()}
        self.visit(tree)

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        before = self._function, self._local
        self._function, self._local = node.name, {}
        for inner in ast.walk(node):
            if isinstance(inner, ast.Assign):
                for target in inner.targets:
                    if isinstance(target, ast.Name):
                        self._local.setdefault(target.id, []).append(inner.value)
        self.generic_visit(node)
        self._function, self._local = before

    visit_FunctionDef = visit_AsyncFunctionDef = _visit_function  # noqa: N815 (ast's own names)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS and node.args:
            self.calls += 1
            if not self._is_constant(node.args[0]):
                self.problems.append(f"{node.lineno} in {self._function}: {ast.unparse(node.args[0])[:90]}")
        self.generic_visit(node)

    def _is_constant(self, node: ast.expr) -> bool:
        match node:
            case ast.Constant():
                return True
            case ast.JoinedStr():
                return all(self._is_constant(part) for part in node.values)
            case ast.FormattedValue():
                return self._is_constant(node.value)
            case ast.BinOp():
                return self._is_constant(node.left) and self._is_constant(node.right)
            case ast.IfExp():
                return self._is_constant(node.body) and self._is_constant(node.orelse)
            case ast.Tuple() | ast.List():
                return all(self._is_constant(part) for part in node.elts)
            case ast.Call(func=ast.Attribute(value=made, attr="format" | "join"), keywords=[]):
                return self._is_constant(made) and all(self._is_constant(part) for part in node.args)
            case ast.Name():
                known = self._local.get(node.id) or ([self._constants[node.id]] if node.id in self._constants else [])
                return bool(known) and all(self._is_constant(one) for one in known)
        return False


@pytest.mark.parametrize("path", files("bot/storage"), ids=lambda path: path.stem)
def test_sql_is_made_of_constants(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    found = Checker(ast.parse(path.read_text(encoding="utf-8"))).problems
    assert [one for one in found if (name, one.partition(" in ")[2].partition(":")[0]) not in _EXEMPT] == []


def test_the_rule_sees_what_it_must() -> None:
    assert sum(Checker(ast.parse(path.read_text(encoding="utf-8"))).calls for path in files("bot/storage")) > 80
    for bad in (
        'c.execute(f"SELECT {text}")',
        'c.execute("SELECT " + text)',
        'c.execute("SELECT %s" % text)',
        "c.execute(text)",
    ):
        assert Checker(ast.parse(f"async def f(c, text):\n    {bad}\n")).problems, bad
    good = 'A = "b"\nasync def f(c, text):\n    sql = f"SELECT {A}"\n    c.execute(sql, (text,))\n'
    assert not Checker(ast.parse(good)).problems


def test_no_sql_stands_anywhere_else() -> None:
    for path in [*files("bot/domain"), *files("bot/knowledge_base"), *files("bot/app"), *files("handlers")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not node.value.startswith(_SQL), f"{path}:{node.lineno}"
