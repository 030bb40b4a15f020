// The filters that table, map and export share; they live in the address.
import type { Query } from './api/client';

export const FILTERS = ['q', 'from', 'to', 'type', 'actor', 'iso3', 'adm1', 'killed', 'review', 'as_of'] as const;
export type FilterName = (typeof FILTERS)[number];

export function filtersOf(query: URLSearchParams): Query {
  const out: Query = {};
  for (const name of FILTERS) {
    const value = query.get(name);
    if (value) out[name] = value;
  }
  return out;
}

export const textOf = (query: Query) =>
  new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)])).toString();

export interface View {
  name: string;
  query: string;
}

/** Views that a person has saved in this browser. */
export function savedViews(): View[] {
  try {
    const views: unknown = JSON.parse(localStorage.getItem('views') ?? '[]');
    return Array.isArray(views) ? views.filter((it): it is View => typeof it?.name === 'string' && typeof it?.query === 'string') : [];
  } catch {
    return [];
  }
}
export const saveViews = (views: View[]) => localStorage.setItem('views', JSON.stringify(views));
