// The address is the state of the page: everything that can be shared or come back to is in it.

const current = $state({ path: location.pathname, query: location.search });

function read() {
  current.path = location.pathname;
  current.query = location.search;
}
addEventListener('popstate', read);

export const route = {
  get path() {
    return current.path;
  },
  /** The parts of the path, decoded. */
  get parts() {
    return current.path.split('/').filter(Boolean).map(safeDecode);
  },
  get query() {
    return new URLSearchParams(current.query);
  },
};

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function go(to: string, options: { replace?: boolean } = {}) {
  if (to === location.pathname + location.search) return;
  history[options.replace ? 'replaceState' : 'pushState'](null, '', to);
  read();
}

/** Changes some parameters of the address in place; `null` and `''` drop one. */
export function setQuery(changes: Record<string, string | null | undefined>) {
  const query = route.query;
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === undefined || value === '') query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  go(current.path + (text ? `?${text}` : ''), { replace: true });
}

/** Follows links within the workbench without loading a page. */
export function followLinks(event: MouseEvent) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const link = (event.target as Element | null)?.closest?.('a');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname.startsWith('/api/')) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

/** The address of a thing by its id. */
export const at = {
  report: (id: string, event?: string) => `/reports/${encodeURIComponent(id)}${event ? `?event=${encodeURIComponent(event)}` : ''}`,
  incident: (id: string) => `/incidents/${encodeURIComponent(id)}`,
  actor: (id: string) => `/actors/${encodeURIComponent(id)}`,
};
