// Codes to words, numbers and days to text. The codes' meanings come from the server's codebook; here are only their short forms.

export const words = (code: string | null | undefined) => (code ?? '').replaceAll('_', ' ');
export const title = (code: string | null | undefined) => {
  const text = words(code);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const NUMBER = new Intl.NumberFormat('en-GB');
export const number = (n: number | null | undefined) => (n === null || n === undefined ? '' : NUMBER.format(n));

/** "7–13", "≥ 7", "13", "?" for told without a number. */
export function range(it: { low?: number | null; best?: number | null; high?: number | null }): string {
  const low = it.low ?? null;
  const high = it.high ?? null;
  const best = it.best ?? null;
  if (low !== null && high !== null) return low === high ? number(low) : `${number(low)}–${number(high)}`;
  if (low !== null) return `≥ ${number(low)}`;
  if (high !== null) return `≤ ${number(high)}`;
  return best !== null ? number(best) : '?';
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
const TIME = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

export const day = (iso: string | null | undefined) => (iso ? DAY.format(new Date(`${iso}T00:00:00Z`)) : '');
export const time = (iso: string | null | undefined) => (iso ? TIME.format(new Date(iso)) : '');

export function days(it: { start: string; end: string; precision: string } | null | undefined): string {
  if (!it) return '';
  if (it.start === it.end) return day(it.start);
  if (it.precision === 'month' && it.start.slice(0, 7) === it.end.slice(0, 7)) return MONTH.format(new Date(`${it.start}T00:00:00Z`));
  if (it.precision === 'year' && it.start.slice(0, 4) === it.end.slice(0, 4)) return it.start.slice(0, 4);
  const [start, end] = [day(it.start), day(it.end)];
  // What both have in common is said once: "16–17 Oct 2024", "30 Apr – 2 May 1990".
  if (it.start.slice(0, 7) === it.end.slice(0, 7)) return `${start.slice(0, start.indexOf(' '))}–${end}`;
  if (it.start.slice(0, 4) === it.end.slice(0, 4)) return `${start.slice(0, start.lastIndexOf(' '))} – ${end}`;
  return `${start} – ${end}`;
}

export const plural = (n: number, noun: string) => `${number(n)} ${noun}${n === 1 ? '' : 's'}`;

export const percent = (share: number) => `${Math.round(share * 100)} %`;

export const precisionWords: Record<string, string> = {
  exact: 'a named place',
  near: 'near a named place',
  adm2: 'a district',
  adm1: 'a province',
  area: 'a named area',
  country: 'a country',
};

/** Types of event in families, for colours on the map and in charts. */
export const FAMILIES = {
  battle: { name: 'Battles', color: ['#b3372e', '#ff8a7a'], types: ['armed_clash', 'territory_taken', 'siege'] },
  remote: { name: 'Explosions and fire from afar', color: ['#c07400', '#f2b84b'], types: ['chemical_attack', 'air_strike', 'shelling', 'bombing'] },
  civilians: { name: 'Violence against civilians', color: ['#8a3b7e', '#e08fd2'], types: ['sexual_violence', 'abduction', 'targeted_violence', 'protest_crackdown', 'looting', 'destruction', 'displacement'] },
  unrest: { name: 'Protest and riot', color: ['#00734f', '#45c79c'], types: ['protest', 'riot'] },
  moves: { name: 'Moves, deals and arrests', color: ['#2a6398', '#7fb6ec'], types: ['territory_transfer', 'arrest', 'release', 'weapons_seizure', 'deployment', 'group_change', 'agreement', 'other'] },
} as const;
export type Family = keyof typeof FAMILIES;
const FAMILY_OF = new Map<string, Family>(
  Object.entries(FAMILIES).flatMap(([family, it]) => it.types.map((type) => [type, family as Family] as const)),
);
export const familyOf = (type: string): Family => FAMILY_OF.get(type) ?? 'moves';
export const familyColor = (type: string) => {
  const [light, dark] = FAMILIES[familyOf(type)].color;
  return `light-dark(${light}, ${dark})`;
};
