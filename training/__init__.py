"""Makes the shipped language model: corpora -> weights (torch; the package itself never imports this)."""
