"""One file per output format; found by listing the package."""
