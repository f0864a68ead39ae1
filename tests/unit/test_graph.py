"""Circles and chains among the names of a protocol."""

from pathlib import Path

import pytest

from triage.protocol import graph, loader
from triage.protocol.conditions import Any, Chosen, Named
from triage.protocol.models import Finding, Protocol

BASE = loader.load(Path(__file__).resolve().parents[1] / "malformed" / "base")


def with_findings(reads: dict[str, str]) -> Protocol:
    """Return the base with these findings only: each id, and the ids it names."""
    place = BASE.findings[0].place
    findings = (
        Finding(
            id=name,
            brief=(),
            meaning=name,
            when=Any(of=tuple(Named(finding=each) for each in named.split())),
            place=place,
        )
        for name, named in reads.items()
    )
    return BASE.model_copy(update={"findings": tuple(findings), "rules": (), "questions": (), "measures": ()})


@pytest.mark.parametrize(
    ("reads", "circles"),
    [
        pytest.param({"a": "b", "b": ""}, [], id="a line"),
        pytest.param({"a": "b c", "b": "d", "c": "d", "d": ""}, [], id="two ways to one name"),
        pytest.param({"a": "a"}, ["a"], id="a name that reads itself"),
        pytest.param({"b": "a", "a": "b"}, ["a b"], id="two that read each other, the smaller first"),
        pytest.param({"c": "a", "a": "b", "b": "c"}, ["a b c"], id="three, in the order of reading"),
        pytest.param({"a": "b", "b": "a", "c": "d", "d": "c"}, ["a b", "c d"], id="two circles"),
        pytest.param({"a": "b", "b": "c", "c": "b"}, ["b c"], id="what leads into a circle is not part of it"),
    ],
)
def test_circles(reads: dict[str, str], circles: list[str]) -> None:
    found = [
        " ".join(name.removeprefix("finding:") for name in circle) for circle in graph.circles(with_findings(reads))
    ]
    assert sorted(found) == circles


def test_a_chain_of_ten_thousand_is_measured_and_not_climbed() -> None:
    protocol = with_findings({f"f{n}": f"f{n - 1}" if n else "" for n in range(10_000)})
    assert graph.depths(protocol)["finding:f9999"] == 9_999
    assert graph.circles(protocol) == []


def test_a_circle_of_ten_thousand_is_found() -> None:
    (circle,) = graph.circles(with_findings({f"f{n}": f"f{n - 1}" if n else "f9999" for n in range(10_000)}))
    assert len(circle) == 10_000


def test_what_a_condition_reads() -> None:
    condition = Any(of=(Named(finding="x"), Chosen(question="q", options=("yes",))))
    assert graph.read_by(condition) == {"finding:x", "subject:q"}
