"""What to do meanwhile, and when to come back."""

from collections.abc import Iterable

from triage.decision.assessment import AdviceBlock
from triage.engines.base import Truths
from triage.kernel.scale import Disposition
from triage.kernel.truth import NO, YES
from triage.protocol.models import Locale, Modifier, Protocol
from triage.protocol.texts import fill


def blocks(protocol: Protocol, truths: Truths, label: Disposition, place: Locale) -> tuple[AdviceBlock, ...]:
    """Return the advice blocks whose condition holds, in protocol order."""
    return tuple(
        AdviceBlock(
            id=block.id,
            title=fill(block.title, place),
            cautions=tuple(fill(line, place) for line in block.cautions),
            text=tuple(fill(line, place) for line in block.text),
            sources=block.sources,
        )
        for block in protocol.advice
        if truths.get(f"advice:{block.id}", NO) is YES and (not block.labels or label in block.labels)
    )


def safety_net(protocol: Protocol, truths: Truths, label: Disposition, place: Locale) -> tuple[str, ...]:
    """Return when to come back: what always stands with this label, then what this person's answers add."""
    return tuple(
        fill(net.text, place)
        for net in protocol.safety_nets
        if label in net.labels and (net.when is None or truths.get(f"safety_net:{net.id}", NO) is YES)
    )


def of_modifiers(modifiers: Iterable[Modifier], place: Locale) -> tuple[str, ...]:
    """Return the advice that circumstances add, each line once."""
    texts = (effect.text for modifier in modifiers for effect in modifier.effects if effect.kind == "advice")
    return tuple(dict.fromkeys(fill(text, place) for text in texts))
