"""A page as one HTML file that needs nothing else: no script, no outside resource, and it prints as it looks."""

from html import escape

from triage.companions.page import Page, Part, Table

CSS = """
body { font: 1rem/1.45 Verdana, Arial, sans-serif; color: #111; background: #fff; max-width: 46rem; margin: 1rem auto;
  padding: 0 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .3rem; }
h2 { font-size: 1.1rem; margin: 1rem 0 .3rem; }
p, ul, ol { margin: .3rem 0; }
ul, ol { padding-left: 1.4rem; }
.notice { font-weight: bold; }
.first { border: .2rem solid #111; padding: .2rem .8rem .6rem; margin: .5rem 0; }
.cautions { list-style: none; padding-left: .6rem; border-left: .3rem solid #111; }
.with-picture { display: flex; flex-wrap: wrap; gap: 1rem; align-items: flex-start; }
table { border-collapse: collapse; margin: .3rem 0; }
caption { text-align: left; font-weight: bold; }
th, td { border: 1px solid #555; padding: .2rem .5rem; text-align: left; vertical-align: top; }
svg { max-width: 100%; height: auto; }
.columns { columns: 2 20rem; column-gap: 2rem; }
.columns section { break-inside: avoid; }
footer { border-top: 1px solid #555; margin-top: 1rem; font-size: .85rem; }
@page { size: A4; margin: 10mm; }
@media print {
  body { font: 8pt/1.18 Arial, "Liberation Sans", sans-serif; max-width: none; margin: 0; padding: 0; }
  h1 { font-size: 14pt; }
  h2 { font-size: 9.5pt; margin: 4pt 0 1pt; break-after: avoid; }
  p, ul, ol, table { margin: 1pt 0; }
  th, td { padding: .5pt 4pt; }
  .with-picture { flex-wrap: nowrap; }
  .sheet + .sheet { break-before: page; }
  .columns { columns: 2; column-gap: 1.2rem; }
  .first { border-width: 1pt; padding: 0 6pt 2pt; margin: 2pt 0; }
  footer { margin-top: 5pt; font-size: 7pt; }
  svg { height: 135pt; width: auto; }
}
"""


def as_html(page: Page) -> str:
    """Return the whole document."""
    sheets = [line for sheet in page.sheets for line in _sheet(page, sheet)]
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{escape(page.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(page.title)}</title>",
        f"<style>{CSS}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{escape(page.title)}</h1>",
        *sheets,
        "</main>",
        "<footer>",
        *(f"<p>{escape(text)}</p>" for text in page.foot),
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines)


def _sheet(page: Page, sheet: tuple[Part, ...]) -> list[str]:
    full = [part for part in sheet if not part.is_empty]
    boxed = [line for part in full if part.first for line in _part(page, part)]
    rest = [line for part in full if not (part.first or part.last) for line in _part(page, part)]
    last = [line for part in full if part.last for line in _part(page, part)]
    body = ['<div class="columns">', *rest, "</div>"] if page.columns > 1 else rest
    return ['<div class="sheet">', f'<p class="notice">{escape(page.notice)}</p>', *boxed, *body, *last, "</div>"]


def _part(page: Page, part: Part) -> list[str]:
    mark = ' class="first"' if part.first else ""
    lines = [f"<section{mark}>", f"<h2>{escape(part.title)}</h2>"]
    if part.cautions:
        told = (f"<li><strong>{escape(page.caution)}:</strong> {escape(text)}</li>" for text in part.cautions)
        lines += ['<ul class="cautions">', *told, "</ul>"]
    lines += [f"<p>{escape(text)}</p>" for text in part.lines]
    if part.items:
        sort = "ol" if part.numbered else "ul"
        lines += [f"<{sort}>", *(f"<li>{escape(text)}</li>" for text in part.items), f"</{sort}>"]
    return [*lines, *_shown(part), "</section>"]


def _shown(part: Part) -> list[str]:
    table = _table(part.table, part.title) if part.table is not None else []
    if part.picture is None:
        return table
    return ['<div class="with-picture">', *table, f"<div>{part.picture.svg}</div>", "</div>"]


def _table(table: Table, heading: str) -> list[str]:
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    rows = [
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, *cells in table.rows
    ]
    caption = [f"<caption>{escape(table.caption)}</caption>"] if table.caption != heading else []
    return ["<table>", *caption, f"<thead><tr>{head}</tr></thead>", "<tbody>", *rows, "</tbody>", "</table>"]
