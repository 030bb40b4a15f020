"""Text to word pieces, words and windows: what the encoder is fed.

A word is what BERT's pre-tokeniser makes: a run of letters and digits, or one punctuation mark. Scores are per word
and read from its first piece. Long documents are cut into windows that overlap.
"""

from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

MAX_PIECES = 512
OVERLAP = 128
N_SHAPES = 10


@dataclass
class Window:
    """Pieces of one window, with `[CLS]` and `[SEP]`; `first[i]` is the position of word `word_start + i`."""

    ids: list[int]
    shapes: list[int]
    first: list[int]
    word_start: int


@dataclass
class Cut:
    """A text's words (character spans) and windows."""

    words: list[tuple[int, int]]
    windows: list[Window]


class Cutter:
    """Cuts texts with the encoder's own tokeniser."""

    def __init__(self, tokenizer_file: Path):
        self.tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.cls = self.tokenizer.token_to_id("[CLS]")
        self.sep = self.tokenizer.token_to_id("[SEP]")

    def cut(self, text: str, title_end: int) -> Cut:
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        words, starts = [], []
        last = None
        for at, (word, (start, end)) in enumerate(zip(encoding.word_ids, encoding.offsets)):
            if word != last:
                words.append([start, end])
                starts.append(at)
                last = word
            else:
                words[-1][1] = end
        starts.append(len(encoding.ids))
        words = [tuple(w) for w in words]
        shapes = [shape(text[s:e], s < title_end) for s, e in words]
        return Cut(words, list(self._windows(encoding.ids, starts, shapes)))

    def _windows(self, ids, starts, shapes):
        room, n_words, begin = MAX_PIECES - 2, len(starts) - 1, 0
        while True:
            end = begin
            while end < n_words and starts[end + 1] - starts[begin] <= room:
                end += 1
            if end == begin and begin < n_words:
                end += 1  # A word longer than a window: its first pieces stand for it.
            span = ids[starts[begin]:starts[end]][:room]
            first = [1 + starts[w] - starts[begin] for w in range(begin, end)]
            piece_shapes = [4]
            for w in range(begin, end):
                piece_shapes += [shapes[w]] * (starts[w + 1] - starts[w])
            yield Window([self.cls, *span, self.sep], [*piece_shapes[: len(span) + 1], 4], first, begin)
            if end >= n_words:
                return
            back = end
            while back - 1 > begin and starts[end] - starts[back - 1] <= OVERLAP:
                back -= 1
            begin = back


def vocabulary(tokenizer_file: Path) -> list[str]:
    """The pieces in the order of their numbers."""
    numbers = Tokenizer.from_file(str(tokenizer_file)).get_vocab()
    return sorted(numbers, key=numbers.get)


def shape(word: str, in_title: bool) -> int:
    """0 lower, 1 Capitalised, 2 ALL CAPITALS, 3 with a digit, 4 other; 5 more in the title."""
    if any(c.isdigit() for c in word):
        kind = 3
    elif not word[:1].isalpha():
        kind = 4
    elif len(word) > 1 and word.isupper():
        kind = 2
    elif word[:1].isupper():
        kind = 1
    else:
        kind = 0
    return kind + 5 * in_title


def home_window(windows: list[Window]) -> list[tuple[int, int]]:
    """For each word, the window (and the place in it) that shows most of its surroundings."""
    n_words = max((w.word_start + len(w.first) for w in windows), default=0)
    best: list[tuple[int, int, int]] = [(-1, 0, 0)] * n_words
    for index, window in enumerate(windows):
        size = len(window.first)
        for i in range(size):
            word = window.word_start + i
            margin = min(i, size - 1 - i)
            if margin > best[word][0]:
                best[word] = (margin, index, i)
    return [(index, i) for _, index, i in best]
