"""The tokenizer of the shipped pipeline: spaCy's English one plus what newswire needs.

It stays a plain ``spacy.tokenizer.Tokenizer`` (prefixes, suffixes, infixes, exceptions), so it is saved in the model and runtime needs none of this.
"""

import spacy
from spacy.language import Language
from spacy.symbols import ORTH
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex
from thinc.api import NumpyOps, set_current_ops

# numpy's OpenBLAS multiplies these matrices about three times as fast as the BLIS that thinc uses by default (measured with AVX-512).
set_current_ops(NumpyOps(use_blis=False))

# Ranks and titles that spaCy's English exceptions lack; without them "Lt. Gen." ends a sentence.
ABBREVIATIONS = (
    "Lt. Col. Maj. Sgt. Brig. Capt. Cmdr. Cpl. Pvt. Sens. Reps. Govs. Gens. Drs. Hon. Pres. Amb. Dep. Fr. Sr. Jr. Msgr. Pte. Cdr. Adm. Gen. Gov. "
    "Supt. Insp. Det. Atty. Assn. Dept. Univ. Sept. Mt. Ft. vs. U.S. U.K. U.N. E.U. U.A.E. D.C. U.S.A."
).split()

EXTRA_INFIXES = [
    r"[–—―]",  # any en or em dash, spaced or not
    r"(?<=[0-9])-(?=[a-zA-Z]{2})",  # 63-year-old, 40-kilometer
    r"(?<=[0-9])[–—-](?=[0-9$€£₴])",
    r"(?<=[%°])-(?=[0-9A-Za-z])",
    r"(?<=mid|pre)-(?=[0-9])",
    r"(?<=late|post)-(?=[0-9])",
    r"(?<=early)-(?=[0-9])",
    r"(?<=[a-z0-9])[()\[\]](?=[A-Za-z0-9])",
    r"(?<=[a-z]{2})[;:](?=[A-Z])",
]
EXTRA_SUFFIXES = [
    r"(?<=[0-9])(?:bn|mn|tn|mln|trn|k|km2|m2|sq|mph|kph|kW|MW|GW|kV|pm|am|p\.m\.|a\.m\.|C|F|ft|lb|lbs|oz|pc|pct)",
    r"(?<=[0-9])[-–—]",
    r"[–—―]",
    r"(?<=[a-z])-",
    r"!{2,}",
    r"\?{2,}",
    r"[.!?]+[!?]+",
]
EXTRA_PREFIXES = [r"[–—―]", r"[~≈±]", r"(?:US|A|C|NZ|HK)(?=\$[0-9])", r"•", r"-(?=\$|[A-Za-z]{3})", r"[*_=-]{2,}"]


def blank_pipeline() -> Language:
    """Returns a blank English pipeline with the news tokenizer."""
    nlp = spacy.blank("en")
    defaults = nlp.Defaults
    tokenizer = nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex([*defaults.prefixes, *EXTRA_PREFIXES]).search
    tokenizer.suffix_search = compile_suffix_regex([*defaults.suffixes, *EXTRA_SUFFIXES]).search
    tokenizer.infix_finditer = compile_infix_regex([*defaults.infixes, *EXTRA_INFIXES]).finditer
    for word in ABBREVIATIONS:
        tokenizer.add_special_case(word, [{ORTH: word}])
    return nlp
