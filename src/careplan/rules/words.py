"""The words of the `when` language, declared as data."""

from collections.abc import Mapping

from careplan.model import EventKind, Licence
from careplan.rules.names import NameKind
from careplan.rules.truth import ENDLESS, FALSE, TRUE
from careplan.rules.vocabulary import Choice, Gives, Grade, Group, Name, Parameter, Slug, Whole, Word, YesNo

ITEM_FIELDS = (
    "weekday", "brand", "strength", "reason", "start-date", "stop-date", "taper", "as-needed-maximum",
    "patch-change-days", "site",
)  # fmt: skip
"""What `states` can ask an item for."""

_NEVER = "never"
_MEDICINE = Parameter("name", (Name((NameKind.MEDICINE,)),), required=True)
_ITEM = Parameter("item", (Name((NameKind.MEDICINE,)),), required=True)
_TEST = Parameter("test", (Name((NameKind.TEST,)),), required=True)
_ABOUT = Parameter("about", (Name((NameKind.MEDICINE, NameKind.VACCINE, NameKind.THERAPY, NameKind.CONDITION)),))


def _days(name: str, default: int | None = None, minimum: int = 0, meaning: str = "") -> Parameter:
    return Parameter(name, (Whole(minimum),), default, meaning=meaning)


def _yes_no(name: str, meaning: str) -> Parameter:
    return Parameter(name, (YesNo(),), default=False, meaning=meaning)


_FOR_DAYS = _days("for_days", 1, 1, "the lowest level kept up n days running")
_AGO = _days("ago", 0, meaning="n days earlier")
_PLANNED = _yes_no("planned", "count the planned rest too; endless if no end is stated")
_ENDED_WITHIN = _days("ended_within", 0, meaning="also courses that ended in the last n days")
_PER_DOSE = Parameter("per", (Choice(("dose", "kg")),), "dose", meaning='"kg": for each kg of body weight')
_MONITORED_TEST = Parameter("test", (Name((NameKind.TEST,)),), meaning="this test only")

_PLAN_WORDS = (
    Word(
        name="on", group=Group.PLAN, gives=Gives.TRUTH, subjects=(_MEDICINE,), many=True, filtered=True, absent=FALSE,
        keywords=(_days("soon", 0, meaning="items that start within the next n days count too"),),
        meaning="an item of this ingredient or class is on that day: active, planned for that day, or held",
        unknown="an item does not state what a filter asks", example='on("ace-inhibitor", "arb")',
    ),
    Word(
        name="count", group=Group.PLAN, gives=Gives.NUMBER, subjects=(_MEDICINE,), many=True, filtered=True, absent=0,
        keywords=(
            Parameter("by", (Choice(("ingredient", "product", "site")),), "ingredient",
                      meaning="different ingredients, items, or body sites of topical items"),
        ),
        meaning="how many of them are on that day", unknown="by site: sites not stated",
        example='count("opioid", use="regular") >= 2',
    ),
    Word(
        name="days_on", group=Group.PLAN, gives=Gives.NUMBER, unit="days", subjects=(_MEDICINE,), many=True,
        keywords=(_PLANNED, _ENDED_WITHIN), filtered=True, absent=0,
        meaning="longest unbroken course that is on that day (a gap of up to 7 days beyond the dose interval does "
                "not break it)",
        unknown="start date missing", example='days_on("ketorolac", planned=True) > 2',
    ),
    Word(
        name="started_within", group=Group.PLAN, gives=Gives.TRUTH, subjects=(_MEDICINE,), many=True,
        keywords=(_days("days", 28, meaning="how long ago"), _days("after_gap", 90, meaning="days without it before")),
        filtered=True, absent=FALSE,
        meaning="a dose 0 to `days` days before that day was the first of its ingredient after at least `after_gap` "
                "days without it",
        unknown="start date missing", example='started_within("allopurinol", days=28)',
    ),
    Word(
        name="stopped_within", group=Group.PLAN, gives=Gives.TRUTH, subjects=(_MEDICINE,), many=True,
        keywords=(_days("days", 14, meaning="how long ago"),), filtered=True, absent=FALSE,
        meaning="the last dose lies within `days` days and none is on", unknown="stopped, but no date",
        example='stopped_within("maoi-irreversible", days=14)',
    ),
    Word(
        name="dose_change", group=Group.PLAN, gives=Gives.NUMBER, unit="%", subjects=(_MEDICINE,), many=True,
        keywords=(_days("days", 28, 1, "against which day"),), absent=0,
        meaning="signed change of the dose against `days` days before (opioids as morphine equivalent, steroids as "
                "prednisolone, else mg); -100 is stopped, 0 is new",
        unknown="no earlier revision and no recorded earlier dose", example='dose_change("baclofen", days=7) < -50',
    ),
    Word(
        name="daily", group=Group.PLAN, gives=Gives.NUMBER, unit="mg/day", subjects=(_MEDICINE,), many=True,
        keywords=(_PER_DOSE, _FOR_DAYS, _AGO), filtered=True, absent=0,
        meaning="amount a day over all products, regular and the largest allowed as-needed (patch: µg/h; gel: g)",
        unknown='strength, frequency or as-needed maximum missing; weight for `per="kg"` (a range)',
        example='daily("paracetamol") > 4000',
    ),
    Word(
        name="weekly", group=Group.PLAN, gives=Gives.NUMBER, unit="mg/week", subjects=(_MEDICINE,), many=True,
        keywords=(_PER_DOSE,), filtered=True, absent=0, meaning="amount in any 7 days", unknown="as `daily`",
        example='weekly("methotrexate", route="oral") > 25',
    ),
    Word(
        name="single", group=Group.PLAN, gives=Gives.NUMBER, unit="mg", subjects=(_MEDICINE,), many=True,
        keywords=(_PER_DOSE,), filtered=True, absent=0,
        meaning="largest amount at one time", unknown="as `daily`", example='single("paracetamol", per="kg") > 15',
    ),
    Word(
        name="total", group=Group.PLAN, gives=Gives.NUMBER, subjects=(_MEDICINE,), many=True,
        keywords=(_days("days", None, 1, "the last n days only"),), filtered=True, absent=0,
        meaning="mg over the last `days` days of the course; without `days` the lifetime sum in g",
        unknown="no dose history", example='total("cyclophosphamide") > 10',
    ),
    Word(
        name="strength", group=Group.PLAN, gives=Gives.NUMBER, unit="mg", subjects=(_MEDICINE,), many=True,
        filtered=True, absent=0, meaning="largest tablet strength", unknown="not stated",
        example='strength("methotrexate", route="oral") > 2.5',
    ),
    Word(
        name="min_gap", group=Group.PLAN, gives=Gives.NUMBER, subjects=(_MEDICINE,), many=True,
        keywords=(Parameter("unit", (Choice(("days", "hours")),), "days"),), filtered=True, absent=ENDLESS,
        meaning="shortest planned gap between two doses of one item, loading phase left out; endless if there is no "
                "such item",
        unknown="no schedule; as-needed without a minimum interval", example='min_gap("adalimumab") < 14',
    ),
    Word(
        name="dose_days", group=Group.PLAN, gives=Gives.NUMBER, unit="days a week", subjects=(_MEDICINE,), many=True,
        absent=0, meaning="dosing days in 7 days; doses within 24 h of the first count as one day",
        unknown='frequency missing or "as directed"', example='dose_days("methotrexate") > 1',
    ),
    Word(
        name="same_day", group=Group.PLAN, gives=Gives.TRUTH, subjects=(_MEDICINE, _MEDICINE), absent=FALSE,
        meaning="a dose of the first and a dose of the second fall on the same weekday",
        unknown="weekday of one missing", example='same_day("methotrexate", "folic-acid")',
    ),
    Word(
        name="states", group=Group.PLAN, gives=Gives.TRUTH, subjects=(_MEDICINE,), many=True,
        others=(Parameter("field", (Choice(ITEM_FIELDS),), required=True),), absent=TRUE,
        meaning="every such item states the field", unknown=_NEVER, example='states("tacrolimus", "brand")',
    ),
    Word(
        name="ome", group=Group.PLAN, gives=Gives.NUMBER, unit="mg oral morphine equivalent/day",
        others=(Parameter("table", (Choice(("us", "uk")),), required=True),),
        keywords=(_yes_no("single", "the largest single dose"), _FOR_DAYS, _AGO), absent=0, implied=("opioid",),
        meaning='oral morphine equivalent of all opioids ("us": CDC 2022, "uk": the BNF table)',
        unknown="an opioid without a factor or dose (a range)", example='ome("us") >= 50',
    ),
    Word(
        name="pred", group=Group.PLAN, gives=Gives.NUMBER, unit="mg prednisolone equivalent/day",
        keywords=(
            Parameter("scale", (Choice(("anti-inflammatory", "adrenal")),), "anti-inflammatory",
                      meaning="which equivalence"),
            _FOR_DAYS, _yes_no("planned", "planned days count"), _AGO,
        ),
        absent=0, implied=("glucocorticoid",), meaning="prednisolone equivalent of all systemic steroids",
        unknown="steroid dose missing (a range)", example="pred(for_days=29, planned=True) > 20",
    ),
    Word(
        name="score", group=Group.PLAN, gives=Gives.NUMBER,
        others=(Parameter("which", (Choice(("nsaid-gi", "anticholinergic")),), required=True),),
        meaning="a risk score: NSAID gut risk, or anticholinergic burden", unknown="unknown items (a range)",
        example='score("nsaid-gi") >= 3',
    ),
)  # fmt: skip

_PERSON_WORDS = (
    Word(
        name="age", group=Group.PERSON, gives=Gives.NUMBER, unit="years", meaning="completed years on that day",
        unknown="no birth date", example="age() >= 65",
    ),
    Word(
        name="patient", group=Group.PERSON, gives=Gives.TRUTH,
        subjects=(Parameter("key", (Name((NameKind.QUESTION,)),), required=True),),
        meaning="the answer to a recorded question",
        unknown="not asked, or older than its validity; questions marked *no unless recorded* are never unknown",
        example='patient("breastfeeding")',
    ),
    Word(
        name="has", group=Group.PERSON, gives=Gives.TRUTH,
        subjects=(Parameter("condition", (Name((NameKind.CONDITION,)),), required=True),),
        keywords=(Parameter("at_least", (Grade(),), meaning="at least so severe"),),
        meaning="the condition is present now",
        unknown="not listed and the problem list not confirmed in 365 days; grade missing",
        example='has("heart-failure", at_least=2)',
    ),
    Word(
        name="had", group=Group.PERSON, gives=Gives.TRUTH,
        subjects=(Parameter("condition", (Name((NameKind.CONDITION,)),), required=True),),
        keywords=(_days("within", None, 1, "in the last n days"),),
        meaning="the condition was present at any time, resolved ones too",
        unknown="as `has`; undated, for `within`", example='had("gi-bleed")',
    ),
    Word(
        name="allergy_to", group=Group.PERSON, gives=Gives.TRUTH,
        subjects=(Parameter("name", (Name((NameKind.MEDICINE, NameKind.VACCINE, NameKind.ALLERGEN)),), required=True),),
        keywords=(
            Parameter("kind", (Choice(("hypersensitivity",)),), meaning="leaves out plain intolerance"),
        ),
        meaning="an allergy or intolerance is recorded", unknown="allergy list not confirmed; kind not stated",
        example='allergy_to("sulfonamide")',
    ),
)  # fmt: skip

_RESULT_WORDS = (
    Word(
        name="latest", group=Group.RESULTS, gives=Gives.NUMBER, subjects=(_TEST,),
        keywords=(
            _days("within", None, 1, "not older than n days"),
            Parameter("per", (Choice(("uln",)),), meaning="multiple of the upper limit of normal"),
        ),
        meaning="latest value, in the unit of the test's page",
        unknown="none, older than `within` or than the test's own validity, other unit, or a `<`/`>` value that "
                "straddles the limit (a range)",
        example='latest("alt", per="uln") > 3',
    ),
    Word(
        name="age_of", group=Group.RESULTS, gives=Gives.NUMBER, unit="days", subjects=(_TEST,),
        meaning="days since the last final result on the review day; endless if there is none",
        unknown="no source of results is connected", example='age_of("fbc") > 92',
    ),
    Word(
        name="change", group=Group.RESULTS, gives=Gives.NUMBER, unit="%", subjects=(_TEST,),
        keywords=(
            Parameter("since", (Choice(("baseline", "start", "run")), Whole(1)), "baseline",
                      meaning='against the baseline, the value at the start, n days ago, or over the unbroken "run" '
                              "of falls or rises (at least 3 results over 28 days)"),
        ),
        meaning="signed change of a result", unknown="fewer results than that",
        example='change("creatinine", since="baseline") > 30',
    ),
    Word(
        name="screen", group=Group.RESULTS, gives=Gives.TEXT,
        subjects=(Parameter("test", (Name((NameKind.SCREEN,)),), required=True),),
        meaning='the recorded category, or "not-done" when nothing is recorded',
        unknown="recorded as pending or indeterminate", example='screen("hepatitis-b") == "core-positive"',
    ),
    Word(
        name="vaccinated", group=Group.RESULTS, gives=Gives.TRUTH,
        subjects=(Parameter("name", (Name((NameKind.VACCINE,)),), required=True),),
        keywords=(
            _days("within", None, 0, "any dose in the last n days"),
            _yes_no("season", "any dose since this season began; yes out of season"),
        ),
        meaning="the full course was given; of live vaccines, any dose", unknown="vaccine record not confirmed",
        example='vaccinated("zoster-recombinant")',
    ),
    Word(
        name="vaccine_planned", group=Group.RESULTS, gives=Gives.TRUTH,
        subjects=(Parameter("name", (Name((NameKind.VACCINE,)),), required=True),),
        meaning="the vaccine is planned for that day, or was due before and is not given yet",
        unknown="asked about live vaccines, and the planned one is not known",
        example='vaccine_planned("live-vaccine")',
    ),
)  # fmt: skip

_RECORD_WORDS = (
    Word(
        name="recorded", group=Group.RECORD, gives=Gives.TRUTH,
        subjects=(Parameter("part", (Name((NameKind.RECORD,)),), required=True),), others=(_ABOUT,),
        keywords=(_days("within", None, 1, "in the last n days"),),
        meaning="the team wrote it down, about this item, class or condition if one is named",
        unknown="never: absent is not done", example='recorded("review", "this", within=183)',
    ),
    Word(
        name="tried", group=Group.RECORD, gives=Gives.TRUTH, many=True,
        subjects=(Parameter("name", (Name((NameKind.MEDICINE, NameKind.THERAPY)),), required=True),),
        meaning="the medicine or therapy is or was used, or is recorded as unsuitable or declined", unknown=_NEVER,
        example='tried("nsaid-topical")',
    ),
    Word(
        name="monitors", group=Group.RECORD, gives=Gives.TRUTH, subjects=(_MEDICINE,),
        keywords=(
            _MONITORED_TEST,
            _days("every", None, 1, "as often as every n days, whatever the schedule says"),
            _days("within", None, 1, "once within n days"),
        ),
        meaning="the plan holds tests for this medicine as often as the schedule asks, with an owner", unknown=_NEVER,
        example='monitors("leflunomide", every=31)',
    ),
    Word(
        name="overdue", group=Group.RECORD, gives=Gives.TRUTH, subjects=(_MEDICINE,),
        keywords=(
            _MONITORED_TEST,
            Parameter("by", (Choice(("grace", "half")),), "grace",
                      meaning='past the grace period; "half": past twice the grace period or half the interval, '
                              "whichever is longer, or two in a row missed"),
        ),
        absent=FALSE, meaning="a due test is late (for a held item: no)", unknown="no source of results is connected",
        example='overdue("methotrexate")',
    ),
    Word(
        name="on_team", group=Group.RECORD, gives=Gives.TRUTH, many=True,
        subjects=(Parameter("role", (Name((NameKind.ROLE,)),), required=True),),
        meaning="one of these roles has a name or a service contact", unknown=_NEVER, example='on_team("gp")',
    ),
    Word(
        name="therapy", group=Group.RECORD, gives=Gives.TRUTH, many=True,
        subjects=(Parameter("name", (Name((NameKind.THERAPY,)),), required=True),),
        keywords=(Parameter("site", (Slug(),), meaning="at this body site"),),
        meaning="a therapy component is planned or running", unknown="site asked and not stated",
        example='therapy("hydrotherapy")',
    ),
    Word(
        name="response", group=Group.RECORD, gives=Gives.TEXT, subjects=(_ITEM,),
        texts=("met", "lost", "not-met", "not-due"), meaning="the answer to treatment by the item's own criterion",
        unknown="due, but the measure was not taken", example='response("this") == "not-met"',
    ),
    Word(
        name="evidence", group=Group.RECORD, gives=Gives.TEXT, subjects=(_ITEM,),
        texts=(
            "established", "licensed", "supported", "option", "not-routine", "emerging", "insufficient", "against",
            "no-row",
        ),
        meaning="how well the item is supported for its own reason", unknown="item states no reason",
        example='evidence("this") == "against"',
    ),
    Word(
        name="licence", group=Group.RECORD, gives=Gives.TEXT, subjects=(_ITEM,),
        texts=tuple(Licence), meaning="whether the item is licensed for its own reason",
        unknown="item states no reason", example='licence("this") == "off-label"',
    ),
    Word(
        name="days_to", group=Group.RECORD, gives=Gives.NUMBER, unit="days",
        others=(Parameter("event", (Choice(tuple(EventKind)),), required=True),),
        meaning="days to the next planned event; endless if none", unknown="event without date",
        example='days_to("surgery") <= 84',
    ),
)  # fmt: skip

WORDS: Mapping[str, Word] = {word.name: word for word in (*_PLAN_WORDS, *_PERSON_WORDS, *_RESULT_WORDS, *_RECORD_WORDS)}
"""Every word but `defined`, which the language itself answers."""
