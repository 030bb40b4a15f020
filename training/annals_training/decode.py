"""Scores to events in the gold's shape: the prototype of what annals-coder does.

1. Trigger words: content words whose `trigger` score passes; candidate spans: runs of `span` scores.
2. Links of every trigger word to every trigger word and every word of a candidate span.
3. Trigger words are clustered by their `same` links (average linkage); weak clusters are dropped.
4. Each cluster takes its type, scope, realis and date mode from its words, and its fillers from the pooled links.
5. Statements: runs of `subject` scores of one kind; object and clause from that row's links.
"""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import numpy as np

from . import dates
from .labels import (ACTOR_KINDS, DATE_MODES, EVENT_TYPES, ITEMS, OUTCOMES, REALIS, ROLE_SPAN, ROLES, SCOPES, SIDES,
                     SOFTMAX, SPANS, STANCES, STATEMENTS)
from .numbers import bounds
from .predict import OnnxReader, Scores, TorchReader
from .targets import STOP


@dataclass
class Thresholds:
    """All decisions of the decoder; probabilities unless said otherwise."""

    row: float = 0.3  # a word is a trigger word
    event: float = 0.5  # a cluster's best trigger word
    main: float = 0.15  # a cluster's best main-naming score
    same: float = 0.5
    inside: float = 0.25
    begin: float = 0.9
    agent: float = 0.5
    target: float = 0.5
    place: float = 0.5
    date: float = 0.5
    date_low: float = 0.4  # where the event is told to have a phrase of its own
    lend: float = 0.0  # 0: undated events stay so
    source: float = 0.5
    weapon: float = 0.5
    outcome: float = 0.4
    what: float = 0.4
    part: float = 0.5
    subject: float = 0.4
    object: float = 0.4
    more: float = 0.1  # added to the threshold for every further filler of a role


@dataclass
class Candidate:
    """A span of one kind: word range [start, end) and the mean of its inside scores."""

    kind: str
    start: int
    end: int
    score: float


def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, np.float64)))


def softmax(x):
    x = np.asarray(x, np.float64)
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def is_content(scores: Scores, word: int) -> bool:
    start, end = scores.words[word]
    text = scores.report.text[start:end]
    return text[0].isalnum() and text.lower() not in STOP


def candidates(scores: Scores, t: Thresholds) -> list[Candidate]:
    """Runs of inside scores of each kind, parted where a begin score passes."""
    probabilities = sigmoid(scores.head("span"))
    out = []
    glued = hyphenated(scores)
    for k, kind in enumerate(SPANS):
        inside, begin = probabilities[:, 2 * k], probabilities[:, 2 * k + 1]
        start = None
        for i in range(len(inside) + 1):
            on = i < len(inside) and inside[i] >= t.inside
            if start is not None and (not on or begin[i] >= t.begin and not glued[i]):
                out.append(Candidate(kind, start, i, float(inside[start:i].mean())))
                start = None
            if on and start is None:
                start = i
    return _distinct(c for c in (_trim(scores, _whole(c, glued)) for c in out) if c)


def hyphenated(scores: Scores) -> list[bool]:
    """Whether each word hangs on the one before it by a hyphen or apostrophe (the hyphen does so itself)."""
    text, words = scores.report.text, scores.words
    out = [False] * (len(words) + 1)
    for i in range(1, len(words)):
        touches = words[i - 1][1] == words[i][0]
        mark = lambda w: text[words[w][0]:words[w][1]] in "-\u2010\u2011'\u2019"
        out[i] = touches and (mark(i) and i + 1 < len(words) and words[i + 1][0] == words[i][1] or mark(i - 1))
    return out


def _whole(c: Candidate, glued: list[bool]) -> Candidate:
    """Takes in the rest of a hyphenated word at either end."""
    while glued[c.start]:
        c.start -= 1
    while glued[c.end]:
        c.end += 1
    return c


def _distinct(spans) -> list[Candidate]:
    """Drops what another span of its kind contains."""
    out: list[Candidate] = []
    for c in spans:
        if out and out[-1].kind == c.kind and out[-1].end > c.start:
            out[-1].end = max(out[-1].end, c.end)
        else:
            out.append(c)
    return out


def _trim(scores: Scores, c: Candidate) -> Candidate | None:
    """Cuts punctuation and articles off the ends."""
    text = scores.report.text
    word = lambda i: text[scores.words[i][0]:scores.words[i][1]]
    while c.start < c.end and (not word(c.start)[0].isalnum() or word(c.start).lower() in ("the", "a", "an") and c.kind != "outcome"):
        c.start += 1
    while c.start < c.end and not word(c.end - 1)[0].isalnum() and word(c.end - 1) not in ")%":
        c.end -= 1
    return c if c.start < c.end else None


def quote(scores: Scores, start: int, end: int) -> str:
    return scores.report.text[scores.words[start][0]:scores.words[end - 1][1]]


def clusters(same: np.ndarray, threshold: float) -> list[list[int]]:
    """Average-linkage clusters of the rows; `same` [K, K] probabilities, symmetric."""
    groups = [[i] for i in range(len(same))]
    link = same.astype(np.float64).copy()
    np.fill_diagonal(link, -1)
    alive = list(range(len(same)))
    size = np.ones(len(same))
    while len(alive) > 1:
        sub = link[np.ix_(alive, alive)]
        at = int(sub.argmax())
        a, b = alive[at // len(alive)], alive[at % len(alive)]
        if link[a, b] < threshold:
            break
        merged = (link[a] * size[a] + link[b] * size[b]) / (size[a] + size[b])
        link[a], link[:, a] = merged, merged
        link[a, a] = -1
        groups[a] += groups[b]
        size[a] += size[b]
        alive.remove(b)
    return [sorted(groups[i]) for i in alive]


class Decoder:
    """Holds a document's scores; `decode(thresholds)` may be called many times."""

    def __init__(self, reader: TorchReader | OnnxReader, scores: Scores, low_row: float = 0.1):
        self.scores = scores
        self.names: dict[str, str] = {}
        self.trigger, self.what, self.part, self.subject = (sigmoid(scores.head(h)) for h in ("trigger", "what", "part", "subject"))
        self.log_softmax = {h: np.log(softmax(scores.head(h)) + 1e-9) for h in SOFTMAX}
        self.content = [is_content(scores, w) for w in range(len(scores.words))]
        self.candidates: dict[tuple[float, float], list[Candidate]] = {}
        content = [w for w, yes in enumerate(self.content) if yes]
        order = sorted(content, key=lambda w: -self.trigger[w, 0])[:96]
        self.rows = sorted(w for w in order if self.trigger[w, 0] >= low_row)
        self.columns = list(range(len(scores.words)))
        self.links = sigmoid(reader.links(scores, self.rows, [0] * len(self.rows), self.columns))
        pairs = [(w, k) for w in content for k in range(len(STATEMENTS)) if self.subject[w, k] >= 0.1]
        self.pairs = {pair: i for i, pair in enumerate(pairs)}
        self.statement_links = sigmoid(reader.links(scores, [w for w, _ in pairs], [1 + k for _, k in pairs], self.columns))

    def decode(self, t: Thresholds) -> dict:
        """The coded report in the gold's shape."""
        key = (t.inside, t.begin)
        if key not in self.candidates:
            self.candidates[key] = candidates(self.scores, t)
        spans = self.candidates[key]
        picked = [i for i, w in enumerate(self.rows) if self.trigger[w, 0] >= t.row]
        events = []
        if picked:
            words = [self.rows[i] for i in picked]
            same = self.links[np.ix_(picked, words)][:, :, ROLES.index("same")]
            same = (same + same.T) / 2
            groups = [[picked[i] for i in g] for g in clusters(same, t.same)]
            groups = [g for g in groups if self._keep(g, t)]
            pooled = [self._pool(g) for g in groups]
            outcomes = self._outcomes(spans, pooled, t)
            events = [self._event(f"e{i + 1}", g, p, spans, o, t) for i, (g, p, o) in enumerate(zip(groups, pooled, outcomes))]
            self._lend_dates(events, groups, t)
        return {"doc": self.scores.report.doc, "events": events, "statements": self._statements(spans, t)}

    def _keep(self, group, t):
        words = [self.rows[i] for i in group]
        return self.trigger[words, 0].max() >= t.event and self.trigger[words, 1].max() >= t.main

    def _weights(self, group):
        weights = self.trigger[[self.rows[i] for i in group], 0] ** 2
        return weights / weights.sum()

    def _pool(self, group):
        """One event's links [words, roles]: half the weighted mean of its trigger words', half the best."""
        links = self.links[group]
        return 0.5 * np.tensordot(self._weights(group), links, 1) + 0.5 * links.max(0)

    def _span_score(self, pooled, role, span):
        """Mean link of the span's content words; for a place the greatest, as one word of it may carry the name."""
        inside = [w for w in range(span.start, span.end) if self.content[w]] or list(range(span.start, span.end))
        scores = pooled[inside, ROLES.index(role)]
        return float(scores.max() if role == "place" else scores.mean())

    def _fillers(self, pooled, role, spans, t):
        """Spans that fill a role, best first."""
        threshold = getattr(t, role)
        scored = sorted(((self._span_score(pooled, role, s), s) for s in spans if s.kind == ROLE_SPAN[role]), key=lambda x: (-x[0], x[1].start))
        out, told = [], []
        for score, span in scored:
            if score < threshold + (t.more if out else 0):
                break
            words = _words(quote(self.scores, span.start, span.end))
            if any(words <= seen or seen <= words for seen in told):
                continue
            if ROLE_SPAN[role] == "actor" and self._join(out, span):
                continue
            told.append(words)
            out.append((score, span))
        return out

    def _join(self, out, span) -> bool:
        """Takes a title into the name that it stands beside ("the mayor Hamid Orsa"), and drops one set off by a comma."""
        for k, (score, kept) in enumerate(out):
            between = range(kept.end, span.start) if kept.end <= span.start else range(span.end, kept.start)
            if len(between) == 0:
                out[k] = score, Candidate(span.kind, min(span.start, kept.start), max(span.end, kept.end), kept.score)
                return True
            if len(between) <= 2 and all(self._text(w) in ",()" or self._text(w).lower() in ("a", "an", "the") for w in between):
                return True
        return False

    def _text(self, word: int) -> str:
        return self.scores.report.text[slice(*self.scores.words[word])]

    def _vote(self, head, words, weights=None):
        return int(np.average(self.log_softmax[head][words], axis=0, weights=weights).argmax())

    def _outcomes(self, spans, pooled, t):
        """Every outcome span goes to the event that links to it most."""
        out = [[] for _ in pooled]
        if not pooled:
            return out
        for span in (s for s in spans if s.kind == "outcome"):
            inside = list(range(span.start, span.end))
            kinds = self.what[inside].mean(0)
            score = [self._span_score(p, "outcome", span) for p in pooled]
            best = int(np.argmax(score))
            if score[best] < t.outcome or kinds.max() < t.what:
                continue
            start, end = self.scores.words[span.start][0], self.scores.words[span.end - 1][1]
            low, high = bounds(quote(self.scores, span.start, span.end), self.scores.report.text[max(0, start - 30):start])
            name = OUTCOMES[int(kinds.argmax())]
            item = {"quote": self.scores.report.text[start:end], "what": name, "low": low, "high": high,
                    "side": SIDES[self._vote("side", inside)],
                    "part": bool(self.part[inside].mean() >= t.part)}
            if name in ("seized", "destroyed"):
                item["item"] = ITEMS[self._vote("item", inside)]
            if not any(o["what"] == name and o["low"] == low and o["part"] == item["part"] and
                       (low is not None and low > 1 or _words(o["quote"]) & _words(item["quote"])) for o in out[best]):
                out[best].append(item)
        return out

    def _event(self, name, group, pooled, spans, outcomes, t):
        words, weights = [self.rows[i] for i in group], self._weights(group)
        main = max(words, key=lambda w: self.trigger[w, 1])
        namings = self._namings(words)
        trigger = next(n for n in namings if n[0] <= main < n[1])
        party = lambda role: [
            {"quote": (q := quote(self.scores, s.start, s.end)), "name": self.names.get(name_key(q)),
             "kind": ACTOR_KINDS[self._vote("actor_kind", list(range(s.start, s.end)))]}
            for _, s in self._fillers(pooled, role, spans, t)]
        agents = party("agent")
        taken = [_words(a["quote"]) for a in agents]
        plain = lambda role: [{"quote": quote(self.scores, s.start, s.end)} for _, s in self._fillers(pooled, role, spans, t)]
        sources = [{"quote": quote(self.scores, s.start, s.end), "stance": STANCES[self._vote("stance", list(range(s.start, s.end)))]}
                   for _, s in self._fillers(pooled, "source", spans, t)]
        return {
            "id": name, "type": EVENT_TYPES[self._vote("type", words, weights)],
            "trigger": quote(self.scores, *trigger), "mentions": [quote(self.scores, *n) for n in namings if n != trigger],
            "scope": SCOPES[self._vote("scope", words, weights)], "realis": REALIS[self._vote("realis", words, weights)],
            "agents": agents, "targets": [x for x in party("target") if _words(x["quote"]) not in taken],
            "places": plain("place"), "where": None, "date": self._date(words, weights, pooled, spans, t),
            "outcomes": outcomes, "weapons": plain("weapon"), "sources": sources,
        }

    def _namings(self, words):
        """Runs of trigger words, small words between them included."""
        runs = []
        for w in words:
            if runs and w - runs[-1][1] <= 1 and (w == runs[-1][1] or not self.content[runs[-1][1]]):
                runs[-1][1] = w + 1
            else:
                runs.append([w, w + 1])
        return [tuple(r) for r in runs]

    def _date(self, words, weights, pooled, spans, t):
        """The linked phrase's days, else what the date mode says; `lend` marks an event that may take a neighbour's."""
        published = self.scores.report.published
        day = dates.reference(self.scores.report.text, date.fromisoformat(published[:10]) if published else None)
        mode = DATE_MODES[self._vote("date_mode", words, weights)]
        threshold = t.date_low if mode == "phrase" else t.date
        for _, span in self._fillers(pooled, "date", spans, replace(t, date=threshold)):
            phrase = quote(self.scores, span.start, span.end)
            interval = dates.resolve(phrase, day)
            if interval:
                return {"quote": phrase, "start": interval[0].isoformat(), "end": interval[1].isoformat()}
        if day and mode in ("published", "day_before"):
            told = day if mode == "published" else date.fromordinal(day.toordinal() - 1)
            return {"quote": None, "start": told.isoformat(), "end": told.isoformat()}
        return {"lend": True} if mode in ("phrase", "other") else None

    def _lend_dates(self, events, groups, t):
        """An undated event told as dated takes the date of the nearest dated event."""
        at = [np.mean([self.rows[i] for i in g]) for g in groups]
        dated = [i for i, e in enumerate(events) if e["date"] and "start" in e["date"]]
        for i, e in enumerate(events):
            if e["date"] and "lend" in e["date"]:
                near = min(dated, key=lambda j: abs(at[j] - at[i]), default=None)
                e["date"] = None if near is None or not t.lend else {**events[near]["date"], "quote": None}

    def _statements(self, spans, t):
        out, seen = [], set()
        actors = [s for s in spans if s.kind in ("actor", "place")]
        for k, kind in enumerate(STATEMENTS):
            on = [w for w in range(len(self.subject)) if self.subject[w, k] >= t.subject and (w, k) in self.pairs]
            for run in _runs(on):
                best = max(range(*run), key=lambda w: self.subject[w, k])
                holder = next((s for s in actors if s.kind == "actor" and s.start <= best < s.end), None)
                start, end = (holder.start, holder.end) if holder else run
                row = self.statement_links[self.pairs[best, k]]
                object_ = self._object(row, t)
                subject = quote(self.scores, start, end)
                key = (kind, subject.lower(), (object_ or "").lower())
                if key in seen:
                    continue
                seen.add(key)
                out.append({"kind": kind, "subject": {"quote": subject, "name": self.names.get(name_key(subject))},
                            "object": {"quote": object_, "name": None} if object_ else None,
                            "quote": self._clause(row, start), "sources": []})
        return out

    def _object(self, row, t):
        on = [w for w in range(len(row)) if row[w, ROLES.index("object")] >= t.object]
        runs = _runs(on, gap=1)
        if not runs:
            return None
        best = max(runs, key=lambda r: row[r[0]:r[1], ROLES.index("object")].sum())
        return quote(self.scores, *best)

    def _clause(self, row, subject):
        on = [w for w in range(len(row)) if row[w, ROLES.index("clause")] >= 0.5] or [subject]
        runs = _runs(on, gap=3)
        best = max(runs, key=lambda r: r[1] - r[0])
        return quote(self.scores, *best)


def name_key(text: str) -> str:
    """How a naming is looked up in a table of names."""
    return " ".join(sorted(_words(text)))


def _runs(indices, gap=0):
    runs = []
    for i in indices:
        if runs and i - runs[-1][1] <= gap:
            runs[-1][1] = i + 1
        else:
            runs.append([i, i + 1])
    return [tuple(r) for r in runs]


@lru_cache(maxsize=65536)
def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in "".join(c.lower() if c.isalnum() else " " for c in text).split() if w not in STOP)
