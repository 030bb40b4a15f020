"""What the model should answer for one window: word labels and links.

-1 means "do not care": other occurrences of an annotated phrase, which an annotator could have pointed at as well.
"""

from dataclasses import dataclass

import numpy as np

from .corpus import Annotated, Event, Filler, Span, gap
from .labels import (ACTOR_KINDS, DATE_MODES, EVENT_ROLES, EVENT_TYPES, ITEMS, OUTCOMES, REALIS, ROLE_SPAN, ROLES,
                     SCOPES, SIDES, SOFTMAX, SPANS, STANCES, STATEMENTS, WORD_HEADS)
from .pieces import Cut, Window

STOP = set("a an the of in on at to by and or for from with was were is are be been being has have had that this "
           "their its his her it they out up off into over".split())
# Words of one trigger phrase that become rows; more teach nothing new.
MAX_ROWS = 96


@dataclass
class Targets:
    """Labels of a window. `heads[name]` is [W, n] (sigmoid) or [W] (softmax); `links` is [K, W, roles]."""

    heads: dict[str, np.ndarray]
    rows: np.ndarray
    row_kinds: np.ndarray
    links: np.ndarray


def words_in(words: list[Span], span: Span) -> range:
    """Indices of the words that overlap the characters of `span`."""
    lo = next((i for i, w in enumerate(words) if w[1] > span[0]), len(words))
    hi = lo
    while hi < len(words) and words[hi][0] < span[1]:
        hi += 1
    return range(lo, hi)


def content(words: list[Span], text: str, span: Span) -> list[int]:
    """The words of a span that carry its meaning (all of them where none does)."""
    inside = [i for i in words_in(words, span)]
    strong = [i for i in inside if text[words[i][0]].isalnum() and text[words[i][0]:words[i][1]].lower() not in STOP]
    return strong or inside


def date_mode(event: Event, published: str | None) -> int:
    """How the event's date was found; -1 where the annotation cannot tell."""
    date = event.value.get("date") or {}
    if not date.get("start"):
        return -1 if published is None else DATE_MODES.index("none")
    if date.get("quote"):
        return DATE_MODES.index("phrase")
    if published and date["start"] == date.get("end"):
        days = (np.datetime64(published[:10]) - np.datetime64(date["start"])).astype(int)
        if days in (0, 1):
            return DATE_MODES.index("published" if days == 0 else "day_before")
    return DATE_MODES.index("other")


def build(gold: Annotated, cut: Cut, window: Window) -> Targets:
    """Labels for the words of one window of a document."""
    n = len(window.first)
    words = cut.words[window.word_start: window.word_start + n]
    return _Builder(gold, words).build()


class _Builder:
    def __init__(self, gold: Annotated, words: list[Span]):
        self.gold, self.words, self.text = gold, words, gold.report.text
        n = len(words)
        self.heads = {name: np.full(n, -1, np.int64) if name in SOFTMAX else np.zeros((n, size), np.int8)
                      for name, size in WORD_HEADS.items()}
        # Parts are asked only of outcome words.
        self.heads["part"][:] = -1
        self.alias: dict[str, list[Span]] = {}
        for filler in self._party_fillers():
            name = filler.value.get("name")
            if name:
                self.alias.setdefault(name, []).extend([filler.span, *filler.also])

    def _party_fillers(self):
        for event in self.gold.events:
            yield from event.roles.get("agent", [])
            yield from event.roles.get("target", [])
        for statement in self.gold.statements:
            yield from (f for f in (statement.subject, statement.object) if f)

    def build(self) -> Targets:
        for event in self.gold.events:
            self._event_words(event)
        for statement in self.gold.statements:
            self._statement_words(statement)
        event_rows = self._event_rows()
        statement_rows = self._statement_rows()
        n = len(self.words)
        rows = [*event_rows.items()][:MAX_ROWS], [*statement_rows.items()][:MAX_ROWS // 2]
        index = np.array([w for w, _ in rows[0]] + [w for (w, _), _ in rows[1]], np.int64)
        kinds = np.array([0] * len(rows[0]) + [1 + k for (_, k), _ in rows[1]], np.int64)
        links = np.stack([t for _, t in rows[0]] + [t for _, t in rows[1]]) if len(index) else np.zeros((0, n, len(ROLES)), np.int8)
        return Targets(self.heads, index, kinds, links)

    # -- words ----------------------------------------------------------------------------------------------

    def _mark(self, head: str, column: int, indices, value: int):
        table = self.heads[head]
        for i in indices:
            if value == 1 or table[i, column] == 0:
                table[i, column] = value

    def _label(self, head: str, indices, value: int):
        for i in indices:
            if self.heads[head][i] < 0:
                self.heads[head][i] = value

    def _span(self, kind: str, filler: Filler):
        column = 2 * SPANS.index(kind)
        inside = list(words_in(self.words, filler.span))
        self._mark("span", column, inside, 1)
        self._mark("span", column + 1, inside[:1], 1)
        for also in filler.also:
            self._mark("span", column, words_in(self.words, also), -1)
            self._mark("span", column + 1, words_in(self.words, also), -1)

    def _event_words(self, event: Event):
        value = event.value
        for k, span in enumerate(event.triggers):
            inside = content(self.words, self.text, span)
            self._mark("trigger", 0, inside, 1)
            if k == 0:
                self._mark("trigger", 1, inside, 1)
            self._label("type", inside, EVENT_TYPES.index(value["type"]))
            self._label("scope", inside, SCOPES.index(value.get("scope") or "incident"))
            self._label("realis", inside, REALIS.index(value.get("realis") or "actual"))
            self._label("date_mode", inside, date_mode(event, self.gold.report.published))
        for span in event.also:
            inside = content(self.words, self.text, span)
            self._mark("trigger", 0, inside, -1)
            self._mark("trigger", 1, inside, -1)
        for role, fillers in event.roles.items():
            for filler in fillers:
                self._span(ROLE_SPAN[role], filler)
                inside = words_in(self.words, filler.span)
                if role == "outcome":
                    self._outcome(filler)
                elif role == "source" and filler.value.get("stance") in STANCES:
                    self._label("stance", inside, STANCES.index(filler.value["stance"]))
                elif role in ("agent", "target") and filler.value.get("kind") in ACTOR_KINDS:
                    self._label("actor_kind", inside, ACTOR_KINDS.index(filler.value["kind"]))

    def _outcome(self, filler: Filler):
        value = filler.value
        if value.get("what") not in OUTCOMES:
            return
        column = OUTCOMES.index(value["what"])
        inside = words_in(self.words, filler.span)
        self._mark("what", column, inside, 1)
        for also in filler.also:
            self._mark("what", column, words_in(self.words, also), -1)
        for i in inside:
            self.heads["part"][i, 0] = max(self.heads["part"][i, 0], int(bool(value.get("part"))))
        if value.get("side") in SIDES:
            self._label("side", inside, SIDES.index(value["side"]))
        if value.get("item") in ITEMS:
            self._label("item", inside, ITEMS.index(value["item"]))

    def _statement_words(self, statement):
        kind = STATEMENTS.index(statement.value["kind"])
        self._span("actor", statement.subject)
        self._mark("subject", kind, words_in(self.words, statement.subject.span), 1)
        for also in statement.subject.also:
            self._mark("subject", kind, words_in(self.words, also), -1)
        if statement.object:
            # What kind of thing the object is, the annotation does not say.
            for column in (0, 1, 2 * SPANS.index("place"), 2 * SPANS.index("place") + 1):
                self._mark("span", column, words_in(self.words, statement.object.span), -1)
        for filler in statement.sources:
            self._span("source", filler)

    # -- links ----------------------------------------------------------------------------------------------

    def _link(self, table: np.ndarray, role: str, filler: Filler, near: Span):
        column = ROLES.index(role)
        spans = [filler.span, *filler.also]
        chosen = {filler.span, min(spans, key=lambda s: gap(s, near))}
        others = [s for s in spans if s not in chosen]
        if role in ("agent", "target"):
            others += [s for s in self.alias.get(filler.value.get("name") or "", []) if s not in chosen]
        for span in others:
            for i in words_in(self.words, span):
                if table[i, column] == 0:
                    table[i, column] = -1
        for span in chosen:
            for i in words_in(self.words, span):
                table[i, column] = 1

    def _event_rows(self) -> dict[int, np.ndarray]:
        n, rows, members = len(self.words), {}, {}
        for number, event in enumerate(self.gold.events):
            undated = not (event.value.get("date") or {}).get("start") and self.gold.report.published is None
            for span in event.triggers:
                for word in content(self.words, self.text, span):
                    fresh = word not in rows
                    table = rows.setdefault(word, np.zeros((n, len(ROLES)), np.int8))
                    members.setdefault(word, set()).add(number)
                    if fresh:
                        table[:, len(EVENT_ROLES):] = -1
                    if undated:
                        table[:, ROLES.index("date")] = -1
                    for role, fillers in event.roles.items():
                        for filler in fillers:
                            self._link(table, role, filler, span)
        same = ROLES.index("same")
        for word, table in rows.items():
            table[:, same] = -1
            for other, numbers in members.items():
                if other != word:
                    table[other, same] = int(bool(numbers & members[word]))
        return rows

    def _statement_rows(self) -> dict[tuple[int, int], np.ndarray]:
        rows = {}
        for statement in self.gold.statements:
            kind = STATEMENTS.index(statement.value["kind"])
            for word in content(self.words, self.text, statement.subject.span):
                table = rows.get((word, kind))
                if table is None:
                    table = rows[word, kind] = np.zeros((len(self.words), len(ROLES)), np.int8)
                    table[:, :len(EVENT_ROLES)] = -1
                if statement.object:
                    self._link(table, "object", statement.object, statement.clause)
                for filler in statement.sources:
                    self._link(table, "told_by", filler, statement.clause)
                for i in words_in(self.words, statement.clause):
                    table[i, ROLES.index("clause")] = 1
        return rows
