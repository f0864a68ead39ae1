"""Every code of the translation check: its one line, and why it matters."""

from triage.kernel.catalogue import Entry

TRANSLATION: dict[str, Entry] = {
    "S300": Entry(
        "'{key}' is not translated: '{source}'; translate it",
        "A text in another language than the rest may not be understood, and an emergency text must be.",
    ),
    "S301": Entry(
        "'{key}' is stale: its source is now '{source}'; look at it again, then take the fuzzy mark away",
        "The translation says what the protocol said before.",
    ),
    "S302": Entry(
        "'{key}' is no text of this protocol{hint}; write the file again with triage protocol translate --write",
        "A translation of nothing hides a text that was renamed.",
    ),
    "S303": Entry(
        "'{key}' has {found} in braces where the source has {wanted}; use the same ones",
        "A service or a temperature would be missing from the sentence, or stand as a raw name.",
    ),
    "S304": Entry(
        "'{key}' has the figures {found} where the source has {wanted}; use the same ones",
        "A wrong figure in a translation is as dangerous as one in a rule.",
    ),
    "S305": Entry(
        "'{key}' is the same as its source: '{source}'; translate it",
        "A sentence that was copied over was forgotten.",
    ),
    "S306": Entry(
        "'{key}' lists {found} forms where {wanted} are needed; write one for each",
        "A month without a name cannot be read or shown.",
    ),
}
