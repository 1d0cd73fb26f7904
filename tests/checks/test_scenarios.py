"""Plans as a clinic writes them: sound ones must be quiet, hazards must be named, and gaps must not drown the reader."""

# ruff: noqa: E501 - one plan is one entry of a table, and reads best with its medicines side by side

from collections.abc import Callable

import pytest

import careplan as cp
from tests.checks.clinic import (
    DONE,
    ON,
    adalimumab,
    ago,
    ahead,
    allergy,
    as_needed,
    folic_acid,
    has,
    lab,
    med,
    methotrexate,
    person,
    plan,
    record,
    sparse,
    taper,
    therapy,
    watch,
    written,
)

Build = Callable[[], cp.CarePlan]
RA, OA, PMR, LUPUS, CHRONIC, CPP = (
    "rheumatoid-arthritis", "osteoarthritis-hip", "polymyalgia-rheumatica", "systemic-lupus-erythematosus", "chronic-pain",
    "chronic-primary-pain",
)  # fmt: skip
IR, MR = cp.Form.IMMEDIATE_RELEASE, cp.Form.MODIFIED_RELEASE
KIDNEY_25 = {"egfr": "25 mL/min/{1.73_m2}", "creatinine": "190 umol/L"}
NO_ALCOHOL = {"alcohol-units-week": "0 {alcohol_unit}/wk"}


def naproxen(since: int = 30, **more: object) -> cp.Component:
    return med("naproxen", "500 mg x2", since, **({"indication": RA} | more))


def ppi(since: int = 800) -> cp.Component:
    return med("omeprazole", "20 mg", since, indication="gastroprotection")


def bones() -> tuple[cp.Component, ...]:
    return (med("alendronic-acid", cp.Dose.weekly("70 mg", "sunday")), med("colecalciferol", "20 ug"))


def tofacitinib() -> tuple[cp.Component, ...]:
    tests = ("fbc", "alc", "lft", "lipids", "creatinine", "egfr")
    return (
        med("tofacitinib", "5 mg x2", 400, form=IR, indication=RA), watch("tofacitinib", tests=tests),
        watch("tofacitinib", tests=("skin-examination",), every="1 year", id="skin"),
    )  # fmt: skip


def morphine(dose: str = "10 mg", since: int = 800, **more: object) -> tuple[cp.Component, ...]:
    brand = cp.Product(name="MST", brand="MST Continus")
    values = {"form": MR, "indication": CHRONIC, "product": brand} | more
    return (med("morphine", cp.Dose.every_hours(dose, 12), since, **values), med("senna", "15 mg"))


def fentanyl(rate: str, since: int) -> tuple[cp.Component, ...]:
    patch = med("fentanyl-patch", cp.Dose.continuous(rate, 72), since, route=cp.Route.TRANSDERMAL, form=cp.Form.PATCH,
                indication=CHRONIC, product=cp.Product(name="Durogesic DTrans", brand="Durogesic DTrans"))  # fmt: skip
    return (patch, med("senna", "15 mg"))


def opioid_record(name: str) -> tuple[cp.Decision, ...]:
    return tuple(record(part, name) for part in ("naloxone", "review", "stop-rule", "goals", "driving-advice"))


def ra(*conditions: cp.Condition, **more: object) -> cp.Patient:
    return person(has(RA), *conditions, **more)  # type: ignore[arg-type]


STEROID = (record("steroid-card"), record("bone-assessment"), record("glucose-plan"))

# fmt: off
SOUND: dict[str, Build] = {
    "RA: methotrexate, folic acid, naproxen with a PPI": lambda: plan(ra(), *methotrexate(), naproxen(100), ppi()),
    "RA: adalimumab, methotrexate and a dated steroid bridge": lambda: plan(
        ra(), *methotrexate(), adalimumab(), ppi(), med("prednisolone", taper("15 mg", "10 mg", "5 mg", "2.5 mg", days=14, begun=14), 14, indication=RA), records=STEROID),
    "RA: methotrexate and leflunomide, blood every month": lambda: plan(
        ra(age=57), *methotrexate(since=300), med("leflunomide", "10 mg", 300, indication=RA), watch("leflunomide", every="1 month", tests=("fbc", "lft", "creatinine", "egfr", "bp-systolic", "weight")), watch("methotrexate", every="1 month")),
    "RA: tofacitinib at 48, never smoked": lambda: plan(ra(age=48), *methotrexate(), *tofacitinib()),
    "RA: adalimumab with azithromycin as prevention": lambda: plan(ra(), adalimumab(), *methotrexate(), med("azithromycin", cp.Dose.weekly("250 mg", "monday", "friday"))),
    "RA: an allergy to penicillin that matters to nothing": lambda: plan(ra(allergies=allergy("penicillin")), *methotrexate()),
    "RA in pregnancy: certolizumab, hydroxychloroquine, sulfasalazine": lambda: plan(
        ra(age=31, pregnant=22, yes=["can-become-pregnant"]), med("certolizumab", cp.Dose.every("200 mg", "2 weeks"), route=cp.Route.SUBCUTANEOUS, indication=RA, product=cp.Product(name="Cimzia", brand="Cimzia")),
        med("hydroxychloroquine", "200 mg", indication=RA), med("sulfasalazine", "1 g x2", indication=RA), med("folic-acid", "5 mg"), as_needed("paracetamol", "1 g", "4 g")),
    "RA and breast-feeding": lambda: plan(
        ra(age=32, yes=["can-become-pregnant", "breastfeeding"]), med("hydroxychloroquine", "200 mg", indication=RA), med("sulfasalazine", "1 g x2", indication=RA),
        as_needed("ibuprofen", "400 mg", "1200 mg", 10, indication=RA), as_needed("paracetamol", "1 g", "4 g", indication=RA)),
    "axial spondyloarthritis: full-dose naproxen for years, reviewed": lambda: plan(
        person(has("axial-spondyloarthritis"), age=40, sex="male"), naproxen(1100, indication="axial-spondyloarthritis"), ppi(1100), records=[record("review", "naproxen")]),
    "lupus: hydroxychloroquine": lambda: plan(person(has(LUPUS), age=34), med("hydroxychloroquine", "300 mg", indication=LUPUS)),
    "lupus: azathioprine for six years without TPMT, prednisolone 5 mg": lambda: plan(
        person(has(LUPUS), age=41, screens={"tpmt": None}), med("hydroxychloroquine", "200 mg", 2200, indication=LUPUS), watch("hydroxychloroquine", tests=("eye-oct",), every="1 year"),
        med("azathioprine", "100 mg", 2200, indication=LUPUS), med("prednisolone", "5 mg", 2200, indication=LUPUS), *bones(), records=STEROID),
    "lupus in pregnancy: azathioprine, hydroxychloroquine, aspirin": lambda: plan(
        person(has(LUPUS), age=29, pregnant=14, yes=["can-become-pregnant"]), med("hydroxychloroquine", "300 mg", indication=LUPUS), med("azathioprine", "100 mg", indication=LUPUS), med("aspirin", "75 mg", 30), med("folic-acid", "5 mg", 100)),
    "lupus nephritis: mycophenolate, tacrolimus, ramipril": lambda: plan(
        person(has("lupus-nephritis"), age=36, labs={"potassium": "4.6 mmol/L", "tacrolimus-level": "6 ug/L"}),
        med("mycophenolate", "1 g x2", 1100, indication="lupus-nephritis", licence=cp.Licence.OFF_LABEL), med("hydroxychloroquine", "300 mg", 1100, indication="lupus-nephritis"), med("ramipril", "5 mg"),
        med("tacrolimus", "2 mg x2", 700, form=MR, product=cp.Product(name="Adoport", brand="Adoport"), indication="lupus-nephritis", licence=cp.Licence.OFF_LABEL),
        watch("tacrolimus", tests=("creatinine", "potassium", "egfr", "bp-systolic", "bp-diastolic", "tacrolimus-level", "glucose", "lft", "fbc"), every="1 month")),
    "PMR: prednisolone tapered, bones, stomach, card": lambda: plan(
        person(has(PMR, 60), age=74), med("prednisolone", taper("15 mg", "12.5 mg", "10 mg", "9 mg", "8 mg", days=28, begun=10, open_end=True), 10, indication=PMR), *bones(), ppi(10), records=STEROID),
    "PMR: a taper that ends as planned": lambda: plan(
        person(has(PMR), age=62), med("prednisolone", taper("3 mg", "2 mg", "1 mg", days=30, begun=89), 500, indication=PMR, history=(cp.Step(dose=cp.Dose.daily("5 mg"), start=ago(500), stop=ago(90)),)), *bones(), records=STEROID),
    "neuropathic pain: amitriptyline 25 mg": lambda: plan(person(has("neuropathic-pain"), age=45), med("amitriptyline", "25 mg", 60, indication="neuropathic-pain")),
    "diabetic neuropathy: duloxetine and a little amitriptyline": lambda: plan(
        person(has("diabetes"), has("diabetic-neuropathy"), age=60, sex="male"), med("duloxetine", "60 mg", 200, indication="diabetic-neuropathy"), med("amitriptyline", "10 mg", 100, indication="diabetic-neuropathy"), med("metformin", "1 g x2")),
    "diabetic neuropathy: gabapentin": lambda: plan(person(has("diabetic-neuropathy"), age=58), med("gabapentin", "600 mg x3", 100, indication="diabetic-neuropathy")),
    "fibromyalgia: duloxetine, off-label and told so": lambda: plan(
        person(has("fibromyalgia"), age=39), med("duloxetine", "60 mg", 200, licence=cp.Licence.OFF_LABEL, indication="fibromyalgia"), records=[record("off-label-disclosure", "duloxetine")]),
    "chronic primary pain: exercise and CBT, no medicine": lambda: plan(person(has(CPP), age=44), therapy("physio-exercise"), therapy("cbt-pain", "psychologist")),
    "chronic primary pain: amitriptyline 10 mg, reviewed": lambda: plan(
        person(has(CPP), age=44), med("amitriptyline", "10 mg", 100, licence=cp.Licence.OFF_LABEL, indication=CPP), records=[record("off-label-disclosure", "amitriptyline"), record("review", "amitriptyline")]),
    "osteoarthritis: gel, paracetamol, exercise": lambda: plan(
        person(has("osteoarthritis-knee"), age=68), as_needed("paracetamol", "1 g", "4 g", indication="osteoarthritis-knee"), therapy("physio-exercise"),
        med("diclofenac", "4 g x3", 30, route=cp.Route.CUTANEOUS, form=cp.Form.GEL, indication="osteoarthritis-knee", sites=("knee",))),
    "osteoarthritis: four weeks of naproxen with a PPI": lambda: plan(
        person(has("osteoarthritis-knee"), age=58), med("naproxen", "250 mg x2", 10, stop=ahead(18), indication="osteoarthritis-knee"), ppi(10)),
    "82 years: paracetamol beside apixaban and ramipril": lambda: plan(
        person(has(OA), has("atrial-fibrillation"), age=82, sex="male", labs={"egfr": "61 mL/min/{1.73_m2}", "creatinine": "98 umol/L"}), med("paracetamol", "1 g x3", 300, indication=OA), med("apixaban", "5 mg x2", 300), med("ramipril", "5 mg"), therapy("physio-exercise")),
    "84 years and 46 kg: paracetamol 500 mg": lambda: plan(person(has(OA), age=84, labs={"weight": "46 kg", "bmi": "19.5 kg/m2"}), med("paracetamol", "500 mg x4", 300, indication=OA)),
    "70 years: clonazepam for epilepsy": lambda: plan(person(has("epilepsy"), age=70, sex="male"), med("clonazepam", "1 mg", indication="epilepsy"), med("lamotrigine", "100 mg x2", indication="epilepsy")),
    "apixaban and clopidogrel after a stent, until a day": lambda: plan(
        person(has("atrial-fibrillation"), has("ischaemic-heart-disease", 60), age=66, sex="male"), med("apixaban", "5 mg x2", 300), med("clopidogrel", "75 mg", 60, stop=ahead(300)), med("lansoprazole", "15 mg", 60), records=[record("cardiology-opinion")]),
    "chronic pain: a fentanyl patch of 12 for two years": lambda: plan(person(has(CHRONIC), age=55), *fentanyl("12 ug/h", 730), records=opioid_record("fentanyl-patch")),
    "chronic pain: morphine tapered by a tenth a month": lambda: plan(
        person(has(CHRONIC), age=51, labs=NO_ALCOHOL), med("morphine", taper("60 mg", "55 mg", "50 mg", "45 mg", days=30, begun=40, open_end=True, every=12), 900, form=MR, indication=CHRONIC, product=cp.Product(name="MST", brand="MST Continus")),
        med("macrogol", "13 g"), records=opioid_record("morphine")),
    "after an operation: naproxen, paracetamol and codeine for days": lambda: plan(
        person(age=30, sex="male"), med("naproxen", "500 mg x2", 1, stop=ahead(3), indication="post-operative-pain"), ppi(1), med("paracetamol", "1 g x4", 1, stop=ahead(5), indication="post-operative-pain"),
        as_needed("codeine", "30 mg", "120 mg", 1, stop=ahead(2), indication="post-operative-pain")),
    "gout: allopurinol started low, under colchicine": lambda: plan(
        person(has("gout"), age=56, sex="male", labs={"urate": "520 umol/L"}), med("allopurinol", "100 mg", 14, indication="gout"), med("colchicine", "500 ug x2", 14, stop=ahead(160), indication="gout-prophylaxis")),
    "gout: five days of prednisolone for a flare": lambda: plan(person(has("gout"), has("gout-flare", 1), age=60, sex="male"), med("prednisolone", "30 mg", 1, stop=ahead(3), indication="gout-flare"), med("allopurinol", "200 mg", indication="gout")),
}

HAZARDS: dict[str, tuple[Build, dict[str, str], str]] = {
    # methotrexate
    "daily": (lambda: plan(ra(), med("methotrexate", "2.5 mg", indication=RA), folic_acid()), {"methotrexate-more-than-weekly": "critical"}, "7 days a week"),
    "no folic acid": (lambda: plan(ra(), methotrexate()[0]), {"folic-acid-missing": "warning"}, "without folic acid"),
    "folic acid on the same day": (lambda: plan(ra(), methotrexate()[0], med("folic-acid", cp.Dose.weekly("5 mg", "monday"))), {"folic-acid-on-methotrexate-day": "caution"}, "day of methotrexate"),
    "trimethoprim": (lambda: plan(ra(), *methotrexate(), med("trimethoprim", "200 mg x2", 1, stop=ahead(2))), {"methotrexate-trimethoprim": "critical"}, "Methotrexate with trimethoprim"),
    "alcohol": (lambda: plan(ra(labs={"alcohol-units-week": "30 {alcohol_unit}/wk"}), *methotrexate()), {"methotrexate-liver": "warning"}, "30 units of alcohol"),
    "eGFR 25": (lambda: plan(ra(labs=KIDNEY_25), *methotrexate()), {"methotrexate-kidney": "critical"}, "eGFR is 25"),
    "methotrexate in pregnancy": (lambda: plan(ra(age=30, pregnant=8, yes=["can-become-pregnant"]), *methotrexate()), {"teratogen-in-pregnancy": "critical"}, "pregnant"),
    "30 mg a week": (lambda: plan(ra(), *methotrexate("30 mg")), {"dose-above-limit/methotrexate-weekly": "warning"}, "a week"),
    "a new cough": (lambda: plan(ra(yes=["new-respiratory-symptom"]), *methotrexate()), {"methotrexate-lung-symptom": "critical"}, "pneumonitis"),
    "tablets and injection": (lambda: plan(ra(), *methotrexate(), med("methotrexate", cp.Dose.weekly("15 mg", "monday"), id="injection", route=cp.Route.SUBCUTANEOUS, indication=RA)), {"same-ingredient-twice/methotrexate": "critical"}, "twice"),
    # NSAIDs
    "anticoagulant": (lambda: plan(ra(), naproxen(), ppi(), med("apixaban", "5 mg x2")), {"nsaid-anticoagulant": "warning"}, "Naproxen and apixaban"),
    "triple whammy": (lambda: plan(ra(), naproxen(), ppi(), med("ramipril", "5 mg"), med("furosemide", "40 mg")), {"nsaid-raas-diuretic": "warning"}, "Naproxen, ramipril and furosemide"),
    "ulcer and no PPI": (lambda: plan(ra(has("peptic-ulcer", status=cp.ConditionStatus.RESOLVED)), naproxen()), {"nsaid-ulcer-history": "critical"}, "peptic ulcer"),
    "NSAID at eGFR 25": (lambda: plan(ra(labs=KIDNEY_25), naproxen(), ppi()), {"nsaid-severe-ckd": "critical"}, "eGFR 25"),
    "31 weeks": (lambda: plan(ra(age=30, pregnant=30, yes=["can-become-pregnant"]), naproxen(), ppi()), {"nsaid-pregnancy": "critical"}, "31 weeks"),
    "asthma after aspirin": (lambda: plan(ra(has("asthma"), allergies=allergy("aspirin", "bronchospasm")), naproxen(), ppi()), {"nsaid-hypersensitivity": "critical"}, "allergy to aspirin"),
    "two NSAIDs, one from the shop": (lambda: plan(ra(), naproxen(), ppi(), as_needed("ibuprofen", "400 mg", "1200 mg", origin=cp.Origin.OVER_THE_COUNTER)), {"duplicate-nsaid": "warning"}, "Ibuprofen and naproxen"),
    "two regular NSAIDs": (lambda: plan(ra(), naproxen(), ppi(), med("ibuprofen", "400 mg x3", 30, form=IR, indication=RA)), {"duplicate-nsaid": "critical"}, "Ibuprofen and naproxen"),
    "heart failure, NYHA 3": (lambda: plan(ra(has("heart-failure", grade="3")), naproxen(), ppi()), {"nsaid-heart-failure": "critical"}, "NYHA 3"),
    "lithium": (lambda: plan(ra(history=[lab("lithium-level", "0.6 mmol/L")]), naproxen(), ppi(), med("lithium", "400 mg")), {"nsaid-lithium": "warning"}, "lithium"),
    "celecoxib after an infarction": (lambda: plan(ra(has("myocardial-infarction")), med("celecoxib", "200 mg", 30, indication=RA), ppi()), {"diclofenac-coxib-cardiovascular-disease": "critical"}, "myocardial infarction"),
    "celecoxib and sulfonamide allergy": (lambda: plan(ra(allergies=allergy("sulfonamide")), med("celecoxib", "200 mg", 30, indication=RA), ppi()), {"contraindication/celecoxib-sulfonamide": "critical"}, "ruled out by allergy to sulfonamides."),
    # paracetamol and opioids
    "5 g over two products": (lambda: plan(
        person(), med("co-codamol", cp.Dose.daily("2 tablets", 4), 3, stop=ahead(3), form=IR, product=cp.Product.tablets("co-codamol 8/500", codeine="8 mg", paracetamol="500 mg")), med("paracetamol", "500 mg x2", 3)),
        {"paracetamol-daily-ceiling": "critical"}, "comes to 5000 mg/day:"),
    "4 g at 42 kg": (lambda: plan(person(has(OA), age=80, labs={"weight": "42 kg", "bmi": "18.7 kg/m2"}), med("paracetamol", "1 g x4", 300, indication=OA)), {"paracetamol-low-weight": "warning"}, "42 kg: 95.24 mg/kg/day"),
    "codeine at nine": (lambda: plan(person(age=9, labs={"weight": "28 kg", "height": "132 cm", "bmi": "16 kg/m2"} | NO_ALCOHOL), med("codeine", "15 mg x3", 1, stop=ahead(1), form=IR)), {"codeine-tramadol-child": "critical"}, "9 years"),
    "codeine, ultrarapid": (lambda: plan(person(screens={"cyp2d6": "ultrarapid"}), med("codeine", "30 mg x3", 1, stop=ahead(1), form=IR)), {"prodrug-opioid-cyp2d6": "critical"}, "ultrarapid"),
    "codeine, breast-feeding": (lambda: plan(person(age=30, yes=["breastfeeding", "can-become-pregnant"]), med("codeine", "30 mg x3", 1, stop=ahead(1), form=IR)), {"codeine-tramadol-breastfeeding": "critical"}, "milk"),
    "tramadol and sertraline": (lambda: plan(person(has("depression")), med("tramadol", "50 mg x4", 100, form=IR), med("sertraline", "100 mg"), med("senna", "15 mg")), {"serotonergic-pair": "warning"}, "Sertraline and tramadol"),
    "tramadol and epilepsy": (lambda: plan(person(has("epilepsy")), med("tramadol", "50 mg x4", 10, form=IR), med("senna", "15 mg")), {"tramadol-seizure": "warning"}, "epilepsy"),
    "tramadol and warfarin": (lambda: plan(person(), med("warfarin", "3 mg"), med("tramadol", "50 mg x3", 5, form=IR)), {"tramadol-warfarin": "warning"}, "warfarin"),
    "morphine 120 mg, gabapentin, diazepam": (lambda: plan(person(has(CHRONIC)), *morphine("60 mg"), med("gabapentin", "300 mg x3", indication="neuropathic-pain"), med("diazepam", "5 mg x2", indication="anxiety")),
        {"opioid-benzodiazepine": "warning", "opioid-dose-high": "warning"}, "120 mg oral morphine a day"),
    "opioid stopped at once": (lambda: plan(person(has(CHRONIC)), *morphine("30 mg", 700, stop=ahead(3)), records=opioid_record("morphine")), {"opioid-cut-too-fast": "warning"}, "-100 %"),
    "patch for someone not used to opioids": (lambda: plan(person(has(CHRONIC)), *fentanyl("25 ug/h", 0)), {"opioid-long-acting-start": "critical"}, "Fentanyl"),
    "morphine and falls at 80": (lambda: plan(person(has(CHRONIC), age=80, labs={"falls-12m": "3 {count}"}), *morphine()), {"opioid-falls": "warning"}, "3 falls"),
    "morphine at eGFR 25": (lambda: plan(person(has(CHRONIC), labs=KIDNEY_25), *morphine()), {"opioid-active-metabolite-kidney": "warning"}, "25 mL/min"),
    "gabapentin for weak kidneys": (lambda: plan(person(has("neuropathic-pain"), age=78, labs={"egfr": "32 mL/min/{1.73_m2}", "creatinine": "150 umol/L", "weight": "58 kg"}), med("gabapentin", "600 mg x3", indication="neuropathic-pain")),
        {"gabapentinoid-dose-kidney": "warning"}, "1800 mg/day, clearance 25 mL/min"),
    "amitriptyline and dementia": (lambda: plan(person(has("neuropathic-pain"), has("dementia"), age=82), med("amitriptyline", "25 mg", 60, indication="neuropathic-pain")), {"tricyclic-vulnerable-older": "warning"}, "dementia"),
    # steroids and thiopurines
    "prednisolone stopped after a year": (lambda: plan(person(has(PMR)), med("prednisolone", "10 mg", 400, stop=ahead(2), indication=PMR), *bones(), ppi(), records=STEROID), {"steroid-abrupt-stop": "critical"}, "Prednisolone ends from 10 mg"),
    "no bone protection": (lambda: plan(person(has(PMR), age=74), med("prednisolone", "10 mg", 120, indication=PMR), ppi(), records=[record("steroid-card")]), {"steroid-bone-unprotected": "warning"}, "74 years"),
    "no steroid card": (lambda: plan(person(has(PMR), age=64), med("prednisolone", "10 mg", 120, indication=PMR), *bones(), records=[record("bone-assessment")]), {"steroid-emergency-safeguards-missing": "caution"}, "No steroid card"),
    "azathioprine and allopurinol": (lambda: plan(ra(has("gout")), med("azathioprine", "100 mg", indication=RA), med("allopurinol", "300 mg", indication="gout")), {"thiopurine-xanthine-oxidase-inhibitor": "critical"}, "Allopurinol blocks the breakdown of azathioprine"),
    "TPMT deficient": (lambda: plan(ra(screens={"tpmt": "deficient"}), med("azathioprine", "100 mg", indication=RA)), {"thiopurine-metaboliser": "critical"}, "TPMT deficient"),
    # biologics and JAK inhibitors
    "tuberculosis not looked for": (lambda: plan(ra(screens={"tuberculosis": None}), adalimumab(3), *methotrexate()), {"tuberculosis-not-screened": "warning"}, "tuberculosis"),
    "heart failure, NYHA 4": (lambda: plan(ra(has("heart-failure", grade="4")), adalimumab(), *methotrexate()), {"tnf-inhibitor-heart-failure": "critical"}, "NYHA 4"),
    "a live vaccine": (lambda: plan(ra(), adalimumab(), *methotrexate(), cp.VaccinationPlan(id="yf", vaccine="yellow-fever", due=ahead(20))), {"live-vaccine-window/biologic": "critical"}, "Yellow fever"),
    "hepatitis B surface antigen": (lambda: plan(ra(screens={"hepatitis-b": "surface-positive"}), adalimumab(), *methotrexate()), {"hepatitis-b-unprotected": "warning"}, "surface-positive"),
    "demyelination": (lambda: plan(ra(has("demyelination")), adalimumab(), *methotrexate()), {"tnf-inhibitor-demyelination": "critical"}, "demyelinating disease"),
    "surgery in two weeks": (lambda: plan(ra(), adalimumab(), *methotrexate(), events=(cp.PlannedEvent(event=cp.EventKind.SURGERY, on=ahead(14)),)), {"surgery-timing-missing": "warning"}, "14 days"),
    "a serious infection": (lambda: plan(ra(has("infection", 4, grade="serious")), adalimumab(), *methotrexate()), {"active-serious-infection": "critical"}, "not paused"),
    "tofacitinib at 70, smoking": (lambda: plan(ra(age=70, smoking=cp.Smoking(status=cp.SmokingStatus.CURRENT, recorded=ago(30), years=40)), *methotrexate(), *tofacitinib()), {"jak-inhibitor-risk-unjustified": "warning"}, "70 years, smoking"),
    "tofacitinib after a clot": (lambda: plan(ra(has("venous-thromboembolism")), *methotrexate(), *tofacitinib()), {"jak-inhibitor-risk-unjustified": "warning"}, "venous thromboembolism"),
    "tofacitinib and shingles": (lambda: plan(ra(has("zoster-active", 3)), *methotrexate(), *tofacitinib()), {"contraindication/jak-inhibitor-zoster-active": "warning"}, "not advised with active shingles."),
    "tofacitinib and haemoglobin 76": (lambda: plan(ra(labs={"hb": "76 g/L"}), *methotrexate(), *tofacitinib()), {"result-needs-action/hb/tofacitinib": "warning"}, "Haemoglobin of 76 g/L on tofacitinib: hold it."),
    "adalimumab and tofacitinib": (lambda: plan(ra(), adalimumab(), *tofacitinib()), {"two-targeted-immunosuppressants": "critical"}, "Adalimumab and tofacitinib"),
    # hydroxychloroquine, other allergy, teratogens
    "6.7 mg/kg": (lambda: plan(ra(labs={"weight": "60 kg"}), med("hydroxychloroquine", "400 mg", indication=RA), watch("hydroxychloroquine", tests=("eye-oct",), every="1 year")), {"hydroxychloroquine-dose-weight": "warning"}, "6.67 mg/kg/day"),
    "seven years and no eye check": (lambda: plan(ra(done=[each for each in DONE if each != "eye-oct"]), med("hydroxychloroquine", "300 mg", 2600, indication=RA)), {"hydroxychloroquine-eye-check-due": "warning"}, "eye check"),
    "amoxicillin after penicillin": (lambda: plan(person(allergies=allergy("penicillin")), med("amoxicillin", "500 mg x3", 0, stop=ahead(4))), {"drug-hypersensitivity": "critical"}, "Amoxicillin"),
    "mycophenolate without contraception": (lambda: plan(
        person(has("lupus-nephritis"), age=28, yes=["can-become-pregnant"], contraception=cp.Contraception(method=cp.ContraceptionMethod.NONE, recorded=ago(20))), med("mycophenolate", "1 g x2", indication="lupus-nephritis")),
        {"teratogen-no-contraception": "critical"}, "contraception"),
    "trimethoprim and ramipril at 70": (lambda: plan(person(age=70), med("ramipril", "10 mg"), med("trimethoprim", "200 mg x2", 0, stop=ahead(6))), {"potassium-trimethoprim": "warning"}, "potassium"),
    # results and monitoring
    "ALT five times the limit": (lambda: plan(ra(labs={"alt": "200 U/L"}), *methotrexate()), {"result-needs-action/alt": "warning"}, "ALT of 200 U/L on methotrexate: hold it."),
    "white cells 2.8": (lambda: plan(ra(labs={"wcc": "2.8 10*9/L"}), *methotrexate()), {"result-needs-action/wcc": "warning"}, "White cell count of 2.8"),
    "platelets 90": (lambda: plan(ra(labs={"plt": "90 10*9/L"}), *methotrexate()), {"result-needs-action/plt": "warning"}, "Platelet count of 90"),
    "neutrophils 1.2": (lambda: plan(ra(labs={"anc": "1.2 10*9/L"}), *methotrexate()), {"neutropenia": "warning"}, "Neutrophils are 1.2"),
    "creatinine up by 40 %": (lambda: plan(ra(labs={"creatinine": "95 umol/L"}, history=[lab("creatinine", "68 umol/L", days) for days in (370, 280, 190, 100)]), *methotrexate()), {"result-needs-action/creatinine": "warning"}, "changed by 39.7 %"),
    "tests half a year old": (lambda: plan(ra(days=200), *methotrexate()), {"monitoring-overdue": "warning"}, "methotrexate are late"),
    "tests not planned": (lambda: plan(ra(), *methotrexate(), bare=True, records=written("methotrexate")), {"immunosuppressant-monitoring-unowned": "warning"}, "not planned with an owner"),
    "tests without an owner": (lambda: plan(ra(), *methotrexate(), watch("methotrexate", ordered_by=None, acted_on_by=None)), {"immunosuppressant-monitoring-unowned": "warning"}, "not planned with an owner"),
    # evidence and record
    "gabapentin for chronic primary pain": (lambda: plan(person(has(CPP)), med("gabapentin", "300 mg x3", 10, indication=CPP)), {"medicine-not-advised-for-condition": "warning"}, "against for chronic primary pain"),
    "tramadol for fibromyalgia": (lambda: plan(person(has("fibromyalgia")), med("tramadol", "50 mg x3", 10, form=IR, indication="fibromyalgia"), med("senna", "15 mg")), {"opioid-not-advised-for-condition": "warning"}, "fibromyalgia"),
    "adalimumab for osteoarthritis": (lambda: plan(person(has("osteoarthritis-hand")), adalimumab(10, indication="osteoarthritis-hand")), {"medicine-not-advised-for-condition": "warning"}, "osteoarthritis"),
    "methotrexate for chronic primary pain": (lambda: plan(person(has(CPP)), *methotrexate(indication=CPP)), {"evidence-not-established": "warning"}, "not established"),
    "nothing written down": (lambda: plan(ra(), *methotrexate(), watch("methotrexate"), bare=True), {"immunosuppressant-record-incomplete": "caution"}, "No weighing of risk and benefit. No shared decision. No response review. No stop rule."),
    "nothing weighed, no evidence": (lambda: plan(person(has(CPP)), *methotrexate(indication=CPP), watch("methotrexate"), bare=True), {"immunosuppressant-record-incomplete": "warning"}, "No weighing of risk and benefit."),
}

PAIRS: dict[str, tuple[Build, Build, str, str | None, str]] = {
    # one fact apart: the quiet plan, the other one, the rule, its severity in each
    "a PPI": (lambda: plan(ra(age=70), naproxen(), ppi()), lambda: plan(ra(age=70), naproxen()), "nsaid-without-gastroprotection", None, "warning"),
    "a PPI after an ulcer": (lambda: plan(ra(has("peptic-ulcer")), naproxen(), ppi()), lambda: plan(ra(has("peptic-ulcer")), naproxen()), "nsaid-ulcer-history", "warning", "critical"),
    "the diuretic": (lambda: plan(ra(), naproxen(), ppi(), med("ramipril", "5 mg")), lambda: plan(ra(), naproxen(), ppi(), med("ramipril", "5 mg"), med("furosemide", "40 mg")), "nsaid-raas-diuretic", None, "warning"),
    "the weekday": (lambda: plan(ra(), *methotrexate()), lambda: plan(ra(), med("methotrexate", cp.Dose.every("15 mg", "1 week"), indication=RA), folic_acid()), "methotrexate-weekday-missing", None, "warning"),
    "TPMT at the start": (lambda: plan(ra(), med("azathioprine", "50 mg", 3, indication=RA)), lambda: plan(ra(screens={"tpmt": None}), med("azathioprine", "50 mg", 3, indication=RA)), "thiopurine-tpmt-unknown", None, "warning"),
    "latent tuberculosis, treated or not": (lambda: plan(ra(screens={"tuberculosis": "treated"}), adalimumab()), lambda: plan(ra(screens={"tuberculosis": "latent-untreated"}), adalimumab()), "tuberculosis-untreated", None, "warning"),
    "weight": (lambda: plan(person(has(OA)), med("paracetamol", "1 g x4", 300, indication=OA)), lambda: plan(person(has(OA), labs={"weight": "49 kg"}), med("paracetamol", "1 g x4", 300, indication=OA)), "paracetamol-low-weight", None, "warning"),
    "an inactivated or a live vaccine": (lambda: plan(ra(), adalimumab(), cp.VaccinationPlan(id="v", vaccine="influenza", due=ahead(20))), lambda: plan(ra(), adalimumab(), cp.VaccinationPlan(id="v", vaccine="yellow-fever", due=ahead(20))), "live-vaccine-window/biologic", None, "critical"),
    "infection, paused or not": (
        lambda: plan(ra(has("infection", 4, grade="serious")), adalimumab(status=cp.ItemStatus.ON_HOLD, hold=cp.Hold(since=ago(3), reason="infection"))),
        lambda: plan(ra(has("infection", 4, grade="serious")), adalimumab()), "active-serious-infection", None, "critical"),
    "a taper before the stop": (
        lambda: plan(person(has(PMR)), med("prednisolone", taper("3 mg", "2 mg", "1 mg", days=30, begun=60), 60, indication=PMR)),
        lambda: plan(person(has(PMR)), med("prednisolone", "10 mg", 60, stop=ahead(30), indication=PMR)), "steroid-abrupt-stop", None, "critical"),
    "eGFR 61 and 59": (lambda: plan(ra(labs={"egfr": "61 mL/min/{1.73_m2}"}), *methotrexate()), lambda: plan(ra(labs={"egfr": "59 mL/min/{1.73_m2}"}), *methotrexate()), "methotrexate-kidney", None, "warning"),
    "record in time": (lambda: plan(ra(), *methotrexate()), lambda: plan(ra(), *methotrexate(), watch("methotrexate"), bare=True), "immunosuppressant-record-incomplete", None, "caution"),
}
# fmt: on

SPARSE = {
    "arthritis": ("methotrexate", "folic-acid", "naproxen", "prednisolone"),
    "a biologic": ("methotrexate", "adalimumab", "hydroxychloroquine"),
    "a JAK inhibitor": ("tofacitinib", "naproxen", "ramipril"),
    "pain": ("morphine", "gabapentin", "amitriptyline", "paracetamol", "diazepam"),
    "many medicines": ("naproxen", "ramipril", "furosemide", "warfarin", "co-codamol"),
}


def rules_of(report: cp.Report) -> dict[str, str]:
    """The worst severity of each rule."""
    return {finding.rule: finding.severity.name.lower() for finding in reversed(report.findings)}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_plan_raises_no_warning(name: str) -> None:
    report = cp.review(SOUND[name](), on=ON)
    assert [str(finding) for finding in report.at_least(cp.Severity.WARNING)] == []
    assert len(report.at_least(cp.Severity.CAUTION)) <= 1, str(report)
    assert [gap for gap in report.not_assessed if gap.severity > cp.Severity.INFO] == []


@pytest.mark.parametrize("name", HAZARDS)
def test_a_hazard_is_named(name: str) -> None:
    build, expected, words = HAZARDS[name]
    report = cp.review(build(), on=ON)
    found = rules_of(report)
    for rule, severity in expected.items():
        assert [level for each, level in found.items() if each.startswith(rule)][:1] == [severity], str(report)
    messages = [finding.message for finding in report if finding.rule.startswith(tuple(expected))]
    assert any(words in message for message in messages), messages


@pytest.mark.parametrize("name", HAZARDS)
def test_a_hazard_does_not_bring_a_crowd(name: str) -> None:
    report = cp.review(HAZARDS[name][0](), on=ON)
    assert len(report.at_least(cp.Severity.WARNING)) <= 4, str(report)
    assert not any(".." in f.message or "{" in f.message or f.message.count("not known") for f in report), str(report)


@pytest.mark.parametrize("name", PAIRS)
def test_one_fact_makes_the_difference(name: str) -> None:
    quiet, loud, rule, before, after = PAIRS[name]
    assert rules_of(cp.review(quiet(), on=ON)).get(rule) == before
    assert rules_of(cp.review(loud(), on=ON)).get(rule) == after


@pytest.mark.parametrize("name", SPARSE)
def test_a_list_of_medicines_is_answered_with_a_few_questions(name: str) -> None:
    report = cp.review(sparse(*SPARSE[name]), on=ON)
    assert 3 <= len(report.questions) <= 8
    assert {gap for line in report.questions for gap in line.gaps} == {*report.not_assessed}
    missing = " ".join(line.ask for line in report.questions)
    assert all(part in missing for part in ("problem list", "allergies", "Measure or enter"))
    assert sum(finding.rule == "dose-not-recorded" for finding in report) <= 2


def test_what_is_critical_is_asked_alone_and_first() -> None:
    first = cp.review(sparse("methotrexate", "naproxen"), on=ON).questions[0]
    assert (first.severity, first.ask) == (
        cp.Severity.CRITICAL, "When is methotrexate taken: how often, on which day?",
    )  # fmt: skip


def test_a_pending_screen_is_a_warning_in_the_questions() -> None:
    report = cp.review(plan(ra(screens={"tuberculosis": "pending"}), adalimumab(3)), on=ON)
    (gap,) = (gap for gap in report.not_assessed if gap.missing.name == "tuberculosis")
    assert gap.severity is cp.Severity.WARNING
    assert "pending" in gap.ask


def test_a_dose_without_a_time_asks_when_and_not_how_much() -> None:
    half = cp.Dose(amount=cp.Quantity.parse("15 mg"), timing=cp.Absent.UNKNOWN)
    report = cp.review(plan(ra(), med("methotrexate", half, indication=RA), folic_acid()), on=ON)
    assert [line.ask for line in report.questions] == ["When is methotrexate taken: how often, on which day?"]


def test_one_message_about_the_same_items_is_said_once() -> None:
    twice = [med("betamethasone", "2 mg", 3, id=name, indication=RA) for name in ("first", "second")]
    told = [(finding.rule, finding.subjects, finding.message) for finding in cp.review(plan(ra(), *twice), on=ON)]
    assert len(told) == len(set(told))
