"""a `Ledger` -> what a person sees: the command line and one self-contained page. Thin skins, no rules."""
