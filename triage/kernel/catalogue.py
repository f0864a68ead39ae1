"""Every diagnostic code, its one line, and the longer reason."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One code: the template of its line and why it matters."""

    template: str
    why: str


CATALOGUE: dict[str, Entry] = {
    "P001": Entry(
        "{path} cannot be read: {why}; check the name and the permissions",
        "The file or folder is missing or not readable.",
    ),
    "P002": Entry("the file is not text in UTF-8; save it as UTF-8", "A binary file, or another encoding."),
    "P003": Entry(
        "the file is larger than {limit} bytes; split it by topic",
        "A size limit keeps a mistake from filling the memory.",
    ),
    "P004": Entry(
        "the file is empty; write at least one entry or delete the file",
        "An empty file is nearly always a mistake.",
    ),
    "P005": Entry("this is not YAML: {why}", "The YAML grammar is broken here."),
    "P006": Entry("a tab stands in the indentation; use spaces", "YAML forbids tabs there and editors hide them."),
    "P007": Entry(
        "aliases and anchors are not allowed; write the value out",
        "They can hide what a rule says and blow up in size.",
    ),
    "P008": Entry("YAML tags are not allowed; write plain text", "Tags can run code in other readers."),
    "P009": Entry("the key '{key}' stands twice; keep one", "With a repeated key one value would win in silence."),
    "P010": Entry(
        "nested deeper than {limit} levels; name the inner part as a finding",
        "Deep nesting cannot be reviewed.",
    ),
    "P011": Entry(
        "a second document begins here; remove the '---' line or use two files", "A second document would be ignored."
    ),
    "P012": Entry("{folder} has no file {name}; add it, every protocol needs one", "A required file is missing."),
    "P013": Entry("the invisible character {char} is not allowed; remove it", "It can hide text."),
    "P014": Entry(
        "'{name}' is not a file of a protocol{hint}; rename it, move it or delete it",
        "A file nobody reads may hold a rule that somebody relies on.",
    ),
    "T101": Entry(
        "'{key}' is not a key of {what}{hint}; remove it or correct it",
        "A misspelt key would be ignored in silence.",
    ),
    "T102": Entry("{what} has no '{key}'; add it", "A required key is missing."),
    "T103": Entry("{what} should be {wanted}, not {got}; correct it", "The value has the wrong shape."),
    "T104": Entry("'{value}' is not {wanted}{hint}; correct it", "The value is outside the closed list."),
    "T105": Entry(
        "'{value}' is not an id; use small letters, digits and _, starting with a letter",
        "Ids follow one grammar.",
    ),
    "T106": Entry("the id '{id}' is already used at {other}; choose another", "Ids are unique within their kind."),
    "T107": Entry("'{value}' should be {wanted}; correct it", "A number is expected."),
    "T108": Entry("'{value}' is not a date; write YYYY-MM-DD", "A date is expected."),
    "T109": Entry("{what} is empty; write it", "An empty text helps nobody."),
    "T110": Entry("'{value}' is not yes or no; write one of them", "A yes-or-no flag is expected."),
    "T111": Entry(
        "a condition is a finding's name or one key such as 'all'; this has {count} keys; split it",
        "A condition has exactly one key.",
    ),
    "T112": Entry(
        "no {sort} is called '{name}'{hint}; correct the name or add it", "A name in a condition must exist."
    ),
    "T113": Entry(
        "question '{question}' has no option '{option}'{hint}; correct the name or add it",
        "An option in a condition must exist.",
    ),
    "T114": Entry("'{name}' is {kind} and cannot be {use}; {remedy}", "Options are named, numbers are compared."),
    "T115": Entry("no threshold is called '{name}'{hint}; correct the name or add it", "A named bound must exist."),
    "T116": Entry("no source is called '{name}'{hint}; correct the name or add it", "Every citation must exist."),
    "T117": Entry(
        "no door is called '{name}'{hint}; correct the name or add it", "Every door must be in every locale."
    ),
    "T118": Entry(
        "'{names}' depend on each other in a circle; break the circle",
        "Findings and ask_if must form no circle.",
    ),
    "T119": Entry(
        "'{id}' has 'ask_if' but no 'when_skipped'; say what a skipped question counts as",
        "A skipped question must have a meaning.",
    ),
    "T120": Entry(
        "'{id}' has 'when_skipped' but no 'ask_if'; remove it",
        "A question that is always asked is never skipped.",
    ),
    "T121": Entry(
        "'{value}' is not something '{id}' can be skipped as{hint}; use one of its options, none or unknown",
        "The meaning of a skipped question must be one of its values.",
    ),
    "T122": Entry(
        "'{id}' has no source; cite one",
        "Every rule rests on a source, even if it is general knowledge.",
    ),
    "T123": Entry(
        "no condition uses option '{option}' of '{question}'; use it, or mark it or the question 'for: handover'",
        "An option nobody reads is a danger sign nobody acts on.",
    ),
    "T124": Entry(
        "'{name}' is not an effect of a modifier; use step_sooner, floor or advice",
        "A modifier never raises a label; that is what a rule is for.",
    ),
    "T125": Entry(
        "'{name}' names not_sure but not declined; name both, so that silence is never safer than doubt",
        "A refused answer must never give a lower result than an unsure one.",
    ),
    "T126": Entry("'{id}' of kind {kind} needs '{key}'; add it", "Each kind of question and measure has its own keys."),
    "T127": Entry(
        "the placeholder '{{{name}}}' is not a door or a temperature{hint}; use a door's id, or {{temperature:38.0}}",
        "Texts name services only through the locale.",
    ),
    "T128": Entry(
        "'{text}' looks like a phone number or a service name; use a door's id in braces",
        "Numbers and services differ by country.",
    ),
    "T129": Entry(
        "'{id}' rests on general knowledge only; write 'basis: general_knowledge'",
        "What no document supports is marked.",
    ),
    "T130": Entry(
        "'{id}' says 'basis: general_knowledge' but cites more; write 'basis: sourced'",
        "The mark must be true.",
    ),
    "T131": Entry(
        "no section is called '{name}'{hint}; correct the name or add it",
        "A question belongs to a section of the protocol.",
    ),
    "T132": Entry("'{id}' has {count} {sort} cases; write at least {needed}", "Cases show what a rule means."),
    "T133": Entry(
        "case {number} of '{id}' should be {wanted} but is {got}; correct the case or the rule",
        "A case beside a rule must hold.",
    ),
    "T134": Entry(
        "no option of question '{question}' denies; add 'none' or 'no'",
        "A danger sign must be deniable in its own words.",
    ),
    "T135": Entry("locale '{locale}' has no door '{door}'; add it", "Every locale names every door."),
    "T137": Entry("min {low} is above max {high}; swap them", "An empty range accepts nothing."),
    "T138": Entry(
        "'{id}' can never be asked: its own answer decides whether it is asked; change 'ask_if'",
        "A question cannot wait for itself.",
    ),
    "T139": Entry("the bound is missing; write at_least, at_most, under or over", "A comparison needs a bound."),
    "T140": Entry(
        "'{id}' shows more than {limit} options on a first screen; group them",
        "A tired reader cannot take in more.",
    ),
    "T141": Entry("case {number} of '{id}' cannot be read: {why}", "A case uses the same words as an answers file."),
    "T142": Entry(
        "at least {needed} of {count} parts can never hold; lower the number or add parts",
        "A condition that never holds is a rule that never speaks.",
    ),
    "T143": Entry(
        "'{name}' rests on more than {limit} names, one inside another; make the chain shorter",
        "Nobody can review such a chain, and reading it can fail.",
    ),
    "T144": Entry(
        "'{id}' is a word of the protocol language; choose another id",
        "A question, finding or option with such a name could not be told from the word.",
    ),
    "T145": Entry(
        "no rule has the tag '{name}'{hint}; correct the tag or tag a rule",
        "A modifier for a tag that no rule has would do nothing, in silence.",
    ),
    "T148": Entry(
        "'{path}' is no text of this file; write the path of one, for example labels.self_care.lead",
        "Carer wording stands in for a text that is there.",
    ),
    "T149": Entry(
        "this text speaks to the person and has no words for a carer; write 'carer' beside it",
        "Someone who answers for the person must not read 'your legs'.",
    ),
    "T150": Entry(
        "carer words say '{word}'; call the person 'they', and the carer 'you'",
        "The carer is not the one who feels it.",
    ),
    "T147": Entry(
        "a '{brace}' stands without its partner; write a door's id between braces, or leave the brace out",
        "A person would read the brace.",
    ),
    "T146": Entry(
        "a place's words can hold no placeholder but {{by}}; write the words out",
        "A door is where placeholders end; a person would read the braces.",
    ),
    "T160": Entry(
        "an answer of '{id}' cannot be used: {why}",
        "A vignette uses the same words as an answers file.",
    ),
    "T161": Entry(
        "'{id}' should have {what}: {wanted}; the program gives {got}; correct the vignette or the rule",
        "A vignette says what a careful reader decides; the program must agree.",
    ),
    "T162": Entry(
        "'{id}' has the level {level} but expects {label}; write the same label twice",
        "A story under the wrong label would teach the wrong thing.",
    ),
}
