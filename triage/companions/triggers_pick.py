"""What was around before a person's last spasms: which of it is more typical of MS, and what to try for each."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from triage.companions.asking import Choices, Page
from triage.companions.data import all_sources, chosen, closing, sources_line, wrapped
from triage.companions.triggers import Comparison, Trigger
from triage.kernel.errors import BadInput
from triage.protocol.models import Advice, Locale, Protocol
from triage.protocol.texts import fill, locale_of

NONE, NOT_SURE = "none", "not_sure"


def named(held: Comparison, text: str) -> tuple[Trigger, ...]:
    """Return the triggers named in a list such as `dry,tired`. Raises BadInput with one clear line."""
    by_id = {each.id: each for each in held.triggers}
    names = [chosen(part, [*by_id, NONE, NOT_SURE], "trigger") for part in text.split(",") if part.strip()]
    if not names:
        raise BadInput(f"name at least one trigger, or {NONE}; triggers: {', '.join(by_id)}")
    if len(set(names)) > 1 and not {NONE, NOT_SURE}.isdisjoint(names):
        raise BadInput(f"'{NONE}' and '{NOT_SURE}' stand alone; leave them out or name nothing else")
    return tuple(each for name, each in by_id.items() if name in names)


def asked(held: Comparison, protocol: Protocol, locale: str, stdin: TextIO, stdout: TextIO) -> tuple[Trigger, ...]:
    """Ask what was there and return it. Raises Left if the person leaves."""
    page, place = Page(stdin, stdout), locale_of(protocol, locale)
    warning = fill(protocol.dispositions.notices.get("top_line", ""), place)
    page.show([held.words["title"], "", *wrapped(warning), "", *wrapped(held.words["intro"])])
    labels = (*(each.pick for each in held.triggers), held.words[NONE], held.words[NOT_SURE])
    places = page.choose(Choices(held.words["ask"], labels, several=True, alone=2))
    return tuple(held.triggers[number] for number in places if number < len(held.triggers))


def as_text(held: Comparison, picked: Sequence[Trigger], protocol: Protocol, locale: str) -> str:
    """Return the page: what to check first, then which triggers are typical of MS, then what to try for each."""
    words, place = held.words, locale_of(protocol, locale)
    lines = ["", words["picked"]] if picked else ["", *wrapped(words["nothing_picked"])]
    first = _named_lines(((each, each.check) for each in picked), place)
    lines += ["", words["first"], *first] if first else []
    lines += _typical(held, picked)
    lines += wrapped(held.notes[0].text) if picked else []
    lines += _to_try(held, picked, protocol, place)
    lines += ["", *wrapped(words["check"])]
    cited = all_sources(picked, _blocks(picked, protocol))
    lines += ["", *wrapped(f"{words['sources']}: {sources_line(protocol, cited)}.")] if cited else []
    return "\n".join([*lines, *closing(protocol, locale)])


def _typical(held: Comparison, picked: Sequence[Trigger]) -> list[str]:
    """Return the picked triggers in three groups: compared and more in MS, named for MS only, named for anyone."""
    lines: list[str] = []
    for key in ("more_in_ms", "named_for_ms", "named_for_everyone"):
        group = [each for each in picked if _group(each) == key]
        lines += ["", held.words[key]] if group else []
        lines += [line for each in group for line in wrapped(_said(held, each), hang="- ")]
    if picked:
        lines += ["", *wrapped(held.words["no_cause"]), *wrapped(held.words["not_proof"])]
    return lines


def _group(trigger: Trigger) -> str:
    if trigger.more_in_ms:
        return "more_in_ms"
    return "named_for_everyone" if trigger.compared else f"named_for_{trigger.named_for}"


def _said(held: Comparison, trigger: Trigger) -> str:
    words, name = held.words, trigger.name
    box = [words[f"box_figure_{group}"].format(name=name, box=held.shown(each)) for group, each in trigger.box.items()]
    if trigger.compared:
        shown = {group: held.shown(each) for group, each in trigger.table.items()}
        box = [words["figures"].format(name=name, **shown)]
    return " ".join((*(box or [words["only_named"].format(name=name)]), trigger.more)).strip()


def _to_try(held: Comparison, picked: Sequence[Trigger], protocol: Protocol, place: Locale) -> list[str]:
    """Return the tips and the self-care blocks, each block once and its cautions before anything else."""
    lines = _named_lines(((each, each.tip) for each in picked), place)
    for block in _blocks(picked, protocol):
        names = "; ".join(each.name for each in picked if block.id in each.blocks)
        lines += ["", *wrapped(f"{names}: {block.title}")]
        lines += [line for text in block.cautions for line in _caution(held, fill(text, place))]
        lines += [line for text in block.text for line in wrapped(fill(text, place), hang="- ")]
    return ["", held.words["to_try"], *lines] if lines else []


def _named_lines(texts: Iterable[tuple[Trigger, str]], place: Locale) -> list[str]:
    return [line for each, text in texts if text for line in wrapped(f"{each.name}: {fill(text, place)}", hang="- ")]


def _caution(held: Comparison, text: str) -> list[str]:
    return wrapped(held.words["caution"].format(text=text), hang="- ")


def _blocks(picked: Iterable[Trigger], protocol: Protocol) -> tuple[Advice, ...]:
    wanted = dict.fromkeys(name for each in picked for name in each.blocks)
    return tuple(next(block for block in protocol.advice if block.id == name) for name in wanted)
