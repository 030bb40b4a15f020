"""Public sets as teachers of the links before the gold is seen.

Each set becomes `HelperText`s: a text, its predicates with their arguments in our roles, and what the set does not
say (which stays -1, "do not care"). Texts that also stand in the gold are dropped.
"""

import gzip
import json
import random
import re
import tarfile
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch

from .corpus import Span, gap, occurrences
from .labels import EVENT_TYPES, ROLES, SOFTMAX, SPANS, STATEMENTS, WORD_HEADS
from .pieces import Cutter
from .targets import content, words_in

PREPOSITIONS = set("that which who whom whose where when while because as if of in on at by for with from to into near".split())


@dataclass
class HelperText:
    """`predicates`: trigger span, role -> spans, event type or None. `roles`: those the set tells of.

    `statements`: subject, kind, object, of the kinds in `kinds`; `spans`: all the spans of a kind, where the set marks
    all. `unclear` words are neither triggers nor not.
    """

    text: str
    predicates: list[tuple[Span, dict[str, list[Span]], str | None]]
    roles: list[str]
    triggers: bool = False
    unclear: list[Span] = field(default_factory=list)
    statements: list[tuple[Span, str, Span]] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    spans: dict[str, list[Span]] = field(default_factory=dict)


def joined(tokens: list[str]) -> tuple[str, list[Span]]:
    """Tokens to a text with the span of each."""
    spans, at = [], 0
    for token in tokens:
        spans.append((at, at + len(token)))
        at += len(token) + 1
    return " ".join(tokens), spans


def _core(tokens: list[str], start: int, end: int) -> tuple[int, int]:
    """The naming at an argument's front: "in the town of X that …" -> "the town"."""
    while start < end and tokens[start].lower() in PREPOSITIONS:
        start += 1
    stop = start
    while stop < end and not (stop > start and (tokens[stop].lower() in PREPOSITIONS or tokens[stop] in ",;:-(")):
        stop += 1
    return start, stop


def srl(file: Path) -> list[HelperText]:
    """PropBank over the English Web Treebank: who did what to whom, where and when."""
    names = {"ARG0": "agent", "ARG1": "target", "ARGM-LOC": "place", "ARGM-TMP": "date"}
    out = []
    for line in gzip.open(file, "rt"):
        value = json.loads(line)
        text, spans = joined(value["tokens"])
        predicates = []
        for p in value["predicates"]:
            roles: dict[str, list[Span]] = {}
            for a in p["args"]:
                if a["role"] in names:
                    s, e = _core(value["tokens"], a["start"], a["end"])
                    if s < e:
                        roles.setdefault(names[a["role"]], []).append((spans[s][0], spans[e - 1][1]))
            if len(roles) >= 2 and not p["sense"].startswith(("be.", "have.", "do.")):
                predicates.append((spans[p["at"]], roles, None))
        if predicates:
            out.append(HelperText(text, predicates, ["agent", "target", "place", "date"]))
    return out


def event_location(file: Path) -> list[HelperText]:
    """Sentences with an event verb and its place (or none)."""
    out = []
    for line in gzip.open(file, "rt"):
        value = json.loads(line)
        spans = value.get("spans") or []
        verbs = [(s["start"], s["end"]) for s in spans if s["label"] == "VERB"]
        places = [(s["start"], s["end"]) for s in spans if s["label"] == "LOCATION"]
        if len(verbs) == 1 and value.get("answer", "accept") == "accept":
            out.append(HelperText(value["text"], [(verbs[0], {"place": places}, None)], ["place"]))
    return out


ACE_ROLES = {"Attacker": "agent", "Killer": "agent", "Agent": "agent", "Injurer": "agent", "Jailer": "agent", "Destroyer": "agent",
             "DamagerDestroyer": "agent", "Target": "target", "Victim": "target", "Person": "target", "Detainee": "target",
             "Place": "place", "Instrument": "weapon", "ExplosiveDevice": "weapon", "Demonstrator": "agent", "Entity": "agent"}
ACE_TYPES = {"Conflict.Attack.DetonateExplode": "bombing", "Justice.ArrestJailDetain": "arrest", "Justice:Arrest-Jail": "arrest",
             "Conflict.Demonstrate": "protest", "Conflict:Demonstrate": "protest"}
ACE_OURS = ("Conflict", "Life.Die", "Life.Injure", "Life:Die", "Justice.ArrestJail", "Justice:Arrest", "ArtifactExistence.DamageDestroy")


def _ace(event_type: str):
    kind = next((v for k, v in ACE_TYPES.items() if event_type.startswith(k)), None)
    return event_type.startswith(ACE_OURS), kind


def wikievents(folder: Path) -> list[HelperText]:
    """Attack and bombing news with document-level arguments (given as words: the nearest occurrence is taken)."""
    out = []
    for name in ("train-human", "dev"):
        for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines():
            value = json.loads(line)
            text, spans = joined(value["tokens"])
            predicates, unclear = [], []
            for e in value["event_mentions"]:
                t = e["trigger"]
                at, to = t.get("start", t.get("start_idx")), t.get("end", t.get("end_idx"))
                trigger = (spans[at][0], spans[max(at, to - 1)][1])
                ours, kind = _ace(e["event_type"])
                if not ours:
                    unclear.append(trigger)
                    continue
                roles: dict[str, list[Span]] = {}
                for a in e["arguments"]:
                    found = occurrences(text, a["text"])
                    if a["role"] in ACE_ROLES and found:
                        roles.setdefault(ACE_ROLES[a["role"]], []).append(min(found, key=lambda s: gap(s, trigger)))
                predicates.append((trigger, roles, kind))
            out.append(HelperText(text, predicates, ["agent", "target", "place", "weapon"], True, unclear))
    return out


def m2e2(archive: Path, rng: random.Random) -> list[HelperText]:
    """VOA sentences with ACE-like events; as many without any as with one."""
    with_events, without = [], []
    for value in json.loads(zipfile.ZipFile(archive).read("m2e2_annotations/text_only_event.json")):
        text, spans = joined(value["words"])
        predicates, unclear = [], []
        for e in value["golden-event-mentions"]:
            trigger = (spans[e["trigger"]["start"]][0], spans[e["trigger"]["end"] - 1][1])
            ours, kind = _ace(e["event_type"])
            if not ours:
                unclear.append(trigger)
                continue
            roles: dict[str, list[Span]] = {}
            for a in e["arguments"]:
                if a["role"] in ACE_ROLES:
                    roles.setdefault(ACE_ROLES[a["role"]], []).append((spans[a["start"]][0], spans[a["end"] - 1][1]))
            predicates.append((trigger, roles, kind))
        item = HelperText(text, predicates, ["agent", "target", "place", "weapon"], True, unclear)
        (with_events if predicates else without).append(item)
    return with_events + rng.sample(without, min(len(without), len(with_events)))


RE3D_KINDS = {"FightingAgainst": "rivalry", "BelongsTo": "member", "InChargeOf": "leads", "AlliesOf": "alliance"}


def re3d(folder: Path) -> list[HelperText]:
    """Relations of parties and persons in texts on Syria and Iraq, as statements."""
    out = []
    for part in sorted(p for p in folder.iterdir() if p.is_dir()):
        lines = lambda name: [json.loads(l.rstrip().rstrip(",")) for l in (part / name).read_text("utf-8").splitlines() if l.startswith("{")]
        relations: dict[str, list] = {}
        for r in lines("relations.json"):
            if r["type"] in RE3D_KINDS:
                told = ((r["sourceBegin"], r["sourceEnd"]), RE3D_KINDS[r["type"]], (r["targetBegin"], r["targetEnd"]))
                relations.setdefault(r["documentId"], []).append(told)
        for d in lines("documents.json"):
            out.append(HelperText(d["text"], [], [], statements=relations.get(d["_id"], []), kinds=sorted(RE3D_KINDS.values())))
    return out


def polnear(archive: Path, rng: random.Random, words: int = 4) -> list[HelperText]:
    """Who says what: some words of each content link to its source; every source is marked."""
    texts, marks = {}, {}
    with tarfile.open(archive) as tar:
        for member in tar:
            name = Path(member.name)
            if member.isfile() and name.parent.name in ("text", "attributions"):
                text = tar.extractfile(member).read().decode("utf-8")
                if name.suffix == ".ann":
                    marks[name.stem.rsplit("_", 1)[0]] = text  # "NAME_ef2d.ann" belongs to "NAME.txt"
                else:
                    texts[name.stem] = text
    out = []
    for name in sorted(texts.keys() & marks.keys()):
        text, spans, predicates, sources = texts[name], {}, [], []
        for line in marks[name].splitlines():
            fields = line.split("\t")
            if re.match(r"T\d+\t", line):
                # A part in several pieces is written "start end;start end": the first will do.
                start, end = fields[1].split(";")[0].split()[1:3]
                spans[fields[0]] = (int(start), int(end))
            elif re.match(r"E\d+\t", line):
                told = dict(part.split(":") for part in fields[1].split())
                source, content = spans.get(told.get("Source")), spans.get(told.get("Content"))
                if source and content:
                    sources.append(source)
                    inside = [m for m in re.finditer(r"[A-Za-z]{4,}", text[slice(*content)])]
                    for m in rng.sample(inside, min(words, len(inside))):
                        predicates.append(((content[0] + m.start(), content[0] + m.end()), {"source": [source]}, None))
        out.append(HelperText(text, predicates, ["source"], spans={"source": sources}))
    return out


def _grams(text: str, n: int = 8) -> set[int]:
    words = re.findall(r"\w+", text.lower())
    return {hash(tuple(words[i:i + n])) for i in range(max(1, len(words) - n + 1))}


def unseen(texts: list[HelperText], gold: list[str]) -> list[HelperText]:
    """Drops texts that share an eighth of their word 8-grams with a gold report."""
    known = set().union(*(_grams(t) for t in gold)) if gold else set()
    return [t for t in texts if len((g := _grams(t.text)) & known) * 8 < len(g)]


def samples(texts: list[HelperText], cutter: Cutter) -> list[dict]:
    """Windows with labels in the shape of `data.samples`."""
    out = []
    for helper in texts:
        cut = cutter.cut(helper.text, 0)
        for window in cut.windows:
            words = cut.words[window.word_start: window.word_start + len(window.first)]
            item = _labels(helper, words)
            item |= {"ids": torch.tensor(window.ids), "shapes": torch.tensor(window.shapes), "first": torch.tensor(window.first)}
            out.append(item)
    return out


def _labels(helper: HelperText, words: list[Span]) -> dict:
    """Links, and where the set tells all events the triggers. Spans and statements are taught only
    where the set marks all of their kind: a head that sees positives alone learns to say yes."""
    n = len(words)
    heads = {name: np.full(n, -1, np.int64) if name in SOFTMAX else np.full((n, size), -1, np.int8) for name, size in WORD_HEADS.items()}
    if helper.triggers:
        heads["trigger"][:, 0] = 0
        for span in helper.unclear:
            heads["trigger"][list(words_in(words, span)), 0] = -1
    for kind, marked in helper.spans.items():
        column = 2 * SPANS.index(kind)
        heads["span"][:, column:column + 2] = 0
        for span in marked:
            inside = list(words_in(words, span))
            heads["span"][inside, column] = 1
            heads["span"][inside[:1], column + 1] = 1
    heads["subject"][:, [STATEMENTS.index(k) for k in helper.kinds]] = 0
    rows, kinds, links = [], [], []
    for subject, kind, object_ in helper.statements:
        for word in content(words, helper.text, subject):
            heads["subject"][word, STATEMENTS.index(kind)] = 1
            table = np.full((n, len(ROLES)), -1, np.int8)
            table[:, ROLES.index("object")] = 0
            table[list(words_in(words, object_)), ROLES.index("object")] = 1
            rows.append(word)
            kinds.append(1 + STATEMENTS.index(kind))
            links.append(table)
    for trigger, roles, kind in helper.predicates:
        for word in content(words, helper.text, trigger):
            if helper.triggers:
                heads["trigger"][word, 0] = 1
            if kind:
                heads["type"][word] = EVENT_TYPES.index(kind)
            table = np.full((n, len(ROLES)), -1, np.int8)
            for role in helper.roles:
                table[:, ROLES.index(role)] = 0
            for role, spans in roles.items():
                for span in spans:
                    inside = list(words_in(words, span))
                    table[inside, ROLES.index(role)] = 1
            rows.append(word)
            kinds.append(0)
            links.append(table)
    # A text of many predicates would take all the memory; a window keeps a fair share of them.
    step = max(1, len(rows) // 64)
    rows, kinds, links = rows[::step], kinds[::step], links[::step]
    tensor = torch.from_numpy
    return {"heads": {k: tensor(v) for k, v in heads.items()}, "rows": torch.tensor(rows, dtype=torch.long),
            "row_kinds": torch.tensor(kinds, dtype=torch.long),
            "links": tensor(np.stack(links) if links else np.zeros((0, n, len(ROLES)), np.int8))}
