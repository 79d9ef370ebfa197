"""folder of a set of weights -> whether it is whole, and the digest that names it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from onrecord.errors import StopRun

FILES = ("model.int8.onnx", "tokenizer.json", "labels.json", "relations.npz", "coreference.npz")
"""What a set of weights consists of, in the order in which their bytes make the digest."""


def find_weights() -> Path:
    """Return the folder of the weights that ship with the package."""
    return Path(__file__).parent / "en"


def check_files(directory: Path) -> None:
    """Raises `StopRun` when a file of a set of weights is missing."""
    missing = [name for name in FILES if not (directory / name).is_file()]
    if missing:
        raise StopRun(
            f"the language model in {directory} is not whole ({', '.join(missing)} missing): "
            "install onrecord again, or name a folder that holds a model"
        )


def read_weights_digest(directory: Path) -> str:
    """Return the SHA-256 over the bytes of a set of weights, in hexadecimal digits.

    Raises `StopRun` when a file of it is missing.
    """
    check_files(directory)
    digest = hashlib.sha256()
    for name in FILES:
        digest.update(hashlib.sha256((directory / name).read_bytes()).digest())
    return digest.hexdigest()
