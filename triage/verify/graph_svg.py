"""The picture of what rules read, drawn as SVG: boxes in columns, and lines that go around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from triage.kernel.scale import Disposition
from triage.verify.rule_graph import HEADINGS, NOTICE, Box, Picture

FONT = 13
FONTS = 'font-family="Verdana, Arial, sans-serif"'
LINE = 17
BOX_WIDTH = 260
PADDING = 10
TEXT_CHARS_MAX = 30  # a letter of the widest common sans-serif is about 0.6 of its height, so 30 fill 234
ID_CHARS_MAX = 36  # ids stand in smaller letters
GAP_BETWEEN_BOXES = 12
GAP_BETWEEN_COLUMNS = 110
LANE_HEIGHT = 8  # room for a line that passes through a column
MARGIN = 24
HEAD = 62
SWEEPS = 8  # more change nothing that can be seen

# Fill and edge; every pair keeps black text readable, and a label's name is written wherever its colour is.
QUESTION, READ = ("#eef4fb", "#4a78a8"), ("#f4f1fa", "#7a68a6")
LABEL_COLOURS = {
    Disposition.EMERGENCY: ("#fdecea", "#b3261e"),
    Disposition.POSSIBLE_RELAPSE: ("#fff2dc", "#a86200"),
    Disposition.CONTACT_NEUROLOGIST: ("#fffbe0", "#7d7000"),
    Disposition.SELF_CARE: ("#eaf6ec", "#2f7a3d"),
    Disposition.NOT_FINISHED: ("#f2f2f2", "#666666"),
}
LINE_COLOURS = ("#5f6b78", "#3f7f8c", "#8a5a83", "#7a6a3a", "#4f6fa8", "#6b8a4a")  # only so that an eye can follow one


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a column: a box, or the lane of a line that only passes through. `steps` are where its lines go."""

    name: str
    column: int
    height: int
    box: Box | None
    steps: tuple[str, ...]
    colour: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawn picture, with its top left corner at 0."""

    width: int
    height: int
    lines: tuple[str, ...]


def as_svg(shown: Sequence[Picture], title: str) -> str:
    """Return one SVG document that needs nothing else: the pictures, one below another."""
    panels = [_panel(each) for each in shown]
    width = max((panel.width for panel in panels), default=MARGIN)
    height = MARGIN + sum(panel.height for panel in panels)
    head = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-size="{FONT}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" {head} {FONTS}>',
        f'<title id="title">{escape(title)}</title>',
        f'<desc id="desc">{escape(_described(shown))}</desc>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    top = 0
    for panel in panels:
        lines += [f'<g transform="translate(0 {top})">', *panel.lines, "</g>"]
        top += panel.height
    return "\n".join((*lines, "</svg>"))


def _panel(shown: Picture) -> Panel:
    spots = _spots(shown)
    middles = _settled(_ordered(spots, shown.columns), spots)
    lines = (
        *_headings(shown),
        '<g fill="none" stroke-width="1.2">',
        *(_lines_from(spot, middles) for spot in spots.values()),
        "</g>",
        *(_drawn(spot.box, spot, middles[spot.name]) for spot in spots.values() if spot.box is not None),
    )
    bottom = max((middles[name] + spots[name].height / 2 for name in spots), default=HEAD)
    return Panel(_left(shown.columns) - GAP_BETWEEN_COLUMNS + MARGIN, round(bottom) + MARGIN, lines)


def _described(shown: Sequence[Picture]) -> str:
    boxes = {box.name: box for each in shown for box in each.boxes}.values()
    counts = (f"{sum(box.kind == kind for box in boxes)} {words.lower()}" for kind, words in HEADINGS.items())
    return f"{NOTICE} Lines go from left to right: {', '.join(counts)}. The same as an outline: --as text."


def _spots(shown: Picture) -> dict[str, Spot]:
    """Return the boxes, and a lane in every column that a line must cross; the lines of one box share their lanes."""
    column = {box.name: box.column for box in shown.boxes}
    targets: dict[str, list[str]] = {box.name: [] for box in shown.boxes}
    for read, reader in shown.arrows:
        targets[read].append(reader)
    spots: dict[str, Spot] = {}
    for number, box in enumerate(shown.boxes):
        last = max((column[target] for target in targets[box.name]), default=box.column + 1)
        for current in range(box.column, last):
            steps = [target for target in targets[box.name] if column[target] == current + 1]
            steps += [_lane(box, current + 1)] if current + 1 < last else []
            first = current == box.column
            name, height = (box.name, _height(box)) if first else (_lane(box, current), LANE_HEIGHT)
            spots[name] = Spot(name, current, height, box if first else None, tuple(steps), number)
    return spots


def _lane(box: Box, column: int) -> str:
    return f"lane:{box.name}:{column}"


def _height(box: Box) -> int:
    return LINE * (1 + len(wrap(box.text, TEXT_CHARS_MAX))) + 2 * PADDING


def _ordered(spots: Mapping[str, Spot], count: int) -> list[list[str]]:
    """Return each column from top to bottom, so that few lines cross: every spot near the middle of its neighbours."""
    columns = [[name for name, spot in spots.items() if spot.column == number] for number in range(count)]
    before = _before(spots)
    for sweep in range(SWEEPS):
        forwards = sweep % 2 == 0
        for column in columns[1:] if forwards else reversed(columns[:-1]):
            place = {name: (number + 0.5) / len(each) for each in columns for number, name in enumerate(each)}
            near = {name: before[name] if forwards else spots[name].steps for name in column}
            middle = {name: sum(place[each] for each in near[name]) / len(near[name]) for name in column if near[name]}
            keys = {name: (_urgency(spots[name]), middle.get(name, place[name])) for name in column}
            column.sort(key=keys.__getitem__)
    return columns


def _urgency(spot: Spot) -> int:
    """Rules and labels keep the order of urgency, the most urgent first; all else goes where its neighbours are."""
    return -spot.box.label.rank if spot.box is not None and spot.box.label is not None else 0


def _before(spots: Mapping[str, Spot]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {name: [] for name in spots}
    for spot in spots.values():
        for step in spot.steps:
            found[step].append(spot.name)
    return found


def _settled(columns: Sequence[Sequence[str]], spots: Mapping[str, Spot]) -> dict[str, float]:
    """Return the middle of each spot: as near to its neighbours as the order and the gaps allow."""
    middles: dict[str, float] = {}
    for column in columns:
        middles |= _stacked(column, spots, dict.fromkeys(column, 0.0))
    before = _before(spots)
    for sweep in range(SWEEPS):
        for column in columns if sweep % 2 else reversed(columns):
            near = {name: (*before[name], *spots[name].steps) for name in column}
            wanted = {
                name: sum(middles[each] for each in near[name]) / len(near[name]) if near[name] else middles[name]
                for name in column
            }
            middles |= _stacked(column, spots, wanted)
    top = min((middles[name] - spots[name].height / 2 for name in spots), default=0.0)
    return {name: middle - top + HEAD + MARGIN for name, middle in middles.items()}


def _stacked(column: Sequence[str], spots: Mapping[str, Spot], wanted: Mapping[str, float]) -> dict[str, float]:
    """Return middles that keep the order and the gaps, with the least squared distance from what was wanted.

    Neighbours that would overlap become one block around the mean of their wishes (pool adjacent violators).
    """
    offsets, total = [], 0.0
    for number, name in enumerate(column):
        above = spots[column[number - 1]] if number else None
        total += (above.height + spots[name].height) / 2 + GAP_BETWEEN_BOXES if above else 0.0
        offsets.append(total)
    blocks: list[tuple[float, int]] = []
    for name, offset in zip(column, offsets, strict=True):
        blocks.append((wanted[name] - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (low, many), (high, more) = blocks.pop(), blocks.pop()
            blocks.append(((low * many + high * more) / (many + more), many + more))
    starts = [start for start, many in blocks for _ in range(many)]
    return {name: start + offset for name, start, offset in zip(column, starts, offsets, strict=True)}


def _left(column: int) -> int:
    return MARGIN + column * (BOX_WIDTH + GAP_BETWEEN_COLUMNS)


def _lines_from(spot: Spot, middles: Mapping[str, float]) -> str:
    """Return the lines that leave a spot; all lines of one box have one colour."""
    x, y = _left(spot.column), middles[spot.name]
    start, end, half = x + BOX_WIDTH, _left(spot.column + 1), GAP_BETWEEN_COLUMNS // 2
    through = f"M{x} {y:.1f}h{BOX_WIDTH}" if spot.box is None else ""
    path = through + "".join(
        f"M{start} {y:.1f}C{start + half} {y:.1f} {end - half} {middles[step]:.1f} {end} {middles[step]:.1f}"
        for step in spot.steps
    )
    return f'<path d="{path}" stroke="{LINE_COLOURS[spot.colour % len(LINE_COLOURS)]}"/>' if path else ""


def _headings(shown: Picture) -> list[str]:
    lines = [f'<text x="{MARGIN}" y="{MARGIN + 8}" font-size="17" font-weight="bold">{escape(shown.title)}</text>']
    for column in range(shown.columns):
        kinds = [kind for kind in HEADINGS if any(box.column == column and box.kind == kind for box in shown.boxes)]
        words = " and ".join(HEADINGS[kind].lower() for kind in kinds).capitalize()
        lines.append(f'<text x="{_left(column)}" y="{HEAD}" font-size="15" fill="#333333">{words}</text>')
    return lines


def _drawn(box: Box, spot: Spot, middle: float) -> str:
    """Return one box: its id, and its words below, wrapped."""
    x, top = _left(box.column), middle - spot.height / 2
    colours = LABEL_COLOURS[box.label] if box.label else QUESTION if box.kind == "question" else READ
    radius = 16 if box.kind == "question" else 6
    named = box.id if len(box.id) <= ID_CHARS_MAX else f"{box.id[: ID_CHARS_MAX - 1]}\N{HORIZONTAL ELLIPSIS}"
    frame = (
        f'<rect x="{x}" y="{top:.1f}" width="{BOX_WIDTH}" height="{spot.height}" rx="{radius}" '
        f'fill="{colours[0]}" stroke="{colours[1]}" stroke-width="1.5"/>'
    )
    over = f'<text x="{x + PADDING}" y="{top + PADDING + LINE - 5:.1f}" font-size="11" fill="#444444">'
    rows = (
        f'<text x="{x + PADDING}" y="{top + PADDING + LINE * (number + 2) - 4:.1f}">{escape(row)}</text>'
        for number, row in enumerate(wrap(box.text, TEXT_CHARS_MAX))
    )
    return "".join(
        (f"<g><title>{escape(box.kind)} {escape(box.id)}</title>", frame, over, escape(named), "</text>", *rows, "</g>")
    )
