"""Setting up: what is there already is left alone, and what is made finds its checkout wherever that is moved."""

import importlib.util
import os
import subprocess
import sys
import venv
from pathlib import Path
from types import ModuleType

import pytest

from tests.bots.processes import ROOT


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The installer of a checkout in which nothing is set up; making its environment bare and empty takes no time."""
    spec = importlib.util.spec_from_file_location("install", ROOT / "deploy" / "install.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    checkout = tmp_path / "check out"
    (checkout / "tests").mkdir(parents=True)
    (checkout / "bots").mkdir()
    (checkout / "bots" / "__main__.py").write_text("import sys; print('here', *sys.argv[1:])\n")
    for name in ("requirements.lock", "tests/requirements.lock"):
        (checkout / name).write_text(f"{name}==1 \\\n")
    monkeypatch.setattr(module, "ROOT", checkout)
    monkeypatch.setattr(module, "VENV", checkout / ".venv")
    monkeypatch.setattr(module, "STAMP", checkout / ".venv" / "kith-installed")
    locks = {"run": checkout / "requirements.lock", "test": checkout / "tests" / "requirements.lock"}
    monkeypatch.setattr(module, "LOCKS", locks)
    monkeypatch.setattr(module, "make_venv", module._make_venv, raising=False)
    monkeypatch.setattr(module, "_make_venv", lambda: venv.create(checkout / ".venv", symlinks=True) is None)
    installed: list[Path] = []
    monkeypatch.setattr(module, "_install", lambda lock: not installed.append(lock))
    module.installed = installed  # type: ignore[attr-defined]
    return module


def test_command_moves_with_its_checkout(install: ModuleType) -> None:
    """``.venv/bin/kith`` runs the checkout it lies in, also through a link and after a move, whatever the folder is."""
    assert install.main("run") == 0
    moved = install.ROOT.rename(install.ROOT.with_name("moved on"))
    link = moved.with_name("kith")
    link.symlink_to(moved / ".venv" / "bin" / "kith")
    said = subprocess.run(  # noqa: S603 - what was just installed
        [link, "a", "b c"],
        capture_output=True,
        text=True,
        check=True,
        cwd=moved.parent,
        env={"PATH": os.environ["PATH"]},
    )
    assert said.stdout == "here a b c\n"


def test_second_run_installs_nothing(install: ModuleType) -> None:
    """What a lock pins is installed once; the tests' packages are enough for running too, not the other way round."""
    for purpose in ("run", "run", "test", "run", "test"):
        assert install.main(purpose) == 0
    assert [path.parent.name for path in install.installed] == ["check out", "tests"]


def test_changed_lock_is_installed(install: ModuleType) -> None:
    """A lock that has changed is installed again."""
    install.main("run")
    install.LOCKS["run"].write_text("another==2\n")
    install.main("run")
    assert len(install.installed) == 2


def test_broken_environment_is_made_again(install: ModuleType) -> None:
    """An environment whose Python is gone does not count as set up."""
    install.main("run")
    (install.VENV / "bin" / "python").unlink()
    assert install.main("run") == 0
    assert len(install.installed) == 2


def test_missing_modules_are_named(
    install: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A Python that cannot make environments is told apart, with the package that mends it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert install.make_venv() is False
    said = capsys.readouterr().err
    assert "ensurepip" in said
    assert f"python{sys.version_info.major}.{sys.version_info.minor}-venv" in said


def test_modules_are_compiled_for_whoever_may_not_write(install: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kith's modules are compiled at set-up, also where Python is told to keep nothing, and again when changed."""
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    source = install.ROOT / "bots" / "__main__.py"
    compiled = Path(importlib.util.cache_from_source(str(source)))
    install.main("run")
    first = compiled.read_bytes()
    source.write_text("print('changed, and longer than before by some characters')\n")
    os.utime(source, (0, 2_000_000_000))  # another second: that is what changes are known by
    install.main("run")
    assert compiled.read_bytes() != first
