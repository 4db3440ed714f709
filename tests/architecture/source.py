"""The project's own files, parsed once."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("core", "storage", "cards", "commands", "adapters", "bots")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of the program by its path."""
    return {path: tree(path) for package in PACKAGES for path in _python_below(package)}


@cache
def modules_of_tests() -> dict[str, ast.Module]:
    """Every module of the tests by its path."""
    return {path: tree(path) for path in _python_below("tests")}


def _python_below(folder: str) -> list[str]:
    return sorted(str(path.relative_to(ROOT)) for path in (ROOT / folder).rglob("*.py"))


@cache
def tree(path: str) -> ast.Module:
    """A module's syntax tree."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), path)


@cache
def nodes(path: str) -> tuple[ast.AST, ...]:
    """Everything in a module's syntax tree."""
    return tuple(ast.walk(tree(path)))


def tracked_files() -> list[Path]:
    """The files that are in the repository; those below the folders of the project where git is not to be had."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)  # noqa: S607 - whichever there is
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        found = [path for folder in (*PACKAGES, "tests", "docs", "deploy") for path in (ROOT / folder).rglob("*")]
    return [path for path in found if path.is_file() and "__pycache__" not in path.parts]
