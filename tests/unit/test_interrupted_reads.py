"""A read that is killed or interrupted half-way: whole documents, no process left, and the same in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from onrecord.ledger import Ledger
from onrecord.settings import Settings
from onrecord.testing import load_scripted_model

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")

READER = """
import signal
import sys
from onrecord.ledger import Ledger
from onrecord.settings import Settings
from onrecord.testing import load_scripted_model
signal.signal(signal.SIGINT, signal.default_int_handler)  # what a shell starts behind ignores it
with Ledger.open(sys.argv[1]) as ledger:
    ledger.read(
        [sys.argv[2]],
        settings=Settings(workers=1),
        load_model=load_scripted_model,
        progress=lambda progress: print(progress.done, flush=True),
    )
"""


def write_articles(folder: Path, count: int) -> Path:
    folder.mkdir()
    for number in range(count):
        lines = [f"Speaker said that mill {number} by the river needs repair {line}.\n" for line in range(10)]
        (folder / f"{number:03}.txt").write_text("Mills\n\n" + "".join(lines), "utf-8")
    return folder


def list_children(pid: int) -> list[int]:
    answer = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(word) for word in answer.stdout.split()]


def is_running(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_read_leaves_whole_documents_and_is_taken_up_again(tmp_path: Path, sign: int) -> None:
    folder = write_articles(tmp_path / "articles", 24)
    path = tmp_path / "ledger.db"
    reader = subprocess.Popen(
        [sys.executable, "-c", READER, str(path), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    )
    assert reader.stdout is not None
    while int(reader.stdout.readline()) < 5:
        pass
    children = list_children(reader.pid)
    assert len(children) >= 2
    os.kill(reader.pid, sign)
    reader.wait(timeout=30)
    reader.stdout.close()
    for _ in range(100):
        if not any(map(is_running, children)):
            break
        time.sleep(0.1)
    assert not any(map(is_running, children))
    serial = Settings(workers=0)
    with Ledger.open(path) as ledger:
        assert ledger.check() == []
        done = len(ledger.documents())
        assert 5 <= done < 24
        assert {len(view.statements) for view in ledger.document_views()} == {10}
        report = ledger.read([folder], settings=serial, load_model=load_scripted_model)
        assert (report.read, report.unchanged) == (24 - done, done)
        taken_up = [file.read_bytes() for file in ledger.export(["jsonl"], tmp_path / "one")]
    with Ledger.open(tmp_path / "other.db") as ledger:
        ledger.read([folder], settings=serial, load_model=load_scripted_model)
        assert [file.read_bytes() for file in ledger.export(["jsonl"], tmp_path / "two")] == taken_up
