"""What the program itself says around a protocol's texts, and the words it reads; nothing clinical.

One text a field, so that a translation has every one of them by name. `{braces}` are filled in. A field that begins
with `typed_` lists the forms that are read, with bars between them.
"""

from triage.protocol.conditions import Model

BAR = "|"


def forms(listed: str) -> tuple[str, ...]:
    """Return the forms of a `typed_` field.

    >>> forms("b | back")
    ('b', 'back')
    """
    return tuple(form.strip() for form in listed.split(BAR) if form.strip())


class Words(Model):
    """The program's own words in one language."""

    # answers that stand on every list
    not_sure: str = "Not sure"
    prefer_not_to_say: str = "Prefer not to say"
    they_will_not_tell: str = "They won't tell me"  # what a carer can say of the person

    # around a question
    section: str = "Section: {title}"
    question: str = "Question {number}"
    question_and_left: str = "Question {number}, about {left} left"
    answered_before: str = "You answered before: {answer}"
    answered_in_private: str = "You answered this before. The answer is private, so it is not shown."
    why_we_ask: str = "Why we ask: {why}"
    noted: str = "Noted: {answer}"
    noted_in_private: str = "Noted."
    problem: str = "Problem: {problem}"
    hint: str = "Hint: {problem}"
    going_back: str = "Going back."
    to_leave: str = 'To leave at once and show nothing, type "x" at any question.'
    if_for_someone_else: str = 'If you answer for someone else, type "o".'
    if_for_yourself: str = 'If you answer for yourself, type "o".'
    speaks_to_the_person: str = "The questions now speak to the person with MS."
    nobody_yet: str = "none yet"
    broken: str = "This check stopped working. What follows rests on what you told us so far."
    closed: str = "Closed."
    untranslated: str = "(in English) {text}"

    # the line where the answer is typed
    answer: str = "Answer ({keys}):"
    key_back: str = "b back"
    key_why: str = "? why"
    key_stop: str = "q stop"
    several_like: str = 'several like "{example}"'
    or_not_sure: str = '"not sure"'
    numbers_like: str = '{count} numbers like "{example}"'
    one_for_all: str = "1 number for all"
    a_day_or: str = "a day or {listed}"
    a_time_or: str = "a time or {listed}"
    limbs_in_order: str = "Order: {limbs}."
    write_a_day: str = "Write a day like: today, yesterday, 2 weeks ago, 2025-06-30, 30/06/2025 (day first)."
    write_a_time: str = (
        "Write a time like: now, today 14:00, yesterday 14:00, 3 hours ago, 2 days ago, 2025-06-30 08:00."
    )
    a_number: str = "a number {unit}"
    a_range: str = "{low} to {high} {unit}"
    unit_years: str = "years"
    unit_days: str = "days"
    unit_weeks: str = "weeks"
    day_and_month: str = "{day} {month} {year}"

    # looking answers over
    check_answers: str = "Check your answers before you see the result."
    set_aside: str = "You gave these answers too. They no longer count:"
    private: str = "private"
    pick: str = "Number of an answer to change, or Enter for the result (b back, q stop):"
    pick_or_keep: str = "Number of an answer to change, or Enter to keep them (b back, q stop):"

    # what cannot be used
    first_question: str = "this is the first question; nothing comes before it"
    nothing_typed: str = "nothing was typed; type your answer, or 'not sure' if you do not know"
    too_long: str = "that is too long; type a short answer"
    not_offered: str = "'prefer not to say' is not offered here; you can type 'not sure'"
    stands_alone: str = "'{label}' cannot stand beside other answers; type it alone, or leave it out"
    one_only: str = "choose one answer only; type one number"
    runs_backwards: str = "'{said}' runs backwards; type the numbers one by one"
    no_such_number: str = "there is no answer {said}; type {listed}"
    leave_spaces: str = "for several, leave spaces between: {digits}"
    a_number_from: str = "a number from 1 to {count}"
    not_an_answer: str = "'{said}' is not one of the answers; type {listed}"
    fits_several: str = "'{said}' fits more than one answer ({numbers}); type the number"
    between_two: str = "{first} or {second}"
    do_you_mean: str = "do you mean {number}, '{label}'? Then type {number}"
    not_a_number: str = "'{said}' is not a number; type {range}, or 'not sure'"
    out_of_range: str = "that is out of range; give {range}, or 'not sure'"
    limbs_wanted: str = (
        "type {count} numbers with spaces between, in this order: {limbs}; or one number for all of them, or 'not sure'"
    )
    not_a_day: str = (
        "'{said}' is not a time we can read; write it like yesterday, 2 weeks ago or {today}, or 'not sure'"
    )
    not_a_time: str = (
        "'{said}' is not a time we can read; write it like yesterday 14:00, 3 hours ago or {today}, or 'not sure'"
    )
    add_a_time: str = "add a rough time, for example today 08:00, or 3 hours ago"
    no_such_time: str = "there is no such date or time; write it like 2026-11-20 or 2026-11-20 08:00"
    in_the_future: str = "that is in the future; give a date and time up to now, or 'not sure'"
    too_early: str = "that is before {earliest}; give a later date, or 'not sure'"
    not_in_list: str = "'{said}' is not one of the numbers; type 1 to {count}, or press Enter to go on"
    cannot_use: str = "that cannot be used here; type your answer in another way, or 'not sure'"

    # what is read
    typed_back: str = "b | back"
    typed_why: str = "? | why | why? | h | help"
    typed_stop: str = "q | quit | stop | exit"
    typed_leave: str = "x | leave"
    typed_switch: str = "o | someone else"
    typed_not_sure: str = (
        "not sure | not_sure | notsure | n s | ns | n/s | unsure | no idea | dk | i am not sure | i'm not sure "
        "| don't know | dont know | do not know | i don't know | i dont know"
    )
    typed_declined: str = (
        "declined | prefer not to say | rather not say | i prefer not to say | i'd rather not say "
        "| they won't tell me | they wont tell me | they will not tell me | they won't say"
    )
    typed_yes: str = "y | yes"
    typed_no: str = "n | no"
    typed_denial: str = "no | none | none of these | none of them | nothing"
    typed_go_on: str = "done | keep | ok"
    typed_turns: str = "no | not | but | never | without | cannot"
    typed_and: str = "and"
    typed_to: str = "to"
    typed_units: str = "degree | degrees | year | years | years old | day | days | week | weeks"
    typed_now: str = "now | right now | just now"
    typed_today: str = "today"
    typed_yesterday: str = "yesterday"
    typed_day_before: str = "the day before yesterday | day before yesterday"
    typed_lead: str = "about | around | roughly | since | from | on | for | at | it started"
    typed_ago: str = "ago"
    typed_half: str = "half a | half an"
    typed_counts: str = "a | one | two | three | four | five | six | seven | eight | nine | ten"
    typed_one: str = "an | a"
    typed_minutes: str = "minute | minutes | min | mins"
    typed_hours: str = "hour | hours | hr | hrs | h"
    typed_days: str = "day | days"
    typed_weeks: str = "week | weeks | wk | wks"
    typed_months: str = "month | months"
    typed_years: str = "year | years | yr | yrs"
    typed_clock: str = "at"
    typed_of: str = "of"
    months: str = (
        "January | February | March | April | May | June | July | August | September | October | November | December"
    )

    # the result
    now: str = "Now"
    same_day: str = "Today"
    within_48h: str = "Within 2 days"
    within_14_days: str = "Within 14 days"
    routine: str = "When it suits"
    what_to_do: str = "What to do"
    why: str = "Why"
    while_help_comes: str = "While you wait for help"
    also_tell: str = "Also tell them"
    also_important: str = "Also important"
    what_was_not_sure: str = "What you were not sure about"
    when_to_get_help: str = "When to get help again"
    what_to_say: str = "What to say on the phone"
    not_used: str = "Answers that were not used"
    not_asked_yet: str = "Not asked yet"
    about: str = "About this result"
    if_any_is_yes: str = (
        "If any of these turns out to be yes, it may be more urgent than this. Then do this check again."
    )
    at_home: str = "What you can do: {title}"
    while_you_wait: str = "While you wait, never instead of calling: {title}"
    say_check_began: str = "I could not finish a check of warning signs."
    say_check_done: str = "I answered a check of warning signs."
    say_so: str = '"{begin} It told me to get help {time}. The reason: {reasons}."'
    does_not_apply: str = "does not apply with the other answers"
    another_is_worse: str = "another answer to the same question is more urgent"
    identity: str = "Protocol {id} {version}, {hash}. Place: {place}. Time: {time}."
    engines_agree: str = "Checked by {count} engines ({names}), and they agree."
    engines_differ: str = "The two engines did not agree. You see the more urgent result."
    check_failed: str = "The check broke down. You see the fixed advice."
    one_engine: str = "Checked by one engine only ({names})."
    reviewed_by: str = "Reviewed by: {names}. Rules not yet reviewed by a clinician: {count}."
    chosen_by_us: str = "Figures chosen by us without a guideline: {figures}."
    general_knowledge: str = "Resting on general knowledge only: {titles}."
    not_complete: str = "This check is not complete."

    # what would change the result
    your_result: str = "Your result: {label}, {time}."
    range_of_results: str = "Because of what was not sure, it is at least: {low}. It could be: {high}."
    to_settle: str = "To settle it, find out"
    worth_finding_out: str = "Worth finding out"
    sooner_if: str = "Get help sooner if one of these becomes true"
    less_urgent: str = "What would make it less urgent"
    if_answered: str = "{ask} If {answer}: {label}, {time}."
    still_there: str = (
        "If everything is still the same on {day} at {clock}, the result is another one. "
        "It is then: {label}, {time}. Call then."
    )
    check_again: str = (
        "As you answered, waiting alone changes nothing for 14 days. Check again after 24 hours all the same."
    )
    none_close: str = "No single other answer close to yours makes it more urgent."
    always_urgent: str = "Whatever this says: {top_line}"
    about_protocol: str = "This is about what the questions lead to, not about your body. It is no diagnosis."

    # keeping a check
    stopped: str = "Stopped."
    nothing_saved: str = "Nothing was saved."
    saved_in: str = "Saved in {name}. To go on: triage check {again}"
    not_saved: str = "Your last answers could not be saved: {reason}. You can go on."
    not_saved_before_stands: str = (
        "Your last answers could not be saved: {reason}. What was saved before is still in {name}. You can go on."
    )
    disk_full: str = "the disk is full"
    cannot_write: str = "nothing can be written in that folder"
    no_such_folder: str = "there is no such folder"
    unusable_name: str = "this name cannot be used"
    questions_changed: str = "The questions have changed since this check was saved."
    some_do_not_fit: str = "Some answers no longer fit. They stay in the file and do not count."
    asked_again_if: str = "Asked again if it still matters: {ask}"
