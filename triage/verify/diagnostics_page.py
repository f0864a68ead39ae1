"""Writes docs/diagnostics.md from the catalogue, so that the page and the program never disagree."""

from string import Formatter

from triage.kernel.catalogue import CATALOGUE, Entry
from triage.verify.plain_codes import PLAIN
from triage.verify.translation_codes import TRANSLATION

HEAD = """# Diagnostics

What `triage protocol lint` says about a protocol's files: one line for each mistake, all mistakes of all files in one
run.

```text
file:line:column: CODE what is wrong; what to do
```

`P` codes are about reading a file, `T` codes about what it says, `L` codes about plain language, `S` codes
about other languages.
Words in angle brackets stand for what was written.
Where a known name looks like the one that was written, *did you mean ...?* takes the place of the remedy. A mistake in
something that others refer to is told once, where it was made.

This page is written from `triage/kernel/catalogue.py`, `triage/verify/plain_codes.py` and
`triage/verify/translation_codes.py`, and a test keeps it current.
To write it again:

```console
python -c "from triage.verify.diagnostics_page import page; print(page(), end='')" > docs/diagnostics.md
```

| code | what it says | why it matters |
|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(_row(code, entry) for code, entry in sorted((CATALOGUE | PLAIN | TRANSLATION).items()))


def _row(code: str, entry: Entry) -> str:
    return f"| {code} | `{_shown(entry.template)}` | {entry.why} |\n"


def _shown(template: str) -> str:
    """Return a template with its blanks named in angle brackets and the guess left out."""
    parts = Formatter().parse(template)
    return "".join(text + (f"<{field}>" if field and field != "hint" else "") for text, field, _, _ in parts)
