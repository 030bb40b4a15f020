import { ApiError } from './api/client';

export interface Toast {
  id: number;
  text: string;
  hint?: string | null;
  tone: 'plain' | 'bad';
  action?: { label: string; run: () => void };
}

export const toasts = $state<Toast[]>([]);
let next = 1;

export function toast(text: string, more: Partial<Omit<Toast, 'id' | 'text'>> = {}) {
  const id = next++;
  toasts.push({ id, text, tone: 'plain', ...more });
  if (toasts.length > 4) toasts.shift();
  setTimeout(() => dismiss(id), more.tone === 'bad' ? 12_000 : 7_000);
}

export function dismiss(id: number) {
  const at = toasts.findIndex((it) => it.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

/** Tells of what went wrong; gives nothing. */
export function tell(error: unknown) {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  if (error instanceof ApiError) toast(error.message, { hint: error.hint, tone: 'bad' });
  else toast(error instanceof Error ? error.message : String(error), { tone: 'bad' });
}
