"""The pages in every format: HTML that needs nothing else, Markdown, and PDFs of one and two sheets."""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from tests.companions_visit.someone import EMERGENCY, MOST, STIFF, STOPPED, Someone, with_answers
from tests.people import completed, random_person
from tests.shipped import PROTOCOL
from triage.companions import limb_score, pdf, plan, plan_page, visit, visit_pages
from triage.companions.page import Page, Part, Table, as_markdown, as_text
from triage.companions.page_html import as_html
from triage.companions.pdf import as_pdf
from triage.companions.plan import DiaryFact
from triage.kernel.errors import BadInput

PLAN, VISIT, SCORES = plan.load(PROTOCOL), visit.load(PROTOCOL), limb_score.load(PROTOCOL)
ODD = 'Is <script>alert("1")</script> #let x = [*a*] $x$ \\ | ok? zażółć'
DIARY = [DiaryFact(f"Spasms at {hour} on 9 of 14 days", "14 days, 23 entries") for hour in range(4)]


def plan_of(who: Someone) -> Page:
    found = plan.plan_of(PLAN, PROTOCOL, who.result, who.answers, diary=DIARY)
    return plan_page.page_of(PLAN, found, PROTOCOL, who.result)


def visit_of(who: Someone) -> Page:
    asked = (ODD, *("A question of great length. " * 5,) * 7)
    episodes = tuple(
        visit.Episode(date(2026, 10, day), "Spasms in both legs, all night", ("heat", "fever", "stress"))
        for day in range(1, 20)
    )
    return visit_pages.page_of(
        VISIT,
        SCORES,
        PROTOCOL,
        who.result,
        who.answers,
        asked=visit.asked_lines(VISIT, asked),
        episodes=episodes,
        show_private=True,
    )


PEOPLE = {"nothing wrong": with_answers(), "stiff": STIFF, "most": MOST, "emergency": EMERGENCY, "stopped": STOPPED}
MAKERS: dict[str, Callable[[Someone], Page]] = {"plan": plan_of, "visit": visit_of}
PAGES = {f"{tool} of {name}": make(who) for tool, make in MAKERS.items() for name, who in PEOPLE.items()}
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


class Checker(HTMLParser):
    """Notes what a browser would have to forgive: tags that are not closed, ids used twice, things fetched."""

    VOID = frozenset(("meta",))

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.problems: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [str(given["id"])] if "id" in given else []
        self.problems += [f"{tag} {name}" for name in given if name in ("src", "href", "style") or name[:2] == "on"]
        self.problems += [tag] if tag in ("script", "link", "img", "iframe", "object", "base") else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"/{tag}")


@each_page
def test_the_html_is_whole_and_needs_nothing_else(page: Page) -> None:
    html = as_html(page)
    checker = Checker()
    checker.feed(html)
    assert checker.problems == []
    assert checker.open == []
    assert len(checker.ids) == len(set(checker.ids))
    assert html.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert not re.search(r"url\(|@import|https?:(?!//www\.w3\.org/2000/svg)", html)
    ET.fromstring(html.replace("<!DOCTYPE html>", "").replace('"utf-8">', '"utf-8"/>').replace('=1">', '=1"/>'))


@each_page
def test_each_sheet_says_that_it_is_not_reviewed_and_no_diagnosis(page: Page) -> None:
    notice = "Not clinically reviewed. Not a diagnosis."
    assert as_html(page).count(f'<p class="notice">{notice}</p>') == len(page.sheets)
    for text in (as_text(page), as_markdown(page)):
        assert text.count(notice) >= 2


@each_page
def test_the_pdf_has_as_many_sheets_as_were_promised_and_is_tagged(page: Page) -> None:
    made = as_pdf(page)
    assert len(re.findall(rb"/Type\s*/Page\b", made)) == len(page.sheets)
    assert b"/MarkInfo" in made
    assert b"/Lang(en)" in made
    assert b"pdfuaid" in made
    pictures = sum(part.picture is not None for part in page.parts)
    assert made.count(b"/Alt") >= pictures


@pytest.mark.parametrize("seed", range(4))
def test_nobody_drawn_by_chance_needs_more_sheets(seed: int) -> None:
    who = Someone(*completed(random_person(seed)))
    for make in MAKERS.values():
        page = make(who)
        assert len(re.findall(rb"/Type\s*/Page\b", as_pdf(page))) == len(page.sheets)


@each_page
def test_plain_text_keeps_to_72_columns(page: Page) -> None:
    assert max(map(len, as_text(page).splitlines())) <= 72


@each_page
def test_markdown_has_one_title_and_tables_of_even_rows(page: Page) -> None:
    lines = as_markdown(page).splitlines()
    assert sum(line.startswith("# ") for line in lines) == 1
    tables = [line for line in lines if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", line)) in (3, 4, 5) for line in tables)


def test_what_a_person_writes_is_never_markup() -> None:
    page = PAGES["visit of stiff"]
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; #let x" in as_html(page)
    assert r"Is \<script\>alert" in as_markdown(page)
    assert as_pdf(page).startswith(b"%PDF-")


def test_a_letter_that_no_font_has_is_one_clear_line() -> None:
    page = plain_page("Ask about \U00013000")
    with pytest.raises(BadInput, match=r"no font here has the letters .*; leave them out, or choose --as html"):
        as_pdf(page)


def test_only_the_pdf_needs_typst() -> None:
    code = "import sys, triage.cli.paper, triage.companions.pdf; sys.exit('typst' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        pytest.param(("Falls", "None"), "Falls: None", id="two cells"),
        pytest.param(("How often?", "Daily"), "How often? Daily", id="a question needs no colon"),
        pytest.param(("May", "Fell", "heat"), "May. What: Fell. Near: heat.", id="more cells with their headings"),
        pytest.param(("May", "Fell", ""), "May. What: Fell.", id="an empty cell is not spoken"),
    ],
)
def test_a_wide_row_is_told_as_a_sentence(row: tuple[str, ...], told: str) -> None:
    table = Table("t", ("When", "What", "Near")[: len(row)], (row, (*row[:-1], "wide " * 20)))
    page = Page("Title", "Notice", "en", ((Part("Part", table=table),),), (), "Careful", "{sheet}")
    assert f"- {told}\n" in as_text(page)


def plain_page(text: str) -> Page:
    return Page("Title", "Notice", "en", ((Part("Part", lines=(text,)),),), (), "Careful", "{sheet}")


def test_what_fits_on_no_sheet_takes_more_of_them_and_loses_nothing() -> None:
    assert len(re.findall(rb"/Type\s*/Page\b", as_pdf(plain_page("many words " * 3000)))) > 1


def test_without_typst_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(BadInput, match="or choose --as html and print that"):
        as_pdf(plain_page("x"))


def test_a_fault_of_our_own_is_not_called_a_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    bare = '#set document(title: "x")\n#image(bytes(`<svg xmlns="http://www.w3.org/2000/svg"/>`.text), format: "svg")\n'
    monkeypatch.setattr(pdf, "TEMPLATE", f"{bare}#metadata(1) <pages>")
    with pytest.raises(RuntimeError, match="PDF/UA"):
        as_pdf(plain_page("x"))
