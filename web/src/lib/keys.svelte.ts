// Keys: what is registered here works, and is what the help shows. Nothing fires while a person types in a field.

export interface Key {
  /** As in `KeyboardEvent.key`; two keys one after the other with a blank between, `g i`; `mod+k` for Ctrl or ⌘. */
  keys: string;
  what: string;
  group: string;
  run: (event: KeyboardEvent) => void;
}

// Not reactive: registering must not run what registers; the help reads it when it opens.
const layers: Key[][] = [];
export const help = $state({ open: false });

/** Adds keys while a page or part is shown; call in `$effect`, whose clean-up takes them away. */
export function useKeys(keys: Key[]): () => void {
  layers.push(keys);
  return () => {
    const at = layers.indexOf(keys);
    if (at >= 0) layers.splice(at, 1);
  };
}

export function allKeys(): Map<string, Key[]> {
  const groups = new Map<string, Key[]>();
  for (const key of layers.flat()) {
    const group = groups.get(key.group) ?? [];
    if (!group.some((it) => it.keys === key.keys)) group.push(key);
    groups.set(key.group, group);
  }
  return groups;
}

let pending = '';
let pendingAt = 0;

export function onKey(event: KeyboardEvent) {
  const target = event.target as HTMLElement | null;
  const isTyping = !!target?.closest?.('input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable]');
  const isMod = event.ctrlKey || event.metaKey;
  if (event.altKey || (isTyping && !isMod)) return;
  // Space and Enter belong to the button or link that has the focus.
  if ((event.key === 'Enter' || event.key === ' ') && target?.closest?.('button, a, summary, [role=button]')) return;
  const key = isMod ? `mod+${event.key.toLowerCase()}` : event.key;
  const now = performance.now();
  const sequence = pending && now - pendingAt < 900 ? `${pending} ${key}` : '';
  for (const layer of [...layers].reverse()) {
    const hit = layer.find((it) => it.keys === sequence) ?? layer.find((it) => it.keys === key);
    if (hit) {
      pending = '';
      event.preventDefault();
      hit.run(event);
      return;
    }
  }
  pending = layers.flat().some((it) => it.keys.startsWith(`${key} `)) ? key : '';
  pendingAt = now;
}
