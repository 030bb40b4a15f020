"""Annotated reports with their quotes found in the text.

In: a folder in the shared gold's shape (docs/ID.json, gold/ID.json, folds.json). Out: `Annotated` reports whose fields
carry character spans. A quote stands for its occurrence nearest to the event's trigger; other occurrences of the
same words are kept as `also`, which training neither rewards nor punishes.
"""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

Span = tuple[int, int]


@dataclass
class Report:
    """One report's text: title, newline, body (code points)."""

    doc: str
    text: str
    title_end: int
    published: str | None


@dataclass
class Filler:
    """A quoted thing: its span, the other places where the same words stand, and the annotation's own values."""

    span: Span
    also: list[Span]
    value: dict


@dataclass
class Event:
    """One annotated event; `triggers[0]` is the naming that the annotator chose."""

    value: dict
    triggers: list[Span]
    also: list[Span] = field(default_factory=list)
    roles: dict[str, list[Filler]] = field(default_factory=dict)


@dataclass
class Statement:
    """One annotated statement with its subject, object, clause and sources found in the text."""

    value: dict
    clause: Span
    subject: Filler | None
    object: Filler | None
    sources: list[Filler]


@dataclass
class Annotated:
    """A report with its gold."""

    report: Report
    events: list[Event]
    statements: list[Statement]
    lost: int = 0


def read_report(value: dict) -> Report:
    """Makes a report of a docs/ID.json value."""
    title = value.get("title") or ""
    return Report(value["doc"], f"{title}\n{value.get('text') or ''}", len(title), value.get("published"))


def read_gold(folder: Path, docs: list[str] | None = None) -> list[Annotated]:
    """Reads the annotated reports of a gold folder, in the order of their ids."""
    names = sorted(docs if docs is not None else (p.stem for p in (folder / "gold").glob("*.json")))
    return [
        annotate(
            read_report(json.loads((folder / "docs" / f"{name}.json").read_text("utf-8"))),
            json.loads((folder / "gold" / f"{name}.json").read_text("utf-8")),
        )
        for name in names
    ]


def read_folds(folder: Path) -> tuple[list[list[str]], list[str]]:
    """The five folds of real reports and the list of written ones; reports never trained on are in neither."""
    folds = json.loads((folder / "folds.json").read_text("utf-8"))
    never = set(folds["never_train"])
    clean = lambda names: [name for name in names if name not in never]
    return [clean(fold) for fold in folds["folds"]], clean(folds["written"])


def occurrences(text: str, quote: str) -> list[Span]:
    """Every place where the quote stands, whole words first; partial words only where no whole word matches."""
    if not quote:
        return []
    spans = [(m.start(), m.end()) for m in re.finditer(re.escape(quote), text)]
    whole = [s for s in spans if _on_edges(text, s)]
    return whole or spans


def _on_edges(text: str, span: Span) -> bool:
    start, end = span
    left = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    right = end == len(text) or not (text[end - 1].isalnum() and text[end].isalnum())
    return left and right


def gap(a: Span, b: Span) -> int:
    """Characters between two spans; 0 where they touch or overlap."""
    return max(0, b[0] - a[1], a[0] - b[1])


def annotate(report: Report, gold: dict) -> Annotated:
    """Finds the gold's quotes in the report."""
    out = Annotated(report, [], [])
    taken: list[Span] = []
    for value in gold.get("events", []):
        event = _event(report.text, value, taken)
        if event is None:
            out.lost += 1
            continue
        out.events.append(event)
        taken.extend(event.triggers)
    for value in gold.get("statements", []):
        statement = _statement(report.text, value)
        if statement is None:
            out.lost += 1
        else:
            out.statements.append(statement)
    return out


def _quotes(value: dict):
    for role, key in (("agent", "agents"), ("target", "targets"), ("place", "places"), ("outcome", "outcomes"),
                      ("weapon", "weapons"), ("source", "sources")):
        for item in value.get(key) or []:
            if item.get("quote"):
                yield role, item
    if (value.get("date") or {}).get("quote"):
        yield "date", value["date"]


def _event(text: str, value: dict, taken: list[Span]) -> Event | None:
    candidates = occurrences(text, value["trigger"])
    if not candidates:
        return None
    places = [occurrences(text, item["quote"]) for _, item in _quotes(value)]

    def cost(span: Span) -> float:
        # The fullest telling is the one that most of the event's fields stand near to.
        near = sum(min(200, min(gap(span, s) for s in found)) for found in places if found)
        return near + 150 * (span in taken)

    main = min(candidates, key=cost)
    triggers, also = [main], [s for s in candidates if s != main]
    for mention in value.get("mentions") or []:
        found = occurrences(text, mention)
        free = [s for s in found if s not in taken and all(gap(s, t) > 0 or s[0] >= t[1] or s[1] <= t[0] for t in triggers)]
        if free or found:
            best = min(free or found, key=lambda s: gap(s, main))
            triggers.append(best)
            also.extend(s for s in found if s != best)
    event = Event(value, triggers, [s for s in also if s not in triggers])
    for role, item in _quotes(value):
        filler = _filler(text, item, main, avoid=[f.span for f in event.roles.get("outcome", [])] if role == "outcome" else [])
        if filler:
            event.roles.setdefault(role, []).append(filler)
    return event


def _filler(text: str, item: dict, near: Span, avoid: list[Span] = ()) -> Filler | None:
    found = occurrences(text, item["quote"])
    if not found:
        return None
    free = [s for s in found if s not in avoid] or found
    best = min(free, key=lambda s: gap(s, near))
    return Filler(best, [s for s in found if s != best], item)


def _statement(text: str, value: dict) -> Statement | None:
    subject = value.get("subject") or {}
    clauses = occurrences(text, value.get("quote") or "")
    if not subject.get("quote") or not clauses:
        return None
    subjects = occurrences(text, subject["quote"])
    clause = min(clauses, key=lambda c: min((gap(c, s) for s in subjects), default=0))
    object_ = value.get("object") or {}
    fill = lambda item: _filler(text, item, clause) if item.get("quote") else None
    # Some annotations write a source as the bare quote.
    told_by = [s if isinstance(s, dict) else {"quote": s} for s in value.get("sources") or []]
    sources = [f for f in map(fill, told_by) if f]
    return Statement(value, clause, fill(subject), fill(object_), sources)


def usual_names(corpus: list[Annotated]) -> dict[str, str]:
    """Naming -> the name that annotators gave it most often: stands in for the actor registry when scoring."""
    # Imported here: the decoder stands above the corpus in every other respect.
    from .decode import name_key
    told: dict[str, Counter] = defaultdict(Counter)
    for gold in corpus:
        parties = [f.value for e in gold.events for r in ("agent", "target") for f in e.roles.get(r, [])]
        parties += [f.value for s in gold.statements for f in (s.subject, s.object) if f]
        for value in parties:
            told[name_key(value["quote"])][value.get("name") or ""] += 1
    best = {key: counts.most_common(1)[0][0] for key, counts in told.items()}
    return {key: name for key, name in best.items() if name}
