"""Further annotated reports: kept in the project as offsets, made whole again from the public data sets.

`python -m annals_training.further unpack --data DATA --file further.jsonl.gz --out FOLDER` writes `docs/` and `gold/` in the
shared gold's shape; `pack` makes the file from such a folder. The texts are third-party and stay where they are: a report is
named by its set and its id there, and a hash tells whether the text is the one that was annotated.
"""

import argparse
import csv
import gzip
import hashlib
import json
import re
import tarfile
import zipfile
from collections import defaultdict
from pathlib import Path
from xml.etree import ElementTree

MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()


def texts(data: Path) -> dict[str, dict]:
    """All reports of the data sets that an annotation may name, by id: doc, published, title, text."""
    out = {}
    for read in (_syria, _muc, _voa, _wikievents, _isaf, _re3d, _burkina, _event_location, _timebank, _ecb):
        for doc in read(data):
            out.setdefault(doc["doc"], doc)
    return out


def _report(doc: str, published: str | None, title: str, text: str) -> dict:
    return {"doc": doc, "published": published, "title": title, "text": text}


def _syria(data: Path):
    for line in (data / "syria/unlabelled.jsonl").open():
        value = json.loads(line)
        yield _report(value["doc"], value["published"], value["title"], value["text"])


def _muc(data: Path):
    """Each text's lines are joined, paragraphs stay apart; the day is that of its date line."""
    for file in sorted((data / "muc4/dev").glob("dev-muc3-*")):
        for part in re.split(r"\n(?=DEV-MUC3-\d+)", file.read_text(errors="replace")):
            head = re.match(r"DEV-MUC3-(\d+)[^\n]*\n", part)
            if not head:
                continue
            body = part[head.end():].strip()
            day = re.search(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})\w* (\d\d)", body[:200])
            published = f"19{day[3]}-{MONTHS.index(day[2]) + 1:02}-{int(day[1]):02}" if day else None
            text = re.sub(r"\n +", "\n ", re.sub(r"(?<!\n)\n(?! )", " ", body))
            yield _report(f"muc-{head[1]}", published, "", text)


def _voa(data: Path):
    """Sentences of a VOA report, joined in their order."""
    archive = zipfile.ZipFile(data / "m2e2/m2e2_annotations.zip")
    reports = defaultdict(list)
    for sentence in json.loads(archive.read("m2e2_annotations/text_only_event.json")):
        reports[sentence["sentence_id"].rsplit("_", 1)[0]].append(sentence)
    for name, sentences in reports.items():
        sentences.sort(key=lambda it: it["sentence_start"])
        year, month, day, number = re.match(r"VOA_EN_NW_(\d{4})\.(\d\d)\.(\d\d)\.(\d+)", name).groups()
        yield _report(f"voa-{number}", f"{year}-{month}-{day}", "", " ".join(s["sentence"].strip() for s in sentences))


def _joined(tokens: list[str]) -> str:
    text = " ".join(tokens)
    for pattern, by in [(r" ([,.;:!?%)\]’”])", r"\1"), (r"([(\[“]) ", r"\1"), (r"(’) (s|t|re|ve|ll|d|m)\b", r"\1\2"),
                        (r" - ", "-"), (r" ('s|n't)\b", r"\1")]:
        text = re.sub(pattern, by, text)
    return text


def _wikievents(data: Path):
    for name in ("train-human", "dev"):
        for line in (data / f"wikievents/{name}.jsonl").open():
            value = json.loads(line)
            yield _report(f"we-{value.get('doc_id') or value['docid']}", None, "", _joined(value["tokens"]))


def _isaf(data: Path):
    for number, line in enumerate((data / "isaf/dev.jsonl").open()):
        turns = json.loads(line)["conversations"]
        yield _report(f"isafdev-{number:03}", None, "", next(t["value"] for t in turns if t["from"] != "system"))


def _re3d(data: Path):
    for file in sorted((data / "re3d").glob("*/documents.json")):
        for line in filter(str.strip, file.open()):
            value = json.loads(line)
            yield _report(f"re3d-{value['_id'][:8]}", None, value.get("title") or "", value["text"])


def _burkina(data: Path):
    """Headlines: the report of an event is any of its headlines that are long enough, told apart by their number."""
    for row in csv.DictReader((data / "ucdp/burkina_headlines.csv").open()):
        days = [d.strip() for d in (row["source_date"] or "").split(";")]
        for number, headline in enumerate(h.strip() for h in (row["source_headline"] or "").split(";")):
            day = days[number] if number < len(days) and re.fullmatch(r"\d{4}-\d\d-\d\d", days[number]) else None
            yield _report(f"ucdp-{row['id']}-{number}", day, headline, "")


def _event_location(data: Path):
    """Single sentences; one that stands twice is named by its first place."""
    for number, line in enumerate(gzip.open(data / "event_location/labelled.jsonl.gz", "rt")):
        yield _report(f"el-{number:05}", None, "", re.sub(r"\s+", " ", json.loads(line)["text"]).strip())


def _timebank(data: Path):
    """TimeBank and AQUAINT: a paragraph a line."""
    archive = tarfile.open(data / "time/tbaq.tar.gz")
    for member in archive:
        if not member.name.endswith(".tml"):
            continue
        source = archive.extractfile(member).read().decode("utf8", "replace")
        body = re.search(r"<TEXT>(.*?)</TEXT>", source, re.S)
        text = re.sub(r"<[^>]+>", "", body[1] if body else source).replace("&amp;", "&").strip()
        for pattern, by in [(r"(?<!\n)\n(?!\n)", " "), (r"\n\n+", "\n"), (r"[ \t]+", " ")]:
            text = re.sub(pattern, by, text)
        day = re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', source, re.S)
        name = re.sub(r"\W", "", member.name.split("/")[-1][:-4])
        yield _report(f"tb-{name}", day[1] if day else None, "", text)


def _ecb(data: Path):
    """ECB+: sentences joined."""
    archive = tarfile.open(data / "ecb/topics1-35.tar.gz")
    for member in archive:
        if not member.name.endswith(".xml"):
            continue
        sentences = defaultdict(list)
        for token in ElementTree.fromstring(archive.extractfile(member).read()).iter("token"):
            sentences[int(token.get("sentence"))].append(token.text or "")
        text = " ".join(" ".join(words) for _, words in sorted(sentences.items()))
        for pattern, by in [(r" ([,.;:!?%)\]’”])", r"\1"), (r"([(\[“$]) ", r"\1"), (r" ('s|n't|’s)\b", r"\1")]:
            text = re.sub(pattern, by, text)
        name = re.sub(r"\W", "", member.name.split("/")[-1][:-4])
        yield _report(f"ecb-{name}", None, "", text)


def _whole(doc: dict) -> str:
    return f"{doc['title']}\n{doc['text']}"


def _offsets(value, text: str, key: str = ""):
    """Puts offsets where the annotation quotes the text."""
    if isinstance(value, dict):
        out = {k: _offsets(v, text, k) for k, v in value.items()}
        if value.get("kind") == "individual" and value.get("name"):
            # Persons stay unnamed; who is the same person is all that training asks.
            out["name"] = f"person {hashlib.sha256(value['name'].encode()).hexdigest()[:8]}"
        return out
    if isinstance(value, list):
        return [_offsets(v, text, key) for v in value]
    if isinstance(value, str) and key in ("quote", "trigger", "mentions", "source"):
        start = text.index(value)
        return [start, start + len(value)]
    return value


def _quotes(value, text: str, key: str = ""):
    """The other way round."""
    quoted = key in ("quote", "trigger", "mentions", "source")
    if quoted and isinstance(value, list) and len(value) == 2 and all(isinstance(v, int) for v in value):
        return text[value[0]:value[1]]
    if isinstance(value, dict):
        return {k: _quotes(v, text, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_quotes(v, text, key) for v in value]
    return value


def pack(folder: Path, data: Path, file: Path) -> None:
    """Writes the annotations of a folder; each must be of a report that the data sets hold."""
    known = texts(data)
    by_text = {_whole(doc): name for name, doc in known.items()}
    lines, foreign = [], []
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        doc = json.loads((folder / "docs" / path.name).read_text("utf-8"))
        name = by_text.get(_whole(doc))
        if name is None:
            foreign.append(path.stem)
            continue
        gold = {k: v for k, v in _offsets(gold, _whole(doc)).items() if k != "doc"}
        digest = hashlib.sha256(_whole(doc).encode()).hexdigest()[:16]
        lines.append(json.dumps({"doc": name, "published": doc["published"], "text": digest, **gold}, ensure_ascii=False))
    with gzip.GzipFile(file, "wb", mtime=0) as out:
        out.write("".join(line + "\n" for line in lines).encode())
    print(f"{len(lines)} packed; in no data set: {foreign}")


def unpack(file: Path, data: Path, folder: Path) -> None:
    """Writes docs/ and gold/; reports whose text has changed are left out and named."""
    known = texts(data)
    for part in ("docs", "gold"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    changed = []
    for line in gzip.open(file, "rt", encoding="utf-8"):
        value = json.loads(line)
        doc = known.get(value["doc"])
        if doc is None or hashlib.sha256(_whole(doc).encode()).hexdigest()[:16] != value.pop("text"):
            changed.append(value["doc"])
            continue
        doc = {**doc, "published": value.pop("published")}
        name = f"{doc['doc']}.json"
        (folder / "docs" / name).write_text(json.dumps(doc, ensure_ascii=False), "utf-8")
        (folder / "gold" / name).write_text(json.dumps(_quotes(value, _whole(doc)), ensure_ascii=False), "utf-8")
    print(f"left out, not as annotated: {changed}")


def unpack_written(file: Path, folder: Path) -> None:
    """Writes docs/ and gold/ of the project's own written reports, one JSON object a line with its text."""
    for line in (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8"):
        value = json.loads(line)
        name = f"{value['doc']}.json"
        doc = {key: value.pop(key) for key in ("published", "title", "text")}
        (folder / "docs" / name).write_text(json.dumps({"doc": value["doc"], **doc}, ensure_ascii=False), "utf-8")
        (folder / "gold" / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["pack", "unpack"])
    parser.add_argument("--data", type=Path, required=True, help="folder of the public data sets")
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True, help="folder with docs/ and gold/")
    parser.add_argument("--written", type=Path, nargs="*", default=[], help="the project's own written reports, to unpack as well")
    args = parser.parse_args()
    if args.what == "pack":
        pack(args.folder, args.data, args.file)
    else:
        unpack(args.file, args.data, args.folder)
        for written in args.written:
            unpack_written(written, args.folder)


if __name__ == "__main__":
    main()
