"""The comparison of triggers as a page, as values, and as a picture."""

import csv
import io
from collections.abc import Iterable, Mapping

from triage.companions import bars
from triage.companions.data import all_sources, closing, sources_line, wrapped
from triage.companions.triggers import GROUPS, Comparison, Figure, Group, Trigger
from triage.protocol.models import Protocol

NAME_WIDTH = 25  # and 24, and the 23 of the longest last cell, fill the 72 of a line
COLUMN_WIDTH = 24


def as_text(held: Comparison, protocol: Protocol, locale: str) -> str:
    """Return the whole page: the chart, the table beneath it, the box, and what to know about the figures."""
    words = held.words
    lines = [words["title"], ""]
    lines += [line for text in held.opening for line in wrapped(text)]
    lines += wrapped(held.notes[0].text)  # that the figures are the article's, before the first of them
    lines += ["", *wrapped(words["chart"]), words["key"], "", *bars.as_text(_rows(held)), "", words["table"]]
    lines += [*_table(held), "", *_more(held), "", words["box"], *_box(held)]
    lines += ["", words["no_number"], *_without(held), "", words["about"]]
    lines += [line for note in held.notes[1:] for line in wrapped(note.text, hang="- ")]
    lines += ["", *wrapped(f"{words['sources']}: {sources_line(protocol, all_sources(held.triggers, held.notes))}.")]
    return "\n".join([*lines, *closing(protocol, locale)])


def as_csv(held: Comparison) -> str:
    """Return every trigger with the figures of the table and of the box; an empty cell means no figure."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("trigger", "name", "table_ms", "table_everyone", "box_ms", "box_everyone", "sources"))
    for each in held.triggers:
        figures = [_value(held, given, group) for given in (each.table, each.box) for group in GROUPS]
        writer.writerow((each.id, each.name, *figures, " ".join(each.sources)))
    return out.getvalue().rstrip("\n")


def _value(held: Comparison, given: Mapping[Group, Figure], group: Group) -> str:
    return held.shown(given[group]) if group in given else ""


def as_svg(held: Comparison, protocol: Protocol, locale: str) -> str:
    """Return the chart as a picture; what has no figure and where the box disagrees stands below the bars."""
    notes = [held.notes[0].text, *_not_in_chart(held), "", held.words["box"], *_box_sentences(held)]
    notes += closing(protocol, locale)
    return bars.as_svg(_rows(held), title=held.words["title"], lead=held.words["chart"], notes=notes)


def figure(held: Comparison, trigger: Trigger, group: Group) -> str:
    """Return what the table gives for one group, with our word for it."""
    if group not in trigger.table:
        return held.words["no_figure"]
    found = trigger.table[group]
    return held.words["figure"].format(figure=held.shown(found), band=held.band(found))


def _rows(held: Comparison) -> list[bars.Row]:
    return [
        bars.Row(
            each.name,
            tuple(
                bars.Bar(held.words[_heading(group)], each.table[group].value, held.shown(each.table[group]))
                for group in GROUPS
            ),
        )
        for each in held.triggers
        if each.compared
    ]


def _heading(group: Group) -> str:
    return "with_ms" if group == "ms" else "everyone"


def _table(held: Comparison) -> list[str]:
    """Return the table: every trigger that the article gives a figure for, in its table or in its box."""
    rows = [(held.words["trigger"], *(held.words[_heading(group)] for group in GROUPS))]
    rows += [
        (each.name, *(figure(held, each, group) for group in GROUPS))
        for each in held.triggers
        if each.table or each.box
    ]
    return [f"{name:{NAME_WIDTH}}{ms:{COLUMN_WIDTH}}{everyone}".rstrip() for name, ms, everyone in rows]


def _more(held: Comparison) -> list[str]:
    """Return what else the articles say of a trigger that has a figure."""
    told = (
        held.words["more"].format(name=each.name, text=each.more)
        for each in held.triggers
        if each.more and (each.table or each.box)
    )
    return [line for text in told for line in wrapped(text, hang="- ")]


def _box(held: Comparison) -> list[str]:
    return [line for sentence in _box_sentences(held) for line in wrapped(sentence, hang="- ")]


def _box_sentences(held: Comparison) -> list[str]:
    return [sentence for each in held.triggers if each.table or each.box for sentence in _of_box(held, each)]


def _of_box(held: Comparison, each: Trigger) -> Iterable[str]:
    """Yield where the box says something else than the table about a trigger, or leaves it out."""
    words = held.words
    table = {group: held.shown(found) for group, found in each.table.items()}
    box = {group: held.shown(found) for group, found in each.box.items()}
    if not table:
        yield from (words[f"box_only_{group}"].format(name=each.name, box=box[group]) for group in box)
        return
    if not box:
        yield words["box_missing"].format(name=each.name, table=table["ms"])
        return
    if "ms" not in box:
        yield words["box_not_for_ms"].format(name=each.name, table=table["ms"])
    elif box["ms"] == table["ms"]:
        yield words["box_agrees"].format(name=each.name, box=box["ms"])
    else:
        yield words["box_other"].format(name=each.name, table=table["ms"], box=box["ms"])
    if box.get("everyone", table["everyone"]) != table["everyone"]:
        yield words["box_other_everyone"].format(name=each.name, table=table["everyone"], box=box["everyone"])


def _without(held: Comparison) -> list[str]:
    """Return the triggers that an article names with no figure, for each group."""
    lines = []
    for group in GROUPS:
        plain = (each for each in held.triggers if not each.table and not each.box and each.named_for == group)
        names = "; ".join(each.name[0].lower() + each.name[1:] for each in plain)
        lines += wrapped(held.words[f"no_number_{group}"].format(names=names), hang="- ")
    return lines


def _not_in_chart(held: Comparison) -> list[str]:
    names = [each.name[0].lower() + each.name[1:] for each in held.triggers if each.box and not each.table]
    return [held.words["not_in_chart"].format(names="; ".join(names))] if names else []
