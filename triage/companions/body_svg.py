"""A body outline with the stiffness of each arm and leg: numbers beside the limb, grey that only repeats them."""

from html import escape
from textwrap import wrap

from triage.companions.limb_score import Limb, Scores

WIDTH, HEIGHT = 480, 400
FONT = 15
SCORE_MAX = 10
LINE = 19
NOTE_CHARS_MAX = 64  # a letter of the widest common sans-serif is about 0.55 of its height
FONTS = 'font-family="Verdana, Arial, sans-serif"'
INK = "#111111"
WHITE, DARKEST = 255, 120  # grey of score 0 and of score 10: black letters can still be read on the darkest

# The figure faces the reader: its right arm is on the left of the picture.
HEAD = '<circle cx="240" cy="42" r="27" fill="#ffffff" stroke="#111111" stroke-width="2"/>'
TRUNK = (
    '<path d="M206 84 Q240 72 274 84 L270 150 L266 206 L214 206 L210 150 Z" fill="#ffffff" stroke="#111111" '
    'stroke-width="2"/>'
)
SHAPES = {
    "right_arm": "M206 84 L180 150 L162 206 L176 212 L198 160 L212 118 Z",
    "left_arm": "M274 84 L300 150 L318 206 L304 212 L282 160 L268 118 Z",
    "right_leg": "M214 206 L239 206 L236 270 L230 338 L208 338 L211 270 Z",
    "left_leg": "M266 206 L241 206 L244 270 L250 338 L272 338 L269 270 Z",
}
# where each limb's words begin, how they are aligned, and the line that leads from them to the limb
WORDS_AT = {
    "right_arm": (140, 120, "end", "M146 124 L186 140"),
    "left_arm": (340, 120, "start", "M334 124 L294 140"),
    "right_leg": (160, 264, "end", "M166 268 L210 280"),
    "left_leg": (320, 264, "start", "M314 268 L270 280"),
}


def as_svg(held: Scores, limbs: tuple[Limb, ...], *, notice: str, name: str = "body") -> str:
    """Return one SVG document; `name` keeps its ids apart from others on the same page."""
    words = held.words
    notes = [line for text in (words["facing"], words["darker"], notice) for line in wrap(text, NOTE_CHARS_MAX)]
    height = HEIGHT - 40 + len(notes) * LINE
    head = f'width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}" font-size="{FONT}" {FONTS} fill="{INK}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-title {name}-desc" {head}>',
        f'<title id="{name}-title">{escape(words["body"])}</title>',
        f'<desc id="{name}-desc">{escape(described(held, limbs))}</desc>',
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        HEAD,
        TRUNK,
        *(line for limb in limbs if limb.id in SHAPES for line in _limb(held, limb)),
        *(
            f'<text x="12" y="{HEIGHT - 32 + number * LINE}" font-size="{FONT - 2}">{escape(line)}</text>'
            for number, line in enumerate(notes)
        ),
        "</svg>",
    ]
    return "\n".join(lines)


def described(held: Scores, limbs: tuple[Limb, ...]) -> str:
    """Return everything the picture shows, in words."""
    return " ".join((held.words["about"], *(held.told(limb) for limb in limbs)))


def grey(score: float) -> str:
    """Return the grey of a score, lighter for less.

    >>> grey(0), grey(10)
    ('#ffffff', '#787878')
    """
    level = round(WHITE - (WHITE - DARKEST) * score / SCORE_MAX)
    return f"#{level:02x}{level:02x}{level:02x}"


def _limb(held: Scores, limb: Limb) -> list[str]:
    x, y, anchor, lead = WORDS_AT[limb.id]
    fill = grey(limb.now) if limb.now is not None else "#ffffff"
    dashed = "" if limb.now is not None else ' stroke-dasharray="5 4"'
    words = held.words
    told = (
        (limb.name, ' font-weight="bold"'),
        (words["now_short"].format(figure=held.score_text(limb.now)), ' font-weight="bold"'),
        (words["usual_short"].format(figure=held.score_text(limb.usual)), ""),
        (held.rise_text(limb) if limb.rise is not None else "", ""),
    )
    return [
        f'<path d="{SHAPES[limb.id]}" fill="{fill}" stroke="{INK}" stroke-width="2"{dashed}/>',
        f'<path d="{lead}" fill="none" stroke="{INK}"/>',
        *(
            f'<text x="{x}" y="{y + number * LINE}" text-anchor="{anchor}"{more}>{escape(text)}</text>'
            for number, (text, more) in enumerate(told)
            if text
        ),
    ]
