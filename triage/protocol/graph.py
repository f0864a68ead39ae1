"""What depends on what inside a protocol: findings, questions and measures as one directed graph."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from triage.protocol.conditions import Chosen, Compare, Condition, Named, Unknown, leaves
from triage.protocol.models import Place, Protocol


def conditions_of(protocol: Protocol) -> Iterator[tuple[str, Place, Condition]]:
    """Yield every named condition that is not an `ask_if`: kind and id, place, condition."""
    for finding in protocol.findings:
        yield f"finding:{finding.id}", finding.place, finding.when
    for rule in protocol.rules:
        yield f"rule:{rule.id}", rule.place, rule.when
    for modifier in protocol.modifiers:
        yield f"modifier:{modifier.id}", modifier.place, modifier.when
    for block in protocol.advice:
        yield f"advice:{block.id}", block.place, block.when
    for net in protocol.safety_nets:
        if net.when is not None:
            yield f"safety_net:{net.id}", net.place, net.when
    for pair in protocol.contradictions:
        yield f"contradiction:{pair.id}", pair.place, pair.when


def places(protocol: Protocol) -> dict[str, Place]:
    """Return where each name of the graph stands."""
    found = {name: place for name, place, _ in conditions_of(protocol)}
    found |= {f"subject:{question.id}": question.place for question in protocol.questions}
    return found | {f"subject:{measure.id}": measure.place for measure in protocol.measures}


def read_by(condition: Condition) -> frozenset[str]:
    """Return the graph names a condition reads directly: `finding:x` and `subject:x` for questions and measures."""
    names = set()
    for leaf in leaves(condition):
        match leaf:
            case Named():
                names.add(f"finding:{leaf.finding}")
            case Chosen():
                names.add(f"subject:{leaf.question}")
            case Compare() | Unknown():
                names.add(f"subject:{leaf.subject}")
    return frozenset(names)


def edges(protocol: Protocol) -> dict[str, frozenset[str]]:
    """Return the whole graph: what each finding, subject, rule, modifier and block reads directly.

    A count of not-sure answers reads no question here: it waits for none of them.
    """
    graph = {name: read_by(condition) for name, _, condition in conditions_of(protocol)}
    for question in protocol.questions:
        graph[f"subject:{question.id}"] = frozenset() if question.ask_if is None else read_by(question.ask_if)
    for measure in protocol.measures:
        read = {f"subject:{name}" for name in (measure.source, measure.against) if name}
        graph.setdefault(f"subject:{measure.id}", frozenset(read))
    return graph


def circles(protocol: Protocol) -> list[tuple[str, ...]]:
    """Return each circle once: its names in the order in which one reads the next, the smallest name first."""
    return _broken_up(edges(protocol))[0]


def depths(protocol: Protocol) -> dict[str, int]:
    """Return how many names stand below each name, one inside another; circles are cut open first."""
    graph = _broken_up(edges(protocol))[1]
    found: dict[str, int] = {}
    for name in TopologicalSorter(graph).static_order():
        found[name] = 1 + max((found[read] for read in graph.get(name, ())), default=-1)
    return found


def _broken_up(graph: dict[str, frozenset[str]]) -> tuple[list[tuple[str, ...]], dict[str, list[str]]]:
    """Return the circles, and the graph without the step that closes each; sorted, so that every run says the same."""
    open_graph = {name: sorted(read) for name, read in sorted(graph.items())}
    found: list[tuple[str, ...]] = []
    while True:
        try:
            TopologicalSorter(open_graph).prepare()
        except CycleError as error:
            circle = tuple(reversed(error.args[1]))[:-1]  # graphlib names each after the one that waits for it
            least = circle.index(min(circle))
            found.append(circle[least:] + circle[:least])
            open_graph[found[-1][-1]].remove(found[-1][0])
        else:
            return found, open_graph
