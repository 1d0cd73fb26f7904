"""What is recorded about the person: problems, results, screening, vaccines, and what has been asked."""

from collections import defaultdict
from collections.abc import Iterator

from attrs import frozen

from careplan.documents.names import Names
from careplan.documents.parts import Fact, Lines
from careplan.documents.terms import plain_term, term
from careplan.documents.wording import NOT_RECORDED, absent, day, day_or, number, quantity
from careplan.model import (
    Absent,
    Allergy,
    Answer,
    Condition,
    Contraception,
    NoAllergies,
    Patient,
    Pregnancy,
    Result,
    ResultStatus,
    Screening,
    Smoking,
    Vaccination,
)

_EARLIER = 3


@frozen
class ProblemRow:
    """One problem or diagnosis."""

    name: str
    since: str
    state: Lines


@frozen
class ResultRow:
    """The results of one test, latest first."""

    test: str
    latest: Lines
    earlier: Lines


@frozen
class CheckRow:
    """A screening test or a vaccine that was given."""

    name: str
    outcome: str
    when: str


def problem_row(condition: Condition, names: Names) -> ProblemRow:
    """Put one problem into words."""
    grade = () if isinstance(condition.grade, Absent) else (f"grade {condition.grade}",)
    ended = (f"until {day(condition.abatement)}",) if condition.abatement else ()
    text = (condition.text,) if condition.text and not isinstance(condition.condition, Absent) else ()
    return ProblemRow(
        name=condition_name(condition, names),
        since=day_or(condition.onset),
        state=(term(condition.status), *grade, *ended, *text),
    )


def condition_name(condition: Condition, names: Names) -> str:
    """The problem's name, else the record's own words or code."""
    if not isinstance(condition.condition, Absent):
        return names.condition(condition.condition)
    return condition.text or next(code.display or code.code for code in condition.codes)


def allergy_lines(allergies: tuple[Allergy, ...] | NoAllergies, names: Names) -> Lines:
    """Each allergy with its reaction, or why there is no list: never blank."""
    if isinstance(allergies, NoAllergies):
        return (term(allergies),)
    return tuple(_allergy(allergy, names) for allergy in allergies)


def allergy_name(allergy: Allergy, names: Names) -> str:
    """To what."""
    if not isinstance(allergy.substance, Absent):
        return names.substance(allergy.substance)
    return allergy.text or next(code.display or code.code for code in allergy.codes)


def _allergy(allergy: Allergy, names: Names) -> str:
    kind = "" if isinstance(allergy.kind, Absent) else f", {term(allergy.kind)}"
    severity = "severity not recorded" if isinstance(allergy.severity, Absent) else term(allergy.severity)
    text = f" ({allergy.text})" if allergy.text and not isinstance(allergy.substance, Absent) else ""
    return f"{allergy_name(allergy, names)}{text} – {allergy.reaction or 'reaction not recorded'}, {severity}{kind}"


def result_rows(results: tuple[Result, ...], names: Names) -> tuple[ResultRow, ...]:
    """One row a test: the latest result, and the few before it."""
    by_test: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        if result.status is not ResultStatus.ENTERED_IN_ERROR:
            by_test[result.test].append(result)
    rows = []
    for test, found in by_test.items():
        latest, *earlier = sorted(found, key=lambda result: result.date, reverse=True)
        older = len(earlier) - _EARLIER
        rows.append(
            ResultRow(
                test=names.test(test),
                latest=(", ".join((f"{value_words(latest)} on {day(latest.date)}", *_aside(latest))),),
                earlier=(
                    *(f"{value_words(result)} on {day(result.date)}" for result in earlier[:_EARLIER]),
                    *((f"and {older} older",) if older > 0 else ()),
                )
                or ("none",),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.test.casefold()))


def value_words(result: Result) -> str:
    """The value as the laboratory wrote it, with bounds in words."""
    bound = {"<": "less than ", ">": "more than "}[result.comparator.value] if result.comparator else ""
    return bound + quantity(result.value, as_reported=True)


def _aside(result: Result) -> Iterator[str]:
    if result.upper_limit is not None:
        yield f"upper limit of normal {number(result.upper_limit, as_reported=True)}"
    if result.status is ResultStatus.PRELIMINARY:
        yield "preliminary"
    if result.text:
        yield result.text


def screening_row(screening: Screening, names: Names) -> CheckRow:
    """Put one screening, immunity or genotype test into words."""
    outcome = screening.outcome
    words = absent(outcome) if isinstance(outcome, Absent) else term(outcome)
    return CheckRow(
        name=names.screen(screening.test),
        outcome=f"{words} ({screening.text})" if screening.text else words,
        when=day_or(screening.date),
    )


def vaccination_row(given: Vaccination, names: Names) -> CheckRow:
    """Put one vaccine that was given into words."""
    match given.course_complete:
        case Absent():
            course = "given; whether the course is complete is not recorded"
        case True:
            course = "given, course complete"
        case _:
            course = "given, course NOT complete"
    text = f" ({given.text})" if given.text else ""
    return CheckRow(name=names.vaccine(given.vaccine), outcome=course + text, when=day_or(given.date))


def life_facts(patient: Patient, names: Names) -> tuple[Fact, ...]:
    """Pregnancy, contraception, smoking, answers to recorded questions, and when each list was last checked."""
    asked = tuple(
        Fact(
            names.question(answer.question),
            (" ".join((f"{_answer(answer)}, on {day(answer.date)}", *((f"by {answer.by}",) if answer.by else ()))),),
        )
        for answer in patient.answers
    )
    return (
        Fact("Phone", (patient.phone or NOT_RECORDED,)),
        Fact("Pregnancy", _pregnancy(patient.pregnancy)),
        Fact("Contraception", _contraception(patient.contraception)),
        Fact("Smoking", _smoking(patient.smoking)),
        *asked,
        Fact("Lists last checked with the person", _checked(patient)),
    )


def _answer(answer: Answer) -> str:
    if isinstance(answer.value, Absent):
        return absent(answer.value)
    return "yes" if answer.value else "no"


def _pregnancy(pregnancy: Pregnancy | Absent) -> Lines:
    if isinstance(pregnancy, Absent):
        return (absent(pregnancy),)
    weeks = () if isinstance(pregnancy.weeks, Absent) else (f"{pregnancy.weeks} weeks on that day",)
    due = (f"due {day(pregnancy.due)}",) if pregnancy.due else ()
    return (", ".join((term(pregnancy.status), f"recorded {day(pregnancy.recorded)}", *weeks, *due)),)


def _contraception(contraception: Contraception | Absent) -> Lines:
    if isinstance(contraception, Absent):
        return (absent(contraception),)
    return (f"{term(contraception.method)}, recorded {day(contraception.recorded)}",)


def _smoking(smoking: Smoking | Absent) -> Lines:
    if isinstance(smoking, Absent):
        return (absent(smoking),)
    years = () if isinstance(smoking.years, Absent) else (f"{smoking.years} years",)
    packs = () if isinstance(smoking.pack_years, Absent) else (f"{smoking.pack_years} pack-years",)
    return (", ".join((term(smoking.status), f"recorded {day(smoking.recorded)}", *years, *packs)),)


def _checked(patient: Patient) -> Lines:
    confirmed = patient.confirmed
    lists = (
        ("problems", confirmed.conditions),
        ("allergies", confirmed.allergies),
        ("medicines", confirmed.medicines),
        ("vaccines", confirmed.vaccinations),
    )
    return ("; ".join(f"{name}: {day(on) if on else 'NOT RECORDED as checked'}" for name, on in lists),)


def plain_allergies(allergies: tuple[Allergy, ...] | NoAllergies, names: Names) -> Lines:
    """Each allergy with what happened, or why there is no list."""
    if isinstance(allergies, NoAllergies):
        return (plain_term(allergies),)
    return tuple(
        f"{allergy_name(each, names)} – {each.reaction or 'what happened is not recorded'}" for each in allergies
    )
