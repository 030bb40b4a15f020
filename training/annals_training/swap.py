"""Reports with the names of other reports put in: who did what to whom must then be told from the sentence, not from the name.

In: reports and gold in the shared gold's shape. Out: the same with proper names of places, parties and sources exchanged for
names of the same sort, everywhere in text and quotes alike.
"""

import json
import random
import re
from collections import defaultdict
from pathlib import Path

from .corpus import Annotated, annotate, read_report

# A name: words with capitals, small words only between them. What is common in any report (nationalities, months) is left.
NAME = re.compile(r"(?!The )[A-Z][\w’'.-]+(?: (?:(?:of|al|the|de|and) )?[A-Z][\w’'.-]+){0,3}")
SHARE = 0.7


def names(gold: dict) -> dict[str, str]:
    """The names that a report's quotes consist of, each with its sort."""
    found = {}
    for event in gold.get("events", []):
        for role in ("agents", "targets", "places", "sources"):
            for item in event.get(role) or []:
                quote = item.get("quote") if isinstance(item, dict) else item
                if quote and NAME.fullmatch(quote):
                    sort = "place" if role == "places" else "source" if role == "sources" else f"party {item.get('kind')}"
                    found.setdefault(quote, sort)
    return found


def pool(golds: list[dict]) -> dict[str, list[str]]:
    """All names of each sort, in order."""
    sorts = defaultdict(set)
    for gold in golds:
        for name, sort in names(gold).items():
            sorts[sort].add(name)
    return {sort: sorted(found) for sort, found in sorts.items()}


def in_manner(name: str, other: str) -> str:
    """A name in the letters of a report: some are written in capitals; short ones may be acronyms."""
    wired = lambda it: it.isupper() and len(it) > 6
    return other if wired(name) == wired(other) else other.upper() if wired(name) else other.title() if wired(other) else other


def swapped(doc: dict, gold: dict, pool: dict[str, list[str]], rng: random.Random) -> Annotated:
    """A report with most of its names exchanged."""
    others = {}
    for name, sort in names(gold).items():
        if rng.random() < SHARE:
            others[name] = in_manner(name, rng.choice(pool[sort]))
    if not others:
        return annotate(read_report(doc), gold)
    # The longest first: "South Kordofan" before "Kordofan".
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(others, key=len, reverse=True))) + r")(?!\w)")
    exchange = lambda it: pattern.sub(lambda m: others[m.group()], it)

    def through(value):
        match value:
            case str():
                return exchange(value)
            case list():
                return [through(it) for it in value]
            case dict():
                return {key: it if key in ("type", "kind", "what", "side", "realis", "scope") else through(it) for key, it in value.items()}
        return value

    report = read_report({**doc, "title": exchange(doc.get("title") or ""), "text": exchange(doc.get("text") or "")})
    gold = through(gold)
    # A quote that cuts a name in two is not found again.
    stands = lambda it: (it.get("subject") or {}).get("quote", "") in report.text
    return annotate(report, {**gold, "statements": [it for it in gold.get("statements", []) if stands(it)]})


def read_swapped(folder: Path, docs: list[str], times: int, seed: int) -> list[Annotated]:
    """Each report of a gold folder so many times, each time with other names."""
    read = lambda kind, name: json.loads((folder / kind / f"{name}.json").read_text("utf-8"))
    pairs = [(read("docs", name), read("gold", name)) for name in sorted(docs)]
    sorts = pool([gold for _, gold in pairs])
    rng = random.Random(seed)
    return [swapped(doc, gold, sorts, rng) for _ in range(times) for doc, gold in pairs]
