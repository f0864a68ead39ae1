"""Any way through an interview: answering, changing one's mind, going back, leaving, in any order."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.shipped import AT, PROTOCOL, QUESTIONS, REFERENCE
from triage.decision.assess import assess, assess_answers
from triage.decision.evidence import raw_answer
from triage.engines.base import Valuation
from triage.engines.sheet import sheet_of
from triage.interview.session import Interview
from triage.interview.state import InterviewState
from triage.kernel.answers import Word, frozen_answers
from triage.kernel.scale import Disposition
from triage.kernel.truth import YES
from triage.protocol.models import Question

STEPS = 30  # with several denials in some steps, about one interview in three comes to its end


def calm_or_any(question: Question) -> st.SearchStrategy[object]:
    """Draw an answer, the denial four times in five: else nearly every interview ends at once in an emergency."""
    calm = st.just(question.denial or "not_sure")
    return st.one_of(calm, calm, calm, calm, anything(question))


def anything(question: Question) -> st.SearchStrategy[object]:
    """Draw any answer a person can give."""
    words: st.SearchStrategy[object] = st.sampled_from([word.value for word in Word])
    named = [option.id for option in question.options]
    match question.kind:
        case "many":
            return st.one_of(st.lists(st.sampled_from(named), min_size=1, max_size=3, unique=True), words)
        case "choice" | "yes_no":
            return st.one_of(st.sampled_from(named), words)
        case "number" | "scale":
            low, high = int(question.low or 0), int(question.high or 100)
            return st.one_of(st.integers(low, high), words)
        case "moment":
            hours = st.sampled_from((1, 30, 60, 200, 900, 3000))
            return st.one_of(hours.map(lambda each: (AT - timedelta(hours=each)).isoformat()), words)


class AnyWayThrough(RuleBasedStateMachine):
    """One interview, and what must hold after each step of it."""

    @initialize()
    def start(self) -> None:
        self.in_a_row = 0
        self.reached = ""  # the first rule of an emergency that was told
        self.stand_at(Interview(PROTOCOL, at=AT, engines=REFERENCE), came_by_answering=True)

    def stand_at(self, interview: Interview, *, came_by_answering: bool) -> None:
        self.interview = interview
        self.result = interview.result  # once for each step: working it out is what takes the time
        self.came_by_answering = came_by_answering
        self.in_a_row = self.in_a_row + 1 if came_by_answering else 0

    @property
    def state(self) -> InterviewState:
        assert self.interview.state is not None
        return self.interview.state

    @precondition(lambda self: self.interview.prompt is not None)
    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        assert self.interview.prompt is not None
        question = self.interview.prompt.question
        answer = data.draw(calm_or_any(question), label=question.id)
        self.stand_at(self.interview.answer(answer), came_by_answering=True)
        assert question.id in self.state.answers

    @precondition(lambda self: self.interview.prompt is not None)
    @rule(count=st.integers(2, 8))
    def deny_the_next_few(self, count: int) -> None:
        for _ in range(count):
            if self.interview.prompt is not None:
                question = self.interview.prompt.question
                self.stand_at(self.interview.answer(question.denial or "not_sure"), came_by_answering=True)

    @precondition(lambda self: bool(self.state.asked))
    @rule()
    def go_back(self) -> None:
        before, answers = self.state, dict(self.state.answers)
        self.stand_at(self.interview.back(), came_by_answering=False)
        assert self.interview.prompt is not None
        back_at = self.interview.prompt.question.id
        place = before.asked.index(before.current) if before.current in before.asked else len(before.asked)
        earlier = [name for name in before.asked[:place] if self.applies(name)]
        assert back_at == (earlier[-1] if earlier else before.current)
        assert dict(self.state.answers) == answers
        assert self.interview.prompt.given == answers.get(back_at)

    @rule()
    def leave_for_a_moment(self) -> None:
        left = self.interview.stop()
        assert left.finished
        assert left.state is not None
        assert left.state.answers == self.state.answers
        assert left.result.safety_net
        if self.came_by_answering:
            assert left.result.disposition is self.result.disposition

    def applies(self, name: str) -> bool:
        return sheet_of(PROTOCOL, self.state.answers, AT, Valuation.AS_SAID).applies[name] is YES

    @invariant()
    def there_is_one_open_question_or_a_result_never_both(self) -> None:
        assert (self.interview.prompt is None) == self.interview.finished == (self.state.current is None)
        if self.interview.prompt is not None:
            assert self.interview.prompt.question.id == self.state.current

    @invariant()
    def only_questions_that_apply_are_asked(self) -> None:
        if self.state.current is not None:
            assert self.applies(self.state.current)
            assert not QUESTIONS[self.state.current].handover

    @invariant()
    def it_ends_and_asks_nothing_twice(self) -> None:
        assert len(self.state.asked) == len(set(self.state.asked))
        assert self.in_a_row <= len(QUESTIONS) + 1

    @invariant()
    def an_emergency_is_told_at_once_unless_a_question_that_decides_it_is_open(self) -> None:
        prompt = self.interview.prompt
        if prompt is not None and self.came_by_answering and self.result.disposition is Disposition.EMERGENCY:
            assert prompt.question.before_stopping
            assert self.interview.stop().result.disposition is Disposition.EMERGENCY

    @invariant()
    def an_emergency_that_was_edited_away_stays_visible(self) -> None:
        if self.interview.finished and self.result.disposition is Disposition.EMERGENCY:
            self.reached = self.result.actions[0].rules[0]
        elif self.interview.finished and self.reached:
            rule = next(rule for rule in PROTOCOL.rules if rule.id == self.reached)
            private = PROTOCOL.dispositions.notices["private_title"]  # what rests on a private answer is not named
            assert (private if rule.private else rule.title) in self.result.notices[0]

    @invariant()
    def what_is_given_lies_between_confirmed_and_possible(self) -> None:
        result = self.result
        assert result.confirmed.rank <= result.disposition.rank <= result.possible.rank
        assert not result.failed

    @invariant()
    def the_order_of_the_answers_does_not_matter(self) -> None:
        turned = frozen_answers(dict(reversed(list(self.state.answers.items()))))
        again = assess_answers(PROTOCOL, turned, at=AT, engines=REFERENCE)
        assert (again.disposition, again.actions) == (self.result.disposition, self.result.actions)
        assert again.open_questions == self.result.open_questions

    @invariant()
    def an_ended_interview_says_what_the_same_file_of_answers_says(self) -> None:
        if self.interview.finished:
            raw = {name: raw_answer(answer) for name, answer in self.state.answers.items()}
            told = assess(PROTOCOL, raw, at=AT, engines=REFERENCE)
            if all(self.applies(name) for name in self.state.answers):
                assert (told.disposition, told.actions) == (self.result.disposition, self.result.actions)
            else:  # in a file the worse of a screen and its detail stands; here a changed screen sets the detail aside
                assert told.disposition.rank >= self.result.disposition.rank


TestAnyWayThrough = AnyWayThrough.TestCase
TestAnyWayThrough.settings = settings(
    max_examples=12,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
