"""Every code of the plain-language check: its one line, and why it matters."""

from triage.kernel.catalogue import Entry

PLAIN: dict[str, Entry] = {
    "L200": Entry(
        "nothing is known about plain words in the language '{tag}'; write rules/plain/{tag}.yaml",
        "Without word lists the texts of a protocol would pass unread.",
    ),
    "L201": Entry(
        "{part}: '{words}' is a sentence of {count} words; say it in sentences of at most {limit}",
        "The end of a long sentence is read when its beginning is forgotten.",
    ),
    "L202": Entry(
        "{part}: '{words}' says no {count} times; say what is so",
        "Two noes are easily read as one, and mean the opposite.",
    ),
    "L203": Entry(
        "{part}: '{words}' asks for what is not so; ask for what is so",
        "Nobody knows what a no to a no means.",
    ),
    "L204": Entry(
        "{part}: '{words}' opens a second question; ask each by itself, or list what is alike after 'any of these'",
        "One answer cannot be true for two questions.",
    ),
    "L205": Entry(
        "{part}: '{words}' is a hard word; use a plainer one, or explain it in glossary.yaml",
        "A word nobody knows is a question nobody answers.",
    ),
    "L206": Entry(
        "{part}: yes and no do not cover '{words}'; offer the third answer (kind: choice), or ask only those it fits",
        "Who finds no answer that fits chooses one that is wrong.",
    ),
    "L207": Entry("{part}: '{words}' is not a word for this; {remedy}", "Some words belittle, and some are for staff."),
    "L208": Entry(
        "{part}: '{words}' tells a person what the cause is; say what it could be",
        "These questions cannot find a cause; only a health worker can.",
    ),
    "L209": Entry(
        "{part}: '{words}' is a figure of chance; say what to do instead",
        "Few people read such figures well, and none of them fits one person.",
    ),
    "L210": Entry(
        "{part}: '{words}' is a number in letters; write it in digits",
        "Digits are found at a glance.",
    ),
}
