"""How the patient is: calculators and scores, as pure functions that say when they do not hold."""

from careplan.measures.anticholinergic import Burden, Scale, anticholinergic_burden
from careplan.measures.body import BodyWeight, WeightBasis, adjusted_weight, bmi, ideal_weight
from careplan.measures.ecg import qtc_bazett, qtc_fridericia
from careplan.measures.equivalence import Counted, Equivalent, NotCounted, Taken, Uncountable
from careplan.measures.gi_risk import GiFactor, GiRisk, GiTier, nsaid_gi_risk
from careplan.measures.kidney import Clearance, ClearanceForm, Equation, cockcroft_gault, egfr
from careplan.measures.opioid import morphine_equivalent
from careplan.measures.steroid import adrenal_equivalent, prednisolone_equivalent
from careplan.measures.undefined import NotDefinedError

__all__ = [
    "BodyWeight",
    "Burden",
    "Clearance",
    "ClearanceForm",
    "Counted",
    "Equation",
    "Equivalent",
    "GiFactor",
    "GiRisk",
    "GiTier",
    "NotCounted",
    "NotDefinedError",
    "Scale",
    "Taken",
    "Uncountable",
    "WeightBasis",
    "adjusted_weight",
    "adrenal_equivalent",
    "anticholinergic_burden",
    "bmi",
    "cockcroft_gault",
    "egfr",
    "ideal_weight",
    "morphine_equivalent",
    "nsaid_gi_risk",
    "prednisolone_equivalent",
    "qtc_bazett",
    "qtc_fridericia",
]
