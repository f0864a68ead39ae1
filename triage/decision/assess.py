"""Answers to assessment: sheets, engines, outcome, actions, reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from triage.decision import advice, fallback
from triage.decision.actions import actions_of, fixed_action
from triage.decision.assessment import (
    Action,
    Assessment,
    Doubt,
    ModifierResult,
    NotUsed,
    ProtocolIdentity,
    RuleResult,
)
from triage.decision.evidence import Evidence, raw_answer
from triage.decision.intake import read_answers
from triage.decision.outcome import Outcome, outcome_of
from triage.decision.relevance import in_order, open_questions
from triage.engines.base import Engine, Sheet, Truths, Valuation
from triage.engines.choice import engines_for
from triage.engines.crosscheck import Findings, run
from triage.engines.sheet import sheet_of
from triage.kernel.answers import NOT_SURE, Answer
from triage.kernel.errors import BadInput
from triage.kernel.scale import Disposition
from triage.kernel.truth import NO, UNKNOWN, YES
from triage.protocol.models import Locale, Protocol
from triage.protocol.texts import NEUTRAL, fill, locale_of


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything known about one person before words are chosen.

    `waiting` names the questions that stand before an emergency and are still open: until they are answered the sheet
    reads them as not sure.
    """

    protocol: Protocol
    answers: Mapping[str, Answer]
    at: datetime
    engines: Sequence[Engine]
    as_said: Sheet
    said: Findings
    outcome: Outcome
    truths: Truths
    open_questions: tuple[str, ...]
    waiting: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether no open question can still change the result."""
        return not self.open_questions


def assess(
    protocol: Protocol,
    answers: Mapping[str, object],
    *,
    at: datetime,
    locale: str = NEUTRAL,
    engines: Sequence[Engine] | None = None,
) -> Assessment:
    """Assess raw answers, as a file writes them, with both engines unless told otherwise.

    `at` is the aware time of the assessment. Raises BadInput if an answer cannot be used. Any failure of the decision
    itself gives the protocol's fixed fallback advice.
    """
    if at.tzinfo is None:
        raise BadInput("the time of the assessment needs a time zone, for example +00:00")
    try:
        taken = read_answers(protocol, answers, at)
    except BadInput:
        raise
    except Exception as error:  # noqa: BLE001 - whatever breaks, the person gets the fixed advice (hazard decision_failure)
        return fallback.assessment(protocol, locale_of(protocol, locale), at, type(error).__name__)
    return assess_answers(protocol, taken.answers, at=at, locale=locale, engines=engines, dropped=taken.dropped)


def assess_answers(
    protocol: Protocol,
    answers: Mapping[str, Answer],
    *,
    at: datetime,
    locale: str = NEUTRAL,
    engines: Sequence[Engine] | None = None,
    dropped: Sequence[str] = (),
    seen: Picture | None = None,
) -> Assessment:
    """Assess typed answers; never raises for what the answers or the engines do.

    `seen` saves a second look at the same answers.
    """
    place = locale_of(protocol, locale)
    known = None
    try:
        picture = seen or look(protocol, answers, at, engines or engines_for(protocol))
        known = picture.outcome
        return describe(picture, place, dropped)
    except Exception as error:  # noqa: BLE001 - whatever breaks, the person gets the fixed advice (hazard decision_failure)
        return fallback.assessment(protocol, place, at, type(error).__name__, known)


def look(protocol: Protocol, answers: Mapping[str, Answer], at: datetime, engines: Sequence[Engine]) -> Picture:
    """Run the engines and join what they found. Raises NoSafeAnswer if no engine could decide."""
    picture = _picture(protocol, answers, at, engines)
    if picture.outcome.label is Disposition.EMERGENCY:
        return picture
    left = _left_before(picture)
    if not left:
        return picture
    guess = _picture(protocol, {**answers, **dict.fromkeys(left, NOT_SURE)}, at, engines)
    return replace(guess, answers=answers, open_questions=picture.open_questions, waiting=left)


def _left_before(picture: Picture) -> tuple[str, ...]:
    """Return the fewest questions whose answer stands between this person and an emergency.

    Leaving before a question that decides between emergency and less gives the emergency (semantics, Stopping): so each
    such question is supposed not sure, and the one that is enough alone is named.
    """
    supposed, sheet = dict(picture.answers), picture.as_said
    while waiting := _before_stopping(picture.protocol, sheet, supposed):
        together = supposed | dict.fromkeys(waiting, NOT_SURE)
        sheet = _supposed(picture, together)
        if _is_emergency(picture, sheet):
            alone = ({**supposed, name: NOT_SURE} for name in waiting)
            fewest = next((guess for guess in alone if _is_emergency(picture, _supposed(picture, guess))), together)
            return tuple(name for name in fewest if name not in picture.answers)
        supposed = together
    return ()


def _supposed(picture: Picture, answers: Mapping[str, Answer]) -> Sheet:
    return sheet_of(picture.protocol, answers, picture.at, Valuation.AS_SAID)


def _is_emergency(picture: Picture, sheet: Sheet) -> bool:
    """Ask one engine only: what it finds is then judged by all of them."""
    truths = run(picture.engines[:1], sheet).truths[0]
    return outcome_of(picture.protocol, truths).label is Disposition.EMERGENCY


def _before_stopping(protocol: Protocol, sheet: Sheet, answers: Mapping[str, Answer]) -> list[str]:
    """Return the questions that stand before an emergency, apply, and are still open."""
    return [
        question.id
        for question in in_order(protocol)
        if question.before_stopping and question.id not in answers and sheet.applies[question.id] is YES
    ]


def _picture(protocol: Protocol, answers: Mapping[str, Answer], at: datetime, engines: Sequence[Engine]) -> Picture:
    as_said = sheet_of(protocol, answers, at, Valuation.AS_SAID)
    said = run(engines, as_said)
    # where engines differ the more urgent stands; of two that are as urgent, the one that leaves more open
    truths = said.truths[0]
    if len(said.truths) > 1:
        truths = max(said.truths, key=lambda each: (outcome_of(protocol, each).key, _widest(protocol, each)))
    outcome = outcome_of(protocol, truths)
    still_open = open_questions(protocol, as_said, truths, answers)
    return Picture(protocol, answers, at, engines, as_said, said, outcome, truths, still_open)


def _widest(protocol: Protocol, truths: Truths) -> tuple[int, int]:
    return outcome_of(protocol, truths, unknown_counts=True).key


def doubts_of(picture: Picture) -> Findings:
    """Run the engines once more with every doubt read as either way."""
    sheet = sheet_of(picture.protocol, picture.answers, picture.at, Valuation.IN_DOUBT)
    return run(picture.engines, sheet)


def given_label(picture: Picture) -> Disposition:
    """Return what the person is told."""
    label = picture.outcome.label
    if label is not None and label is not Disposition.SELF_CARE:
        return label
    if not picture.complete:
        return Disposition.NOT_FINISHED
    return Disposition.CONTACT_NEUROLOGIST if unsafe_doubts(picture) else Disposition.SELF_CARE


def unsafe_doubts(picture: Picture) -> tuple[str, ...]:
    """Return the gating questions that were left in doubt, or never shown though they apply."""
    readings = picture.as_said.readings
    return tuple(
        question.id
        for question in picture.protocol.questions
        if question.gating and readings[question.id].word is not None and question.id in picture.answers
    )


def range_of(protocol: Protocol, doubted: Findings, given: Disposition) -> tuple[Disposition, Disposition]:
    """Return what holds whatever the doubts turn out to be, and what is still possible."""
    certain = min((outcome_of(protocol, each) for each in doubted.truths), key=lambda each: each.key)
    widest = max(
        (outcome_of(protocol, each, unknown_counts=True) for each in doubted.truths), key=lambda each: each.key
    )
    confirmed = certain.label or Disposition.SELF_CARE
    possible = widest.label or given
    low = confirmed if confirmed.rank <= given.rank else given
    high = possible if possible.rank >= given.rank else given
    return low, high


def describe(picture: Picture, place: Locale, dropped: Sequence[str] = ()) -> Assessment:
    """Choose the words for a picture."""
    protocol, words = picture.protocol, picture.protocol.dispositions
    given = given_label(picture)
    doubted = doubts_of(picture)
    confirmed, possible = range_of(protocol, doubted, given)
    actions = _actions(picture, given, place)
    emergency = given is Disposition.EMERGENCY
    label = words.labels[given.value]
    return Assessment(
        disposition=given,
        title=fill(label.title, place),
        headline=actions[0].do,
        lead=fill(label.lead, place),
        confirmed=confirmed,
        possible=possible,
        complete=picture.complete and not picture.waiting and not (emergency and _cut_short(picture)),
        within=actions[0].within,
        actions=actions,
        rules=_rules(picture, doubted.truths[0], place),
        modifiers=tuple(ModifierResult(id=m.id, brief=m.brief, title=m.title) for m in picture.outcome.modifiers),
        modifier_advice=advice.of_modifiers(picture.outcome.modifiers, place),
        open_questions=picture.waiting + picture.open_questions,
        not_used=_not_used(picture, dropped, place),
        doubts=_doubts(picture, place),
        advice=() if emergency else advice.blocks(protocol, picture.truths, given, place),
        safety_net=_safety_net(picture, given, place),
        emergency_screen=tuple(fill(line, place) for line in words.emergency_screen) if emergency else (),
        not_asked_yet=protocol.not_asked_yet,
        engines=picture.said.engines,
        engines_agreed=picture.said.agreed and doubted.agreed,
        engines_differed=picture.said.differed or doubted.differed,
        engines_note=picture.said.problem or doubted.problem,
        reviewed_by=protocol.reviewed_by,
        unreviewed_rules=sum(rule.reviewed_by == "none yet" for rule in protocol.rules),
        locale=place.id,
        voice=protocol.voice,
        language=protocol.language,
        at=picture.at.isoformat(),
        protocol=ProtocolIdentity(id=protocol.id, version=protocol.version, hash=protocol.hash, title=protocol.title),
        notices=tuple(fill(words.notices[key], place) for key in ("not_reviewed",) if key in words.notices),
    )


def _cut_short(picture: Picture) -> bool:
    """Whether a question that applies was never answered; an emergency ends the questions early."""
    applies = picture.as_said.applies
    asked = (question.id for question in picture.protocol.questions if not question.handover)
    return any(applies[name] is YES and name not in picture.answers for name in asked)


def _safety_net(picture: Picture, given: Disposition, place: Locale) -> tuple[str, ...]:
    nets = advice.safety_net(picture.protocol, picture.truths, given, place)
    if given is not Disposition.NOT_FINISHED:
        return nets
    # the danger signs may not have been asked yet, so the first of them stand here
    return (*nets, fill(picture.protocol.dispositions.notices.get("top_line", ""), place))


def _actions(picture: Picture, given: Disposition, place: Locale) -> tuple[Action, ...]:
    protocol, fixed = picture.protocol, picture.protocol.dispositions
    if given is Disposition.NOT_FINISHED:
        return (fixed_action(fixed.unfinished, given, protocol, place),)
    if given is Disposition.CONTACT_NEUROLOGIST and picture.outcome.label in (None, Disposition.SELF_CARE):
        return (fixed_action(fixed.unsafe_doubt, given, protocol, place),)
    made = actions_of(protocol, picture.outcome, place) or (fixed_action(fixed.nothing_found, given, protocol, place),)
    later = given is not Disposition.EMERGENCY and made[0].within.rank > fixed.unsafe_doubt.within.rank
    if later and unsafe_doubts(picture):  # a rule that can wait does not settle a doubt that cannot
        return (fixed_action(fixed.unsafe_doubt, Disposition.CONTACT_NEUROLOGIST, protocol, place), *made)
    return made


def _rules(picture: Picture, doubted: Truths, place: Locale) -> tuple[RuleResult, ...]:
    evidence = Evidence(picture.protocol, picture.as_said, picture.answers)
    times = {each.rule.id: each.within for each in picture.outcome.held}
    results = []
    for rule in picture.protocol.rules:
        truth, doubt = picture.truths[f"rule:{rule.id}"], doubted[f"rule:{rule.id}"]
        if truth is not YES and (truth is UNKNOWN or doubt is NO):
            continue  # still open, or plainly not so: neither explains the result
        result = RuleResult(
            id=rule.id,
            brief=rule.brief,
            title=rule.title,
            truth=truth.value,
            in_doubt=doubt.value,
            then=rule.then,
            within=times.get(rule.id, rule.within),
            because=fill(rule.because, place),
            sources=rule.sources,
            basis=rule.basis,
            chosen_by_us=rule.chosen_by_us,
            reviewed_by=rule.reviewed_by,
            private=rule.private,
            answers=evidence.of(rule.when) if truth is YES else {},
        )
        results.append(result)
    return tuple(sorted(results, key=lambda each: (each.truth != "yes", -each.then.rank, each.within.rank)))


def _not_used(picture: Picture, dropped: Sequence[str], place: Locale) -> tuple[NotUsed, ...]:
    words = picture.protocol.screen
    asks = {question.id: fill(question.ask, place) for question in picture.protocol.questions}
    set_aside = [
        NotUsed(question=name, ask=asks[name], answer=raw_answer(answer), why=words.does_not_apply)
        for name, answer in picture.answers.items()
        if picture.as_said.applies[name] is not YES
    ]
    beside = [
        NotUsed(question=name, ask=asks[name], answer=option, why=words.another_is_worse)
        for name, _, option in (each.partition(": ") for each in dropped)
    ]
    return tuple(set_aside + beside)


def _doubts(picture: Picture, place: Locale) -> tuple[Doubt, ...]:
    readings = picture.as_said.readings
    doubts = []
    for question in in_order(picture.protocol):
        word = readings[question.id].word
        if word is not None and question.id in picture.answers:
            doubts.append(
                Doubt(question=question.id, ask=fill(question.ask, place), word=word.value, matters=question.gating)
            )
    return tuple(doubts)
