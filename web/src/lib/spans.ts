// Spans count Unicode code points; strings here count UTF-16 units. This file is the only one that knows the difference.

export interface Span {
  start: number;
  end: number;
  text: string;
}

/** A stretch of text and the highlights that cover it, outermost first. */
export interface Segment<L> {
  /** First code point. */
  start: number;
  end: number;
  text: string;
  layers: L[];
}

/** The code points of a text, so that spans can be cut from it. */
export class Codepoints {
  readonly text: string;
  /** UTF-16 offset of each code point, and one past the last; `null` when all are one unit wide. */
  private readonly offsets: Uint32Array | null;
  readonly length: number;

  constructor(text: string) {
    this.text = text;
    if (!/[\ud800-\udfff]/.test(text)) {
      this.offsets = null;
      this.length = text.length;
      return;
    }
    const offsets: number[] = [];
    let at = 0;
    for (const point of text) {
      offsets.push(at);
      at += point.length;
    }
    this.length = offsets.length;
    offsets.push(at);
    this.offsets = Uint32Array.from(offsets);
  }

  private utf16(point: number): number {
    const clamped = Math.max(0, Math.min(point, this.length));
    return this.offsets ? (this.offsets[clamped] ?? this.text.length) : clamped;
  }

  slice(start: number, end: number): string {
    return this.text.slice(this.utf16(start), this.utf16(end));
  }

  span(start: number, end: number): Span {
    return { start, end, text: this.slice(start, end) };
  }
}

/** How many code points the first `units` UTF-16 units of a text hold. */
export function pointsIn(text: string, units: number): number {
  let n = 0;
  for (const _ of text.slice(0, units)) n++;
  return n;
}

/** Cuts `from..to` at every edge of a highlight. Overlaps are kept: a segment lists all that cover it, longest first. */
export function segments<L extends { start: number; end: number }>(
  points: Codepoints,
  highlights: readonly L[],
  from = 0,
  to = points.length,
): Segment<L>[] {
  const within = highlights
    .filter((it) => it.start < to && it.end > from && it.start < it.end)
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start);
  const edges = new Set([from, to]);
  for (const it of within) {
    edges.add(Math.max(from, it.start));
    edges.add(Math.min(to, it.end));
  }
  const sorted = [...edges].sort((a, b) => a - b);
  const out: Segment<L>[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const start = sorted[i] as number;
    const end = sorted[i + 1] as number;
    out.push({ start, end, text: points.slice(start, end), layers: within.filter((it) => it.start <= start && it.end >= end) });
  }
  return out;
}

/** The paragraphs of a text as code point ranges, without the line breaks between them; blank lines are left out. */
export function paragraphs(points: Codepoints): { start: number; end: number }[] {
  const out: { start: number; end: number }[] = [];
  let start = 0;
  let at = 0;
  let blank = true;
  for (const point of points.text) {
    if (point === '\n') {
      if (!blank) out.push({ start, end: at });
      start = at + 1;
      blank = true;
    } else if (blank && point.trim() !== '') {
      blank = false;
    }
    at++;
  }
  if (!blank) out.push({ start, end: at });
  return out;
}

/** Widens a stretch to whole words and drops blanks at its ends; `null` when nothing is left. */
export function wholeWords(points: Codepoints, start: number, end: number): Span | null {
  const isWord = (at: number) => /[\p{L}\p{N}\p{M}’'-]/u.test(points.slice(at, at + 1));
  const isBlank = (at: number) => points.slice(at, at + 1).trim() === '';
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  if (start >= end) return null;
  while (start > 0 && isWord(start) && isWord(start - 1)) start--;
  while (end < points.length && isWord(end - 1) && isWord(end)) end++;
  return points.span(start, end);
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*/gu;

/** The word after a stretch (`by` 1) or before it (-1); with `extend` the stretch with one word more at its end, or one less. */
export function stepWord(points: Codepoints, from: { start: number; end: number } | null, by: 1 | -1, extend: boolean): Span | null {
  let at = 0;
  let units = 0;
  const words = [...points.text.matchAll(WORD)].map((it) => {
    at += pointsIn(points.text.slice(units), it.index - units);
    units = it.index;
    return { start: at, end: at + pointsIn(it[0], it[0].length) };
  });
  const { start, end } = from ?? { start: 0, end: 0 };
  if (extend && from) {
    const within = words.filter((it) => it.start >= start && it.end <= end);
    const last = by > 0 ? words.find((it) => it.end > end) : within.at(-2);
    return last ? points.span(start, last.end) : points.span(start, end);
  }
  const next = by > 0 ? (words.find((it) => it.start >= end) ?? words.at(-1)) : (words.findLast((it) => it.end <= start) ?? words[0]);
  return next ? points.span(next.start, next.end) : null;
}

/** Whether the first letter of a text is of a script that runs from right to left. */
export const isRightToLeft = (text: string) => /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(text);
