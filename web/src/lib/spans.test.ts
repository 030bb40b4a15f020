import { describe, expect, it } from 'vitest';

import { Codepoints, isRightToLeft, paragraphs, pointsIn, segments, stepWord, wholeWords } from './spans';

const shown = (text: string, spans: [number, number, string][]) =>
  segments(new Codepoints(text), spans.map(([start, end, name]) => ({ start, end, name })))
    .map((it) => (it.layers.length ? `[${it.layers.map((l) => l.name).join('+')}:${it.text}]` : it.text))
    .join('');

describe('spans count code points', () => {
  it('cuts after letters of two units', () => {
    const points = new Codepoints('🚁🚁 fell on 𞤀𞤁 village');
    expect(points.length).toBe(21);
    expect(points.slice(0, 2)).toBe('🚁🚁');
    expect(points.slice(11, 13)).toBe('𞤀𞤁');
    expect(points.span(14, 21)).toEqual({ start: 14, end: 21, text: 'village' });
  });
  it('clamps what lies outside', () => {
    expect(new Codepoints('abc').slice(1, 99)).toBe('bc');
  });
  it('turns units of a selection into code points', () => {
    expect(pointsIn('a🚁b', 3)).toBe(2);
  });
});

describe('segments', () => {
  it('keeps overlaps', () => {
    expect(shown('Nigerian army base', [[0, 18, 'target'], [0, 8, 'trigger'], [14, 18, 'place']])).toBe(
      '[target+trigger:Nigerian][target: army ][target+place:base]',
    );
  });
  it('cuts across', () => {
    expect(shown('abcdef', [[0, 4, 'x'], [2, 6, 'y']])).toBe('[x:ab][x+y:cd][y:ef]');
  });
  it('leaves plain text plain', () => {
    expect(shown('nothing here', [])).toBe('nothing here');
  });
});

describe('paragraphs', () => {
  it('drops blank lines', () => {
    const points = new Codepoints('Title\n\nOne.\n \nTwo.\n');
    expect(paragraphs(points).map((it) => points.slice(it.start, it.end))).toEqual(['Title', 'One.', 'Two.']);
  });
});

describe('whole words', () => {
  const points = new Codepoints("At least seven soldiers, N'Djamena said.");
  it('widens to words and drops blanks', () => {
    expect(wholeWords(points, 4, 12)?.text).toBe('least seven');
    expect(wholeWords(points, 8, 15)?.text).toBe(' seven '.trim());
    expect(wholeWords(points, 26, 28)?.text).toBe("N'Djamena");
  });
  it('finds nothing in blanks', () => {
    expect(wholeWords(points, 8, 9)).toBeNull();
  });
  it('works from right to left', () => {
    const arabic = new Codepoints('قتل سبعة جنود في غاو');
    expect(wholeWords(arabic, 5, 7)?.text).toBe('سبعة');
  });
});

describe('words by keys', () => {
  const points = new Codepoints('🚁 fell on “Arda”, 3 hurt.');
  const step = (from: { start: number; end: number } | null, by: 1 | -1, extend = false) => stepWord(points, from, by, extend)?.text;
  const of = (text: string) => wholeWords(points, points.text.indexOf(text) - 1, points.text.indexOf(text) - 1 + text.length);
  it('goes from word to word', () => {
    expect(step(null, 1)).toBe('fell');
    expect(step(of('on'), 1)).toBe('Arda');
    expect(step(of('Arda'), -1)).toBe('on');
    expect(step(of('hurt'), 1)).toBe('hurt');
    expect(step(of('fell'), -1)).toBe('fell');
  });
  it('takes one word more or less', () => {
    expect(step(of('on'), 1, true)).toBe('on “Arda');
    expect(step(of('fell on'), -1, true)).toBe('fell');
    expect(step(of('fell'), -1, true)).toBe('fell');
  });
  it('tells scripts that run from right to left', () => {
    expect(isRightToLeft('(غاو) Gao')).toBe(true);
    expect(isRightToLeft('Gao غاو')).toBe(false);
  });
});
