// What of a coded report is shown in its text: which words, in which role, for which event.

import type { CodedReport, Event } from './api/types';
import type { Span } from './spans';

export type Role = 'trigger' | 'agent' | 'target' | 'place' | 'time' | 'outcome' | 'weapon' | 'source' | 'statement';

export const ROLES: Record<Role, string> = {
  trigger: 'What happened',
  agent: 'Who did it',
  target: 'To whom',
  place: 'Where',
  time: 'When',
  outcome: 'Figures',
  weapon: 'Weapons',
  source: 'Who says so',
  statement: 'Statements',
};

export interface Highlight {
  start: number;
  end: number;
  role: Role;
  /** Event id, or `s0`, `s1`, … for statements. */
  of: string;
}

export function highlights(coded: CodedReport): Highlight[] {
  const all = coded.events.flatMap(ofEvent);
  coded.statements.forEach((it, i) => all.push({ start: it.span.start, end: it.span.end, role: 'statement', of: `s${i}` }));
  return all;
}

export function ofEvent(event: Event): Highlight[] {
  const out: Highlight[] = [];
  const add = (role: Role, span: Span | null | undefined) => {
    if (span) out.push({ start: span.start, end: span.end, role, of: event.id });
  };
  add('trigger', event.trigger);
  event.mentions.forEach((it) => add('trigger', it));
  event.agents.forEach((it) => add('agent', it.span));
  event.targets.forEach((it) => add('target', it.span));
  event.places.forEach((it) => add('place', it.span));
  add('time', event.date?.span);
  event.outcomes.forEach((it) => add('outcome', it.span));
  event.weapons.forEach((it) => add('weapon', it.span));
  event.sources.forEach((it) => add('source', it.span));
  return out;
}

/** The fields of an event in the order in which a person checks them. */
export const FIELDS = [
  { name: 'type', label: 'What', role: 'trigger' },
  { name: 'agents', label: 'Who', role: 'agent' },
  { name: 'targets', label: 'To whom', role: 'target' },
  { name: 'places', label: 'Where', role: 'place' },
  { name: 'date', label: 'When', role: 'time' },
  { name: 'outcomes', label: 'Figures', role: 'outcome' },
  { name: 'weapons', label: 'Weapons', role: 'weapon' },
  { name: 'sources', label: 'Sources', role: 'source' },
] as const satisfies readonly { name: keyof Event; label: string; role: Role }[];

export type FieldName = (typeof FIELDS)[number]['name'];

/** The words that a field of an event rests on. */
export const evidence = (event: Event, role: Role): Highlight[] => ofEvent(event).filter((it) => it.role === role);
