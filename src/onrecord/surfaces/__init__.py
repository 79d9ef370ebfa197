"""a `Ledger` -> what a person sees: the command line and one self-contained page. Thin skins, no rules."""

from __future__ import annotations

from typing import Any

__all__ = ["PageDetails", "render_document_page", "render_page"]


def __getattr__(name: str) -> Any:
    """The page's names, imported when asked for: the command line must start without them."""
    if name in __all__:
        from onrecord.surfaces import page

        return getattr(page, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
