"""`triage quiz`: the vignettes as a training game; the program decides by the rules of the protocol alone."""

import random
import sys
from collections.abc import Sequence

from triage.decision.assessment import Assessment
from triage.frontends import quiz
from triage.frontends.quiz import Flag, Round
from triage.kernel.diagnostics import did_you_mean
from triage.kernel.errors import DONE, BadInput
from triage.protocol.library import folder_of, load_protocol
from triage.protocol.models import Locale, Protocol, Rule
from triage.protocol.shapes import LABELS
from triage.protocol.texts import fill, locale_of
from triage.verify import vignettes
from triage.verify.vignettes import Vignette

CHOICES_MAX = 8  # more than this is a list to search, not to read
WRONG_MIN = 3  # with fewer, ticking everything would be a good guess
SEEDS = 10_000


def run(*, topic: str | None, seed: int | None, locale: str) -> int:
    """Lead the quiz over standard input and output and return the exit code. Raises BadInput for an unknown topic."""
    protocol = load_protocol("ms")
    bank = vignettes.load(folder_of("ms") / vignettes.FOLDER, protocol)
    people = of_topic(bank, topic)
    number = seed if seed is not None else random.randrange(SEEDS)  # noqa: S311 - chance for a game
    rng = random.Random(number)  # noqa: S311 - the same seed gives the same game
    shuffled = rng.sample(people, len(people))
    place = locale_of(protocol, locale)
    rounds = (round_of(each, bank, protocol, place, seed=number) for each in shuffled)  # made when it is its turn
    quiz.run(rounds, len(shuffled), label_titles(protocol, place), sys.stdin, sys.stdout)
    return DONE


def of_topic(bank: Sequence[Vignette], topic: str | None) -> list[Vignette]:
    """Return the vignettes of a topic, or all. Raises BadInput if there are none."""
    found = [each for each in bank if topic in (None, each.topic)]
    if found:
        return found
    topics = sorted({each.topic for each in bank})
    raise BadInput(f"no topic '{str(topic)[:30]}'{did_you_mean(str(topic), topics)}; topics: {', '.join(topics)}")


def label_titles(protocol: Protocol, place: Locale) -> list[str]:
    """Return the labels to choose from, most urgent first."""
    return [fill(protocol.dispositions.labels[label].title, place) for label in reversed(LABELS)]


def round_of(each: Vignette, bank: Sequence[Vignette], protocol: Protocol, place: Locale, *, seed: int) -> Round:
    """Return one vignette as a round; its order of flags depends on the seed and the vignette only."""
    result = vignettes.assessed(each, protocol, locale=place.id)
    rng = random.Random(f"{seed} {each.id}")  # noqa: S311 - the same seed gives the same game
    true = [_flag(name, protocol, place) for name in each.expect.flags]
    wrong = _plausible(each, bank, result, rng)[: max(WRONG_MIN, CHOICES_MAX - len(true))]
    choices = [*true, *(_flag(name, protocol, place) for name in wrong)]
    return Round(
        title=each.title,
        story=each.story,
        label=result.title,
        flags=tuple(true),
        choices=tuple(rng.sample(choices, len(choices))),
        to_do=tuple(action.do for action in result.actions[: len(each.expect.actions)]),
    )


def _plausible(each: Vignette, bank: Sequence[Vignette], result: Assessment, rng: random.Random) -> list[str]:
    """Return flags of others that do not hold for this person: of the same topic; of other topics only if few."""
    hold = {rule.id for rule in result.rules if rule.truth == "yes"}
    near = {name: None for other in bank if other.topic == each.topic for name in other.expect.flags}
    far = {name: None for other in bank if other.topic != each.topic for name in other.expect.flags}
    close = [name for name in near if name not in hold]
    rest = [name for name in far if name not in hold and name not in near]
    return rng.sample(close, len(close)) + rng.sample(rest, max(0, WRONG_MIN - len(close)))


def _flag(name: str, protocol: Protocol, place: Locale) -> Flag:
    rule = next(rule for rule in protocol.rules if rule.id == name)
    return Flag(title=fill(rule.title, place), because=fill(rule.because, place), source=_sources(rule, protocol))


def _sources(rule: Rule, protocol: Protocol) -> str:
    cited = [each for each in protocol.sources if each.id in rule.sources]
    return "; ".join(f"{each.publisher}, {each.title}" for each in cited)
