"""What depends on what inside a protocol: findings, questions and measures as one directed graph."""

from collections.abc import Iterator
from functools import lru_cache

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
        graph[f"subject:{measure.id}"] = frozenset(read)
    return graph


def circles(protocol: Protocol) -> list[tuple[str, Place]]:
    """Return each circle once, as its names joined by arrows, with the place of its first member."""
    graph = edges(protocol)
    places = {name: place for name, place, _ in conditions_of(protocol)}
    places |= {f"subject:{question.id}": question.place for question in protocol.questions}
    places |= {f"subject:{measure.id}": measure.place for measure in protocol.measures}
    done: set[str] = set()
    found: list[tuple[str, Place]] = []

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = path[path.index(name) :]
            found.append((" -> ".join(each.partition(":")[2] for each in (*circle, name)), places[name]))
            return
        if name in done:
            return
        for read in sorted(graph.get(name, ())):
            visit(read, (*path, name))
        done.add(name)

    for name in sorted(graph):
        visit(name, ())
    return found


@lru_cache(maxsize=8)
def _closures(protocol_hash: str, frozen: tuple[tuple[str, frozenset[str]], ...]) -> dict[str, frozenset[str]]:
    graph = dict(frozen)
    closed: dict[str, frozenset[str]] = {}

    def close(name: str) -> frozenset[str]:
        if name not in closed:
            direct = graph.get(name, frozenset())
            closed[name] = direct.union(*(close(each) for each in direct)) if direct else direct
        return closed[name]

    for name in graph:
        close(name)
    return closed


def closures(protocol: Protocol) -> dict[str, frozenset[str]]:
    """Return everything each name reads, directly or not; kept for the last few protocols."""
    return _closures(protocol.hash, tuple(sorted(edges(protocol).items())))
