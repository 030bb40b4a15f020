import type { Span } from '../../lib/spans';

/** What a field's editor gets: the value to change, the words a person has selected, and what to do at the end. */
export interface EditProps<T> {
  value: T;
  selected: Span | null;
  onsave: (changes: Record<string, unknown>) => void;
  oncancel: () => void;
}
