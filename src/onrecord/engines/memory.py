"""a process id -> how much memory the process holds, on each system in its own way."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

MEBIBYTE = 1 << 20


def measure_memory(pid: int) -> int | None:
    """Resident memory of a process in bytes; none when the system does not tell."""
    if sys.platform == "win32":
        return _ask_windows(pid)
    place = Path(f"/proc/{pid}/status")
    if place.exists():
        return _read_status(place)
    return _ask_ps(pid)


def _read_status(place: Path) -> int | None:
    """Linux: private and shared resident pages, without pages of mapped files (they can be dropped)."""
    try:
        lines = place.read_text("ascii", "replace").splitlines()
    except OSError:
        return None
    sizes = dict(line.split(":", 1) for line in lines if line.startswith(("RssAnon:", "RssShmem:", "VmRSS:")))
    names = ("RssAnon", "RssShmem") if "RssAnon" in sizes else ("VmRSS",)
    found = [int(sizes[name].split()[0]) * 1024 for name in names if name in sizes]
    return sum(found) if found else None


def _ask_ps(pid: int) -> int | None:
    """macOS and other Unix systems: ps tells kibibytes."""
    try:
        answer = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, timeout=5, check=False
        )
        return int(answer.stdout.strip()) * 1024
    except (OSError, ValueError, subprocess.SubprocessError):
        return None


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of psapi.h."""

    _fields_ = (
        ("cb", ctypes.c_ulong),
        ("PageFaultCount", ctypes.c_ulong),
        ("PeakWorkingSetSize", ctypes.c_size_t),
        ("WorkingSetSize", ctypes.c_size_t),
        ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
        ("QuotaPagedPoolUsage", ctypes.c_size_t),
        ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
        ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
        ("PagefileUsage", ctypes.c_size_t),
        ("PeakPagefileUsage", ctypes.c_size_t),
    )


def _ask_windows(pid: int) -> int | None:
    windll = getattr(ctypes, "WinDLL", None)
    if windll is None:
        return None
    kernel = windll("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = ctypes.c_void_p
    handle = kernel.OpenProcess(0x1000 | 0x0010, False, pid)  # query limited information, read memory
    if not handle:
        return None
    try:
        counters = _Counters()
        counters.cb = ctypes.sizeof(counters)
        ask = kernel.K32GetProcessMemoryInfo
        ask.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
        return int(counters.WorkingSetSize) if ask(handle, ctypes.byref(counters), counters.cb) else None
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
