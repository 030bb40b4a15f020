"""Dates from phrases and the publication day: a prototype, only to score the reader end to end."""

import re
from datetime import date, timedelta

MONTHS = {m[:3]: i for i, m in enumerate(
    "january february march april may june july august september october november december".split(), 1)}
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
ORDINALS = {w: i for i, w in enumerate(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth".split(), 1)}
SMALL = {w: i for i, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
SMALL |= {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 3}
MONTH = r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
DAY = r"(\d{1,2}|" + "|".join(ORDINALS) + r")(?:st|nd|rd|th)?"

Interval = tuple[date, date]


def resolve(phrase: str, published: date | None) -> Interval | None:
    """The days that a time phrase means; None where it needs what is not told."""
    text = re.sub(r"\s+", " ", phrase.lower().replace("’", "'"))
    for rule in (_dated, _weekday, _relative, _month, _year):
        found = rule(text, published)
        if found:
            start, end = found
            if re.search(r"\bsince\b", text) and published:
                end = published
            if published and start <= published < end and rule in (_month, _year):
                end = published
            return start, end
    return None


def reference(text: str, published: date | None) -> date | None:
    """The day that the text speaks from: a full date near its beginning, else the publication day, else a full date
    anywhere in it."""
    full = re.compile(rf"\b(?:{DAY} {MONTH}|{MONTH} {DAY}),? ((?:19|20)\d\d)\b", re.IGNORECASE)
    told = []
    for m in full.finditer(text):
        d1, m1, m2, d2, year = m.groups()
        found = _make(int(year), MONTHS[(m1 or m2)[:3].lower()], _day((d1 or d2).lower()))
        if found:
            told.append((m.start(), found))
    early = [d for at, d in told if at < 250]
    if published is not None:
        return early[0] if early else published
    if told:
        return early[0] if early else max(d for _, d in told)
    return None


def _make(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(word: str) -> int:
    return ORDINALS.get(word) or int(word)


def _near(month: int, day: int, published: date | None) -> date | None:
    if published is None:
        return None
    found = _make(published.year, month, day)
    if found and found > published + timedelta(days=45):
        found = _make(published.year - 1, month, day)
    return found


def _dated(text, published):
    m = re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", text)
    if m:
        found = _make(*map(int, m.groups()))
        return (found, found) if found else None
    m = re.search(rf"\b(?:{DAY}(?: ?(?:-|–|to|and|or) ?{DAY})?(?: of)? {MONTH}|{MONTH} {DAY}(?: ?(?:-|–|to|and) ?{DAY})?)(?:,? (\d{{4}}))?\b", text)
    if not m:
        return None
    d1, d2, m1, m2, d3, d4, year = m.groups()
    month = MONTHS[(m1 or m2)[:3]]
    first, second = (d1, d2) if m1 else (d3, d4)
    make = lambda d: _make(int(year), month, _day(d)) if year else _near(month, _day(d), published)
    start = make(first)
    end = make(second) if second else start
    more = re.search(rf"(?:-|–|to|and|until) {MONTH} {DAY}|(?:to|and|until) {DAY} {MONTH}", text[m.end():])
    if more:
        a, b, c, d = more.groups()
        month = MONTHS[(a or d)[:3]]
        end = make(b or c) or end
    return (start, end) if start and end and start <= end else ((start, start) if start else None)


def _weekday(text, published):
    found = [DAYS.index(d) for d in re.findall(r"\b(" + "|".join(DAYS) + r")s?\b", text)]
    found += [i for a in re.findall(r"\b(mon|tues?|wed|thurs?|fri|sat|sun)\b", text) for i, d in enumerate(DAYS) if d.startswith(a)]
    if not found or published is None:
        return None
    if re.search(r"\b(next|coming)\b", text):
        days = [published + timedelta(days=(d - published.weekday() - 1) % 7 + 1) for d in found]
    else:
        days = [published - timedelta(days=(published.weekday() - d) % 7) for d in found]
        if re.search(r"\blast week\b", text):
            days = [d if d < published - timedelta(days=published.weekday()) else d - timedelta(days=7) for d in days]
    start, end = min(days), max(days)
    if re.search(r"\bnight\b.*\b(to|into)\b|overnight", text) and start == end:
        end = start + timedelta(days=1) if "overnight" in text and False else start
    return start, end


def _relative(text, published):
    if published is None:
        return None
    back = lambda n: published - timedelta(days=n)
    if re.search(r"day before yesterday", text):
        return back(2), back(2)
    if re.search(r"\byesterday|last night|previous day|day before\b", text):
        return back(1), back(1)
    if re.search(r"\btomorrow\b", text):
        return back(-1), back(-1)
    if re.search(r"\bovernight\b", text):
        return back(1), published
    if re.search(r"\bweekend\b", text):
        sunday = back((published.weekday() + 1) % 7)
        return sunday - timedelta(days=1), sunday
    if re.search(r"\brecently|ongoing|recent\b", text) and not re.search(r"days|weeks|months", text):
        return back(14), published
    m = re.search(r"\b(\d+|\w+) (hour|day|week|month|year)s? (?:ago|earlier|before)\b", text)
    if m and _count(m.group(1)) is not None:
        n = _count(m.group(1)) * {"hour": 0, "day": 1, "week": 7, "month": 30, "year": 365}[m.group(2)]
        return back(n), back(n)
    m = re.search(r"\b(?:past|last|previous|recent|for|over|in|within|next|coming)?(?: the)? ?(?:past|last|previous|next|coming)? ?(\d+|two|three|four|five|six|seven|eight|nine|ten|few|several)[ -](hour|day|week|month|year)s?\b", text)
    if m:
        size = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}[m.group(2)]
        n = max(1, round(_count(m.group(1)) * size))
        if re.search(r"next|coming", text):
            return published, back(-n)
        return back(n - (m.group(2) == "day" and n > 1)), published
    if re.search(r"\bpast month\b", text):
        return back(30), published
    if re.search(r"\b(last|previous) week\b", text):
        monday = back(published.weekday() + 7)
        return monday, monday + timedelta(days=6)
    if re.search(r"\b(this|past) week|earlier in the week|recent days|past days|last days\b", text):
        return back(published.weekday() if "this week" in text or "earlier" in text else 7), published
    if re.search(r"\brecent weeks|past weeks\b", text):
        return back(28), published
    if re.search(r"\brecent months\b", text):
        return back(90), published
    if re.search(r"\b(last|previous) month\b", text):
        end = published.replace(day=1) - timedelta(days=1)
        return end.replace(day=1), end
    if re.search(r"\bthis month\b", text):
        return published.replace(day=1), published
    if re.search(r"\blast year\b", text):
        return date(published.year - 1, 1, 1), date(published.year - 1, 12, 31)
    if re.search(r"\bthis year\b", text):
        return date(published.year, 1, 1), published
    if re.search(r"\btoday|tonight|this (morning|afternoon|evening)|now|morning|dawn|evening|afternoon|noon|night|midnight|earlier in the day|same day|hours?\b", text):
        return published, published
    return None


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else SMALL.get(word)


def _month(text, published):
    m = re.search(rf"\b(early |mid-?|late )?{MONTH}(?: of)?(?:,? (\d{{4}}|last year|this year))?\b", text)
    if not m:
        return None
    month = MONTHS[m.group(2)[:3]]
    told = m.group(3)
    if told and told.isdigit():
        year = int(told)
    elif published is None:
        return None
    elif told:
        year = published.year - (told == "last year")
    else:
        year = published.year if month <= published.month else published.year - 1
    start = date(year, month, 1)
    end = (date(year + month // 12, month % 12 + 1, 1)) - timedelta(days=1)
    part = (m.group(1) or "").strip()
    if part == "early":
        return start, start.replace(day=10)
    if part.startswith("mid"):
        return start.replace(day=11), start.replace(day=20)
    return (start.replace(day=21), end) if part == "late" else (start, end)


def _year(text, published):
    m = re.search(r"\b(19[5-9]\d|20[0-4]\d)\b", text)
    if not m:
        return None
    year = int(m.group(1))
    return date(year, 1, 1), date(year, 12, 31)
