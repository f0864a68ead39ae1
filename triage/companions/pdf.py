"""The one way to a PDF: a page's values go to typst as data, never as markup, and come back tagged, on A4."""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

from triage.companions.page import Page
from triage.kernel.errors import BadInput

SIZES = tuple(half / 2 for half in range(24, 15, -1))  # points: from 12 down to 8, the smallest that prints clearly
TAGGED: Final = "ua-1"  # PDF/UA: tags, a language, a title, and words for every picture
COUNT = "<pages>"
UNDRAWN = re.compile(r'the text `?"(.+?)"`? could not be displayed')

TEMPLATE = r"""
#let page-data = json(bytes(sys.inputs.page))
#let size = float(sys.inputs.size) * 1pt
#set document(title: page-data.title, date: none)
#set text(lang: page-data.language, size: size, font: "Libertinus Serif", hyphenate: false)
#set par(leading: 0.5em, spacing: 0.55em)
#set list(spacing: 0.45em, indent: 0.2em, body-indent: 0.4em)
#set enum(spacing: 0.45em, indent: 0.2em, body-indent: 0.4em)
#set page(paper: "a4", margin: (x: 1.5cm, top: 1.3cm, bottom: 1.5cm), footer-descent: 25%, footer: context {
  set text(size: 8.5pt)
  let shown = page-data.sheet_of.replace("{sheet}", str(counter(page).get().first()))
  strong(page-data.notice) + h(1fr) + shown.replace("{sheets}", str(counter(page).final().first()))
})
#show heading: set block(sticky: true)
#show heading.where(level: 1): set text(size: 1.4em)
#show heading.where(level: 2): set text(size: 1.12em)
#show heading.where(level: 2): set block(above: 0.8em, below: 0.4em)
#set table(inset: (x: 0.4em, y: 0.28em), stroke: 0.5pt + luma(90))

#let shown-table(data, widths) = table(
  columns: widths,
  table.header(..data.head.map(cell => strong(cell))),
  ..data.rows.flatten().map(cell => [#cell]),
)
#let widths(data) = (auto,) + (1fr,) * (data.head.len() - 1)
#let shown(part) = {
  heading(level: 2, part.title)
  for caution in part.cautions { list(marker: strong("!"), [#strong(page-data.caution + ":") #caution]) }
  let told = for line in part.lines { par[#line] }
  if part.picture == none { told }
  if part.items.len() > 0 {
    if part.numbered { enum(..part.items.map(item => [#item])) } else { list(..part.items.map(item => [#item])) }
  }
  if part.picture != none {
    let drawn = image(bytes(part.picture.svg), format: "svg", alt: part.picture.told, width: 100%)
    let scores = shown-table(part.table, (auto,) * part.table.head.len())
    grid(columns: (1fr, 46%), gutter: 0.8em, { told; scores }, drawn)
  } else if part.table != none { shown-table(part.table, widths(part.table)) }
}
#let boxed(part) = block(width: 100%, stroke: 1.2pt, inset: 0.6em, shown(part))
#let loose(part) = block(breakable: false, above: 0.9em, width: 100%, shown(part))
// two columns in reading order, cut where the longer one is shortest
#let balanced(parts, gap) = layout(space => {
  let heights = parts.map(part => measure(loose(part), width: (space.width - gap) / 2).height + 0.9em.to-absolute())
  let longer(cut) = calc.max(heights.slice(0, cut).sum(default: 0pt), heights.slice(cut).sum(default: 0pt))
  let split = range(parts.len() + 1).sorted(key: longer).first()
  let column(some) = some.map(loose).join()
  grid(columns: (1fr, 1fr), gutter: gap, column(parts.slice(0, split)), column(parts.slice(split)))
})

#heading(level: 1, page-data.title)
#for (number, sheet) in page-data.sheets.enumerate() {
  if number > 0 { pagebreak() }
  for part in sheet.filter(part => part.first) { boxed(part) }
  let rest = sheet.filter(part => not part.first and not part.last)
  if page-data.columns > 1 { balanced(rest, 0.7cm) } else { rest.map(shown).join() }
  for part in sheet.filter(part => part.last) { shown(part) }
}
#v(0.3em)
#line(length: 100%, stroke: 0.4pt)
#for line in page-data.foot { text(size: 0.85em, par[#line]) }
#context [#metadata(counter(page).final().first()) <pages>]
"""


def as_pdf(page: Page) -> bytes:
    """Return the page as a PDF, in the largest letters with which it fills no more sheets than it has.

    Raises BadInput where typst is not installed, or no font has a letter that was written.
    """
    try:
        import typst  # only a PDF needs it
    except ImportError:
        raise BadInput("a PDF needs typst: pip install 'ms-triage[pdf]', or choose --as html and print that") from None
    document = _data(page)
    compiler = typst.Compiler(TEMPLATE.encode())
    inputs: dict[str, str] = {}
    for inputs in _inputs(document):
        found = json.loads(typst.query(TEMPLATE.encode(), COUNT, field="value", sys_inputs=inputs))
        if found[0] <= len(page.sheets):
            break
    try:
        made = compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=[TAGGED])
    except typst.TypstError as error:
        letters = UNDRAWN.search(str(error.message))
        if letters is None:
            raise
        raise BadInput(f"no font here has the letters '{letters[1]}'; leave them out, or choose --as html") from None
    assert isinstance(made, bytes), "one document is one file"
    return made


def _inputs(document: str) -> Iterator[dict[str, str]]:
    return ({"page": document, "size": str(size)} for size in SIZES)


def _data(page: Page) -> str:
    full = tuple(tuple(part for part in sheet if not part.is_empty) for sheet in page.sheets)
    return json.dumps({**asdict(page), "sheets": [[asdict(part) for part in sheet] for sheet in full]})
