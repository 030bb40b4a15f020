// What a person does to the record: done, told with a way back, and taken back. The same on all pages.
import { api, ApiError } from './api/client';
import type { Done } from './api/types';
import { loadSession } from './session.svelte';
import { tell, toast } from './toasts.svelte';

/** Ways to change the record from a page that `reload` shows anew. */
export function changes(reload: () => Promise<unknown>) {
  /** Gives whether it was done. */
  async function act(work: () => Promise<Done>, text: string): Promise<boolean> {
    try {
      const done = await work();
      await reload();
      void loadSession();
      toast(text, { action: { label: 'Undo', run: () => void undo(done.operations) } });
      return true;
    } catch (error) {
      // The page then has seen what another person has set, so that saving again counts.
      if (error instanceof ApiError && error.code === 'conflict') await reload();
      tell(error);
      return false;
    }
  }
  /** Takes back these operations; without any, what the person did last. */
  async function undo(operations: number[] = [], text = 'Undone') {
    try {
      await api.post<Done>('/undo', { operations });
      await reload();
      void loadSession();
      toast(text);
    } catch (error) {
      tell(error);
    }
  }
  return { act, undo };
}
