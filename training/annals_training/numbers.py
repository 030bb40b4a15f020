"""Counts from phrases, as the codebook reads them: a prototype, only to score the reader end to end."""

import re

UNITS = {w: i for i, w in enumerate(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split())}
TENS = {w: 10 * i for i, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
VAGUE = {"dozens": 24, "scores": 40, "tens": 20, "hundreds": 200, "thousands": 2000, "several": 3, "numerous": None,
         "many": None, "few": 3}
PAIRS = {"couple": 2, "dozen": 12, "pair": 2, "both": 2, "two-thirds": None}
PLURAL = set("people children women men police personnel troops militia forces crew staff others cattle".split())
SINGULAR = set("a an one his her its another man woman boy girl child".split())

Bounds = tuple[int | None, int | None]


def bounds(phrase: str, before: str = "") -> Bounds:
    """Lowest and highest number that the phrase states; `before` is the text just before it."""
    words = re.findall(r"\d[\d,. ]*\d|\d|[A-Za-z]+(?:-[a-z]+)*|[^\s\w]", phrase.replace("\u00a0", " "))
    low = [w.lower() for w in words]
    head = " ".join(re.findall(r"\w+", before.lower())[-3:])
    whole = head + " " + " ".join(low)
    number = _first_number(low)
    if number is None:
        for word in low:
            if word in VAGUE:
                return VAGUE[word], None
        for word in low:
            if word in PAIRS and PAIRS[word]:
                return PAIRS[word], PAIRS[word]
        return _bare(phrase, low)
    if re.search(r"\bup to\b|\bas many as\b|\bat most\b|\bno more than\b", whole):
        return None, number
    if re.search(r"\b(at least|more than|over|not less than|no fewer than|no less than|upwards of|minimum)\b", whole) or "+" in low:
        return number, None
    between = re.search(r"\b(\d+)\s*(?:-|–|to|or|and)\s*(\d+)\b", phrase)
    if between:
        return int(between.group(1)), int(between.group(2))
    return number, number


def _first_number(words: list[str]) -> int | None:
    total, found = 0, False
    for at, word in enumerate(words):
        digits = re.sub(r"[,. ]", "", word)
        if digits.isdigit():
            if found:
                break
            total, found = int(digits), True
            if re.fullmatch(r"\d+\.\d{1,2}", word):
                total = int(float(word))
        elif word.split("-")[0] in UNITS or word.split("-")[0] in TENS:
            parts = word.split("-")
            value = sum(UNITS.get(p, TENS.get(p, 0)) for p in parts if p in UNITS or p in TENS)
            if found and not (total % 100 == 0 or (total % 10 == 0 and value < 10)):
                break
            # "one of the wounded" counts; so does a bare "one".
            total, found = total + value, True
        elif word in SCALES and found:
            total = max(1, total) * SCALES[word]
        elif word in SCALES and at and words[at - 1] in ("a", "an"):
            total, found = SCALES[word], True
        elif word == "dozen" and (found or (at and words[at - 1] == "a")):
            return total * 12 if found else 12
        elif word == "and" and found and total % 100 == 0:
            continue
        elif found:
            break
    return total if found else None


def _bare(phrase: str, low: list[str]) -> Bounds:
    if not low:
        return None, None
    joined = " ".join(low)
    if re.search(r"\bnumber of|\bsome\b|\bmultiple\b|\bquantit|\bamount of", joined):
        return None, None
    if low[0] in SINGULAR:
        return 1, 1
    core = [w for w in re.findall(r"[A-Za-z'-]+", re.split(r"\b(?:of|in|from|who|with|at)\b|,", phrase)[0])]
    if core and (core[-1].lower() in PLURAL or re.search(r"[^s]s$", core[-1].lower()) and not core[-1][0].isupper()):
        return None, None
    if core and all(w[0].isupper() for w in core if len(w) > 2) and re.search(r"[a-z]s$", core[-1]) and len(core) == 1:
        return None, None
    return 1, 1
