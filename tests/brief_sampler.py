"""Random people in the clinical brief's codes, steered so that a chosen condition holds, or fails by a hair."""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.brief import Value
from tests.brief_language import And, Blank, Fact, Figure, Holds, Node, Not, Or, Person, parse

TRIES = 60  # a condition with many parts is met by luck; the hardest of them needs about 20
FIGURES: Mapping[str, tuple[float, float, float]] = {  # lowest, highest, smallest step
    "t01": (34.0, 43.0, 0.1),
    "s03": (0, 10, 1),
    "s05": (0, 365, 1),
    "s07": (0, 520, 1),
    "b01": (18, 100, 1),
    "hours": (0, 9000, 0.5),
    "days_relapse": (0, 9000, 1),
    "days_dose": (0, 9000, 1),
    "spasm_max": (0, 10, 1),
    "spasm_rise": (0, 10, 1),
}
FIGURE_OF = {"n03": ("hours",), "n11": ("days_relapse",), "b06": ("days_dose",), "s02": ("spasm_max", "spasm_rise")}

# The brief's column "ask", question by question, in its own language; what is not here is always asked.
ASKED: Mapping[str, Node] = {
    code: parse(text)
    for code, text in {
        "e04": "not e03.none",
        "b03": "b02.confirmed",
        "b05": "not b02.no",
        "b06": "not b05.none and not b02.no",
        "x01": "b07 in {baclofen, pump, tizanidine, benzo, gabapentinoid, antiepileptic, opioid, not_sure}",
        "x02": "not b05.none and not b02.no or b07 in {dantrolene, tizanidine, antiepileptic, not_sure}",
        "x03": "b08 in {high_cord, wheelchair, catheter, not_sure}",
        "x04": "not b04.no",
        "x05": "b07 in {steroids, not_sure}",
        "n02": "not n01 in {usual, none}",
        "n03": "not n01 in {usual, none}",
        "n04": "not n01 in {usual, none} or not e03.none",
        "n05": "not n01 in {usual, none}",
        "n06": "not n01 in {usual, none}",
        "n07": "not n01 in {usual, none}",
        "n08": "not n01 in {usual, none} or not s01.none",
        "n09": "n02 in {vision, double} or b05 in {s1p, natalizumab}",
        "n10": "n02.face_pain",
        "n11": "not n01 in {usual, none}",
        "n12": "not n01 in {new, usual, none}",
        "t03": "not t02.none",
        "t05": "not t04.no",
        "t06": "t04.yes or t01 >= 39",
        "t08": "not s01.none or n02.bowel or t07.constipated",
        "s02": "not s01.none",
        "s03": "not s01.none or n02.pain",
        "s04": "not s01.none",
        "s05": "not s01.none or s03 > 0 or (n02.pain and unknown(s03))",
        "s06": "not s01.none",
        "s07": "not s01.none",
        "s09": "not s01.none",
        "s10": "not s01.none and not s07 < 12",
        "m01": "not b05.none and not b02.no or not b07.none",
    }.items()
}
ASKED_FOR = {figure: code for code, figures in FIGURE_OF.items() for figure in figures}

Answers = dict[str, Value]


@dataclass(frozen=True)
class Sampler:
    """Makes people. `options` lists every choice of every question; `facts` are the derived facts."""

    rng: random.Random
    base: Mapping[str, Value]
    options: Mapping[str, Sequence[str]]
    many: frozenset[str]
    facts: Mapping[str, Node]
    bounds: Mapping[str, Sequence[float]]

    def person(self, node: Node, *, want: bool) -> Answers | None:
        """Return somebody for whom a condition comes out as wanted, or None if luck fails."""
        for _ in range(TRIES):
            answers: Answers = {**dict.fromkeys(self.options), **self.base}
            self._noise(answers)
            self._make(node, answers, want=want)
            self._settle(answers)
            if Person(answers, self.facts).holds(node) is want:
                return answers
        return None

    def near(self, node: Node, answers: Answers) -> Answers:
        """Return the same person with one part of an 'and' broken, or one of the answers that it reads changed."""
        changed = dict(answers)
        if isinstance(node, And) and self.rng.random() < 2 / 3:
            self._make(self.rng.choice(node.parts), changed, want=False)
        else:
            read = sorted({name for name in self._names(node) if changed.get(name) is not None})
            code = self.rng.choice(read or ["n01"])
            changed[code] = self._any(code)
            self._ask(code, changed)
        self._settle(changed)
        return changed

    def _noise(self, answers: Answers) -> None:
        for code in self.options:
            if self.rng.random() < 0.06:
                answers[code] = self._any(code)
        for figure in FIGURES:
            if self.rng.random() < 0.3:
                answers[figure] = self._figure(figure)

    def _any(self, code: str) -> Value:
        if code in FIGURES:
            return self._figure(code) if self.rng.random() < 0.8 else None
        options = self.options[code]
        if not options:
            return None
        if code in self.many and self.rng.random() < 0.5:
            signs = [each for each in options if each not in ("none", "not_sure", "prefer_not")]
            return self.rng.sample(signs, min(len(signs), self.rng.choice((1, 2, 2, 3))))
        return self.rng.choice(options)

    def _figure(self, name: str) -> float:
        low, high, step = FIGURES[name]
        beside = [bound + nudge for bound in self.bounds.get(name, ()) for nudge in (-step, 0.0, step)]
        figure = self.rng.choice([*beside, low, high, low + step * self.rng.randint(0, int((high - low) / step))])
        return round(min(high, max(low, figure)), 1)

    def _make(self, node: Node, answers: Answers, *, want: bool) -> None:
        match node:
            case Not():
                self._make(node.part, answers, want=not want)
            case Fact():
                self._make(self.facts[node.name], answers, want=want)
            case And() | Or():
                all_needed = isinstance(node, And) is want
                for part in node.parts if all_needed else [self.rng.choice(node.parts)]:
                    self._make(part, answers, want=want)
            case Blank():
                answers[node.name] = None if want else self._any(node.name)
            case Figure():
                answers[node.name] = self._beyond(node, want=want)
            case Holds():
                answers[node.question] = self._choose(node, answers.get(node.question), want=want)
        if isinstance(node, Blank | Figure | Holds):
            self._ask(node.question if isinstance(node, Holds) else node.name, answers)

    def _ask(self, code: str, answers: Answers) -> None:
        needed = ASKED.get(ASKED_FOR.get(code, code))
        if needed is not None and not Person(answers, self.facts).holds(needed):
            self._make(needed, answers, want=True)

    def _beyond(self, node: Figure, *, want: bool) -> float | None:
        for _ in range(TRIES):
            figure = self._figure(node.name)
            if Person({node.name: figure}, {}).holds(node) is want:
                return figure
        return None

    def _choose(self, node: Holds, before: Value, *, want: bool) -> Value:
        kept = {each for each in before if each != "none"} if isinstance(before, list | tuple) else set()
        if not want:
            left = sorted(kept - set(node.options))
            if left:
                return left
            other: str = self.rng.choice([each for each in self.options[node.question] if each not in node.options])
            return other
        chosen = self.rng.sample(node.options, node.needed)
        if node.question not in self.many or chosen == ["not_sure"]:
            return chosen[0]
        return sorted(kept | set(chosen))

    def _settle(self, answers: Answers) -> None:
        """Leave out what the brief does not ask this person and fill in what it does; one answer can open the next."""
        rise, highest = answers.get("spasm_rise"), answers.get("spasm_max")
        if isinstance(rise, int | float) and (not isinstance(highest, int | float) or highest < rise):
            answers["spasm_max"] = rise
        for _ in ASKED:
            before = dict(answers)
            person = Person(before, self.facts)
            for code, options in self.options.items():
                if code in ASKED and not person.holds(ASKED[code]):
                    answers.update(dict.fromkeys((code, *FIGURE_OF.get(code, ()))))
                elif options and answers.get(code) is None:
                    answers[code] = self._denial(code)
            if answers == before:
                return

    def _denial(self, code: str) -> Value:
        denials = (self.base.get(code), "none", "no", "not_sure")
        return next(each for each in denials if each is not None and (each in self.options[code] or each == ["none"]))

    def _names(self, node: Node) -> Iterator[str]:
        match node:
            case Not():
                yield from self._names(node.part)
            case Fact():
                yield from self._names(self.facts[node.name])
            case And() | Or():
                for part in node.parts:
                    yield from self._names(part)
            case Blank() | Figure():
                yield node.name
            case Holds():
                yield node.question
