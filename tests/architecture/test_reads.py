"""No read without a workspace: every method of a repository says on whose behalf it reads, or why it need not."""

import ast

from source import FUNCTIONS, modules

_SCOPING = {"scope", "workspace_id", "actor"}
# What a method may take instead, because it is whole by itself: a record that carries its workspace, or what a stranger
# is known by before any workspace is.
_SCOPED_BY = {
    "record": "carries its workspace",
    "event": "carries its workspace",
    "receipt": "carries its workspace",
    "binding": "carries its workspace",
    "member": "carries its workspace",
    "team": "carries its workspace",
    "workspace": "is the workspace",
    "code": "carries its workspace",
    "room": "carries its workspace",
    "message": "carries its workspace",
    "identity": "tells which workspace it belongs to",
    "platform": "with its tenant tells which workspace it belongs to",
    "digest": "the secret itself, which tells whose it is",
    "post": "carries its workspace",
    "rule": "carries its workspace",
    "attention": "carries its workspace",
    "burst": "carries its workspace",
    "alert": "carries its workspace",
    "draft": "its key begins with the workspace and the member",
    "merge": "carries its workspace",
    "suspect": "carries its workspace",
    "key": "begins with the workspace and the member",
    "before": "tidies up, and tells nothing",
}
# Of the process, not of any workspace.
_OUTSIDE = {
    "core/jobs/ports.py": "deliveries and jobs are the process's; what they hold is decoded with its own identity",
}
_ALLOWED = {
    ("core/members/ports.py", "only_workspace"),
    ("core/members/ports.py", "first_workspaces"),
    ("core/drafts.py", "forget_expired"),  # it tells nothing of what it drops
    ("core/members/ports.py", "list_workspaces"),
    ("core/search/ports.py", "forget_changes"),  # it tells nothing of what it drops
}


def _methods() -> list[tuple[str, str, list[str]]]:
    found = []
    for path, tree in modules().items():
        if not path.startswith("core/") or not path.endswith(("ports.py", "drafts.py")) or path in _OUTSIDE:
            continue
        for kind in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            if any(isinstance(base, ast.Name) and base.id == "Protocol" for base in kind.bases) or any(
                isinstance(base, ast.Subscript) for base in kind.bases
            ):
                found += [(path, method.name, _names(method)) for method in kind.body if _asks(method)]
    return found


def _asks(method: ast.stmt) -> bool:
    if not isinstance(method, FUNCTIONS):
        return False
    return not any(isinstance(each, ast.Name) and each.id == "property" for each in method.decorator_list)


def _names(method: ast.stmt) -> list[str]:
    assert isinstance(method, FUNCTIONS)
    return [argument.arg for argument in (*method.args.args[1:], *method.args.kwonlyargs)]


def test_repositories_are_found() -> None:
    """The check below looks at the repositories: there are many, and one of them is the customers'."""
    paths = {path for path, _, _ in _methods()}
    assert "core/customers/ports.py" in paths
    assert len(paths) >= 8


def test_every_method_is_scoped() -> None:
    """Each takes a scope or a workspace first, or something that carries one."""
    for path, name, arguments in _methods():
        first = arguments[0] if arguments else ""
        carried = first in _SCOPED_BY or first.removesuffix("s") in _SCOPED_BY  # several at once
        assert (path, name) in _ALLOWED or first in _SCOPING or carried, f"{path}: {name}({', '.join(arguments)})"
