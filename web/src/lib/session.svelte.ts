import { api, setCsrf } from './api/client';
import type { Session } from './api/types';

export const session = $state<{ now: Session | null; failed: unknown }>({ now: null, failed: null });

export async function loadSession() {
  try {
    take(await api.get<Session>('/session'));
  } catch (error) {
    session.failed = error;
  }
}

function take(it: Session) {
  setCsrf(it.csrf);
  session.now = it;
  session.failed = null;
}

export async function login(name: string, password: string) {
  take(await api.post<Session>('/session', { name, password }));
}

export async function logout() {
  await api.delete('/session');
  await loadSession();
}

/** Whether the person may change the record. */
export const mayWrite = () => session.now?.user?.role === 'coder' || session.now?.user?.role === 'admin';
export const isAdmin = () => session.now?.user?.role === 'admin';
