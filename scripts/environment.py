"""a checkout -> its own Python environment in `.venv`, installed from the hash lock.

Kept to syntax that Python 3.6 can read, so that an old Python can say what is missing. Used by the other
scripts; run by itself it only prepares the environment.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
STAMP = FOLDER / "onrecord-lock.txt"
LOCKS = {"run": "requirements-run.lock", "all": "requirements.lock"}
OLDEST, NEWEST = (3, 11), (3, 14)


def run(want, *command):
    """Runs a command inside the environment, with what `want` ("run" or "all") installs; its exit code."""
    python = prepare(want)
    return subprocess.call([str(python), *command], cwd=str(ROOT), env=_environment())


def prepare(want="all"):
    """The environment's python; installs first when the lock or the Python has changed since last time."""
    base, version = find_python()
    python = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    marks = {each: _digest(version, each) for each in LOCKS}
    done = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    if python.is_file() and (marks[want] in done or marks["all"] in done):
        return python
    lock = LOCKS[want]
    print(f"Preparing .venv from {lock} (once; a minute or so).", file=sys.stderr, flush=True)
    if not any(mark in done for mark in marks.values()):
        shutil.rmtree(str(FOLDER), ignore_errors=True)
        _call("Could not make .venv: is the venv module there? (Debian: apt install python3-venv)",
              base, "-m", "venv", str(FOLDER))  # fmt: skip
        done = []
    pip = (str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    _call("The packages could not be installed; the lines above say why (is the network there?).",
          *pip, "--require-hashes", "--no-deps", "--no-compile", "--requirement", lock)  # fmt: skip
    _call("onrecord itself could not be installed; the lines above say why.",
          *pip, "--no-deps", "--no-build-isolation", "--editable", ".")  # fmt: skip
    STAMP.write_text("\n".join([*done, marks[want]]) + "\n", encoding="utf-8")
    return python


def find_python():
    """A Python that onrecord runs on, and its version: this one, or the newest good one on the path. Exits
    with a message when there is none."""
    if OLDEST <= sys.version_info[:2] <= NEWEST:
        # inside an environment (it may be ours, about to be made anew) the Python it was made from is meant
        return getattr(sys, "_base_executable", None) or sys.executable, f"3.{sys.version_info[1]}"
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return found, f"3.{minor}"
    here = ".".join(str(part) for part in sys.version_info[:3])
    sys.exit(
        f"onrecord needs Python 3.{OLDEST[1]} to 3.{NEWEST[1]}; this is {here} and no other is on the path.\n"
        "Install one from your system's packages or from python.org and run this again."
    )


def _digest(version, want):
    """Names a lock together with the Python it was installed for."""
    digest = hashlib.sha256(version.encode("utf-8"))
    for name in (LOCKS[want], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return want + "-" + digest.hexdigest()[:24]


def _call(remedy, *command):
    if subprocess.call(list(command), cwd=str(ROOT), env=_environment()) != 0:
        sys.exit(remedy)


def _environment():
    """Ours, less what would lead Python or pip out of the environment."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONHOME", "PYTHONPATH")}
    kept["PYTHONUTF8"] = "1"
    return kept


if __name__ == "__main__":
    print(prepare("all"))
