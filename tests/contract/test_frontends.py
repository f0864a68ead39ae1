"""The same scripts through every text front end: the same answers, the same words, the same result."""

import codecs
import io
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import TextIO, cast

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from tests.shipped import AT, PROTOCOL, REFERENCE
from triage.frontends import conversation, lines, plain, terminal
from triage.frontends.conversation import Ending
from triage.frontends.lexicon import Command
from triage.frontends.terminal import offers
from triage.interview.prompts import PromptView
from triage.interview.session import Interview

CTRL_C, CTRL_D = "\x03", "\x04"
Move = tuple[str, object]  # what is typed, and what it should do to the interview
# the emergency screens of a person with nothing alarming, then their MS, and no medicine or illness
CALM: list[Move] = [
    *[("none", "none")] * 9,
    ("45", 45),
    ("1", "confirmed"),
    *[("none", "none")] * 3,
    ("no", "no"),
    *[("none", "none")] * 2,
]


@dataclass(frozen=True)
class Script:
    """Lines, and the events they should become; None is a line that changes nothing."""

    moves: list[Move]
    ending: Ending


SCRIPTS = [
    pytest.param(
        Script([("none", "none"), ("face", "face"), ("1", "now_24h")], "finished"),
        id="a stroke sign ends the questions",
    ),
    pytest.param(Script([("1", "unresponsive")], "finished"), id="nobody can be woken"),
    pytest.param(Script([("none", "none"), ("q", Command.STOP)], "stopped"), id="stopping after one answer"),
    pytest.param(Script([("none", "none")], "input_ended"), id="the input ends after one answer"),
    pytest.param(Script([], "input_ended"), id="the input ends before any answer"),
    pytest.param(
        Script(
            [("none", "none"), ("b", Command.BACK), ("5", "rash_faint"), ("not sure", "not_sure"), ("q", Command.STOP)],
            "stopped",
        ),
        id="going back and answering otherwise",
    ),
    pytest.param(
        Script([("b", None), ("", None), ("99", None), ("6 1", None), ("?", None), ("none", "none")], "input_ended"),
        id="mistakes and questions change nothing",
    ),
    pytest.param(
        Script(
            [
                *CALM,
                ("1", "new"),
                ("1 2", ["weak", "balance"]),
                ("yesterday 14:00", "2026-11-20T14:00:00+00:00"),
                ("3", "days"),
                ("q", Command.STOP),
            ],
            "stopped",
        ),
        id="a new symptom, stopped half way",
    ),
    pytest.param(
        Script([*CALM, ("none", "none"), ("38,4", 38.4), ("1 not sure", None), ("q", Command.STOP)], "stopped"),
        id="a temperature with a comma",
    ),
]


def begun() -> Interview:
    return Interview(PROTOCOL, at=AT, locale="en-GB", engines=REFERENCE)


def still() -> datetime:
    return AT


def directly(script: Script) -> Interview:
    """Play a script on the interview itself."""
    interview = begun()
    for _, event in script.moves:
        if event is Command.BACK:
            interview = interview.back()
        elif event is not None and event is not Command.STOP:
            interview = interview.answer(event)
    return interview if interview.finished else interview.stop()


def through_plain(typed: list[str]) -> tuple[Interview, Ending, str]:
    out = io.StringIO()
    interview, ending = plain.run(begun(), io.StringIO("".join(f"{line}\n" for line in typed)), out, still)
    return interview, ending, out.getvalue()


def through_terminal(typed: list[str], last: str = CTRL_D) -> tuple[Interview, Ending]:
    with create_pipe_input() as source:
        source.send_text("".join(f"{line}\r" for line in typed) + last)
        return terminal.run(begun(), still, source=source, output=DummyOutput())


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Collect every line that each screen shows and asks."""
    said: dict[str, list[str]] = {}

    def listen(kind: type[plain.Lines] | type[terminal.Prompt]) -> None:
        log = said.setdefault(kind.__name__, [])
        show, ask = kind.show, kind.ask

        def shown(self: plain.Lines, text: list[str]) -> None:
            log.extend(text)
            show(self, text)  # type: ignore[arg-type]

        def asked(self: plain.Lines, prompt: str, view: PromptView) -> str:
            log.append(prompt)
            return ask(self, prompt, view)  # type: ignore[arg-type]

        monkeypatch.setattr(kind, "show", shown)
        monkeypatch.setattr(kind, "ask", asked)
        monkeypatch.setattr(kind, "width", 72)

    listen(plain.Lines)
    listen(terminal.Prompt)
    return said


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_front_end_gives_the_same_answers_words_and_result(script: Script, heard: dict[str, list[str]]) -> None:
    typed = [line for line, _ in script.moves]
    lined, lined_ending, _ = through_plain(typed)
    edited, edited_ending = through_terminal(typed)
    assert lined_ending == edited_ending == script.ending
    assert lined.finished
    assert edited.finished
    assert heard["Lines"] == heard["Prompt"]
    assert lined.result == edited.result
    assert lined.state == edited.state
    if all(event is not None for _, event in script.moves):
        alone = directly(script)
        assert (alone.state, alone.result) == (lined.state, lined.result)


def test_ctrl_c_at_the_terminal_keeps_what_was_answered() -> None:
    interview, ending = through_terminal(["none", "none"], last=CTRL_C)
    assert ending == "interrupted"
    assert interview.state is not None
    assert len(interview.state.asked) == 2
    assert interview.result.disposition == "not_finished"


def test_a_line_with_a_mistake_is_not_held_back_by_the_check_while_typing() -> None:
    interview, ending = through_terminal(["99", "none", "q"])
    assert ending == "stopped"
    assert interview.state is not None
    assert interview.state.asked == ("urgent_now",)


def test_plain_mode_writes_not_one_control_byte() -> None:
    _, _, text = through_plain(["none", "\x1b[A\x07", "?", "b", "none", "face", "1"])
    assert not [char for char in text if not char.isprintable() and char != "\n"]


def test_plain_mode_survives_bytes_that_are_no_text() -> None:
    source = io.TextIOWrapper(io.BytesIO(b"none\n\xff\xfe\xfa\nface\n1\n"), encoding="utf-8")
    interview, ending = plain.run(begun(), source, io.StringIO(), still)
    assert ending == "finished"
    assert interview.result.disposition == "emergency"


def test_plain_mode_ends_where_a_stream_cannot_be_decoded() -> None:
    source = codecs.getreader("utf-8")(io.BytesIO(b"none\n\xff\n"))  # cannot be told to replace them
    interview, ending = plain.run(begun(), cast("TextIO", source), io.StringIO(), still)
    assert ending == "input_ended"
    assert interview.finished


def test_plain_mode_writes_to_a_stream_that_has_only_ascii() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    typed = [*(line for line, _ in CALM), "none"]
    plain.run(begun(), io.StringIO("\n".join(typed) + "\n"), out, still)
    assert b"34 to 43 ?C" in raw.getvalue()


def test_an_endless_line_answers_one_question_only() -> None:
    interview, _, text = through_plain(["none" + " " * 5000 + "none", "none"])
    assert "that is too long" in text
    assert interview.state is not None
    assert interview.state.asked == ("urgent_now",)


class Broken(io.StringIO):
    """A stream whose reader has gone after some blocks."""

    def __init__(self, blocks: int) -> None:
        super().__init__()
        self.left = blocks

    def write(self, text: str) -> int:
        self.left -= 1
        if self.left < 0:
            raise BrokenPipeError
        return super().write(text)


@pytest.mark.parametrize("blocks", [0, 1, 2, 5])
def test_a_broken_pipe_ends_in_a_result(blocks: int) -> None:
    interview, ending = plain.run(begun(), io.StringIO("none\n" * 5), Broken(blocks), still)
    assert ending == "input_ended"
    assert interview.finished
    assert interview.result.safety_net


@pytest.mark.parametrize("which", ["in", "out"])
def test_a_closed_stream_ends_in_a_result(which: str) -> None:
    source, out = io.StringIO("none\n"), io.StringIO()
    (source if which == "in" else out).close()
    interview, ending = plain.run(begun(), source, out, still)
    assert (ending, interview.finished) == ("input_ended", True)


@pytest.mark.parametrize(
    ("place", "name"),
    [
        pytest.param(lines, "opening_lines", id="the first screen breaks"),
        pytest.param(lines, "question_lines", id="drawing a question breaks"),
        pytest.param(lines, "prompt_text", id="the prompt breaks"),
        pytest.param(lines, "noted_lines", id="reading back breaks"),
        pytest.param(conversation, "read_line", id="reading a line breaks"),
    ],
)
def test_a_fault_ends_in_the_result_of_what_was_answered(
    place: object, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault(*_: object, **__: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(place, name, fault)
    interview, ending, text = through_plain(["none", "face", "1"])
    assert ending == "stopped"
    assert interview.finished
    assert interview.result.safety_net
    assert PROTOCOL.screen.broken in text.replace("\n", " ")
    assert "planted" not in text


def test_a_clock_that_breaks_ends_in_a_result() -> None:
    def broken() -> datetime:
        raise OverflowError

    interview, ending = plain.run(begun(), io.StringIO("none\n"), io.StringIO(), broken)
    assert (ending, interview.finished) == ("stopped", True)


def test_the_time_moves_with_the_clock() -> None:
    minutes = count(1)

    def ticking() -> datetime:
        return AT + timedelta(minutes=next(minutes))

    typed = [*(line for line, _ in CALM), "1", "1", "now", "q"]
    interview, _ = plain.run(begun(), io.StringIO("\n".join(typed)), io.StringIO(), ticking)
    assert interview.state is not None
    assert interview.state.answers["onset"].moment == AT + timedelta(minutes=len(CALM) + 3)
    assert interview.at > AT + timedelta(minutes=len(CALM) + 3)


def test_each_block_is_flushed_before_a_line_is_read() -> None:
    log: list[str] = []

    class Out(io.StringIO):
        def flush(self) -> None:
            log.append("flush")

    class In(io.StringIO):
        def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
            log.append("read")
            return super().readline(-1 if size is None else size)

    plain.run(begun(), In("none\n"), Out(), still)
    assert all(before == "flush" for before, now in pairwise(log) if now == "read")


def test_a_terminal_that_cannot_move_its_cursor_gets_plain_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Typed(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("sys.stdin", Typed("none\nq\n"))
    interview, ending = terminal.run(begun(), still)
    assert ending == "stopped"
    assert "\x1b" not in capsys.readouterr().out
    assert interview.finished


def hung_up_at(turn: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Interview, Ending]:
    """Close the line while the given question waits for its answer."""
    turns = count(1)
    begin = terminal.Prompt.ask

    def ask(self: terminal.Prompt, prompt: str, view: PromptView) -> str:
        if next(turns) == turn:
            self._session.app.pre_run_callables.append(self.hang_up)
        return begin(self, prompt, view)

    monkeypatch.setattr(terminal.Prompt, "ask", ask)
    with create_pipe_input() as source:
        source.send_text("none\r" * (turn - 1))
        return terminal.run(begun(), still, source=source, output=DummyOutput())


@pytest.mark.parametrize("turn", [1, 3])
def test_a_closed_terminal_ends_like_the_end_of_input(turn: int, monkeypatch: pytest.MonkeyPatch) -> None:
    interview, ending = hung_up_at(turn, monkeypatch)
    assert ending == "input_ended"
    assert interview.state is not None
    assert len(interview.state.asked) == turn - 1


def test_a_line_cut_between_two_questions_ends_at_the_next() -> None:
    screen = plain.Lines(io.StringIO("none\n"), io.StringIO())
    screen.hang_up()
    _, ending = conversation.converse(begun(), screen, still)
    assert ending == "input_ended"


@pytest.mark.parametrize(
    ("fragment", "offered"),
    [
        pytest.param("fa", ["1"], id="letters of a word offer its number"),
        pytest.param("droop", ["1"], id="a word inside an answer offers it, because the whole answer is seen"),
        pytest.param("no", ["6", "7"], id="the denial and the doubt"),
        pytest.param("", ["1", "2", "3", "4", "5", "6", "7"], id="asked for without letters, all"),
        pytest.param("zz", [], id="nothing that fits"),
    ],
)
def test_what_tab_offers(fragment: str, offered: list[str]) -> None:
    view = begun().answer("none").prompt
    assert view is not None
    assert [text for text, _ in offers(view, fragment)] == offered


def test_tab_completes_a_word_to_its_number() -> None:
    interview, _ = through_terminal(["none", "droo\t", "1"])
    assert interview.result.disposition == "emergency"


class Sizes(DummyOutput):
    """A window of a given width that keeps what is written."""

    def __init__(self, columns: int) -> None:
        self.columns, self.text = columns, ""

    def write(self, data: str) -> None:
        self.text += data

    def get_size(self):  # type: ignore[no-untyped-def]
        return super().get_size()._replace(columns=self.columns)


@pytest.mark.parametrize(("columns", "widest"), [(10, 20), (30, 30), (80, 80), (300, 100)])
def test_lines_fit_the_window_and_are_never_too_long_to_read(columns: int, widest: int) -> None:
    output = Sizes(columns)
    with create_pipe_input() as source:
        source.send_text(CTRL_D)
        terminal.run(begun(), still, source=source, output=output)
    lengths = [len(line) for line in output.text.split("Section:")[0].splitlines()]
    assert widest - 12 <= max(lengths) <= widest
