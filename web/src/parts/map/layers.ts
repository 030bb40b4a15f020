// Incidents and control on the map. A place that is known as a unit is drawn as that unit or as a circle of its radius, never as a point.
import type { LayerSpecification } from 'maplibre-gl';

import type { ControlItem, MapPoints } from '../../lib/api/types';
import { FAMILIES, familyOf, type Family } from '../../lib/words';
import type { Colors } from './style';

export const FAMILY_NAMES = Object.keys(FAMILIES) as Family[];
const familyColors = (isDark: boolean) => FAMILY_NAMES.map((it) => FAMILIES[it].color[isDark ? 1 : 0]);

/** Pixels of a kilometre at zoom 0 and a latitude; doubles with each zoom level. */
const pixels = (km: number, lat: number) => (km * 1000) / (78271.517 * Math.cos((Math.min(85, Math.abs(lat)) * Math.PI) / 180));

/** Index into the columns is the feature's id. Provinces that the base map draws are left to `areas`; `odd` are those it does not know. */
export function features(points: MapPoints, from: number, to: number, odd: ReadonlySet<number>): GeoJSON.FeatureCollection {
  const families = points.types.map((it) => FAMILY_NAMES.indexOf(familyOf(it)));
  const out: GeoJSON.Feature[] = [];
  for (let i = 0; i < points.ids.length; i++) {
    const lon = points.lon[i];
    const lat = points.lat[i];
    const day = points.day[i];
    const precision = points.precisions[points.precision[i] ?? 0];
    if (lon === null || lon === undefined || lat === null || lat === undefined) continue;
    if ((precision === 'adm1' && !odd.has(i)) || precision === 'country') continue;
    if (day !== null && day !== undefined ? day < from || day > to : from > -Infinity) continue;
    out.push({
      type: 'Feature',
      id: i,
      properties: { i, f: families[points.type[i] ?? 0], k: points.killed[i] ?? 0, r: pixels(points.radius[i] ?? 5, lat), exact: precision === 'exact' || precision === 'near' ? 1 : 0 },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    });
  }
  return { type: 'FeatureCollection', features: out };
}

/** Incidents that are known only by their province or country, by unit. */
export function areas(points: MapPoints, from: number, to: number): Map<string, number[]> {
  const out = new Map<string, number[]>();
  for (let i = 0; i < points.ids.length; i++) {
    const precision = points.precisions[points.precision[i] ?? 0];
    const day = points.day[i];
    if (precision !== 'adm1' && precision !== 'country') continue;
    if (day !== null && day !== undefined ? day < from || day > to : from > -Infinity) continue;
    const key = precision === 'adm1' ? `${points.iso3[i] ?? ''}/${fold(points.adm1[i] ?? '')}` : `${points.iso3[i] ?? ''}/`;
    const list = out.get(key);
    if (list) list.push(i);
    else out.set(key, [i]);
  }
  return out;
}

export const fold = (name: string) => name.normalize('NFD').replace(/\p{M}|['’`-]/gu, '').replace(/\b(region|province|state|governorate)\b/giu, '').trim().toLowerCase();

export function incidentLayers(isDark: boolean, c: Colors): LayerSpecification[] {
  const color = familyColors(isDark);
  const family: unknown = ['match', ['get', 'f'], ...color.flatMap((it, i) => [i, it]), color[0]];
  const radius: unknown = ['interpolate', ['exponential', 2], ['zoom'], 0, ['get', 'r'], 20, ['*', ['get', 'r'], 1048576]];
  const size: unknown = ['+', 4, ['min', 12, ['*', 1.1, ['sqrt', ['get', 'k']]]]];
  return [
    { id: 'unit-areas', type: 'fill', source: 'adm1', paint: { 'fill-color': isDark ? '#f2b84b' : '#c07400', 'fill-opacity': ['case', ['>', ['coalesce', ['feature-state', 'n'], 0], 0], ['min', 0.5, ['+', 0.1, ['*', 0.04, ['sqrt', ['feature-state', 'n']]]]], 0] } },
    { id: 'unit-counts', type: 'symbol', source: 'unit-labels', minzoom: 4, layout: { 'text-field': ['concat', '≈ ', ['to-string', ['get', 'n']]], 'text-font': ['Inter Variable'], 'text-size': 11, 'text-offset': [0, 1.2] }, paint: { 'text-color': isDark ? '#f2b84b' : '#7c4b00', 'text-halo-color': c.halo, 'text-halo-width': 1.5 } },
    { id: 'halos', type: 'circle', source: 'incidents', filter: ['!', ['has', 'point_count']], paint: { 'circle-radius': radius as number, 'circle-color': family as string, 'circle-opacity': 0.1, 'circle-stroke-color': family as string, 'circle-stroke-width': 0.8, 'circle-stroke-opacity': 0.55 } },
    { id: 'points', type: 'circle', source: 'incidents', filter: ['all', ['!', ['has', 'point_count']], ['==', ['get', 'exact'], 1]], paint: { 'circle-radius': size as number, 'circle-color': family as string, 'circle-opacity': 0.85, 'circle-stroke-color': c.halo, 'circle-stroke-width': 1.2 } },
    { id: 'clusters', type: 'circle', source: 'incidents', filter: ['has', 'point_count'], paint: { 'circle-radius': ['interpolate', ['linear'], ['sqrt', ['get', 'point_count']], 1, 11, 10, 19, 100, 38], 'circle-color': isDark ? '#2c6f73' : '#1a6468', 'circle-opacity': 0.88, 'circle-stroke-color': c.halo, 'circle-stroke-width': 1.5 } },
    { id: 'cluster-counts', type: 'symbol', source: 'incidents', filter: ['has', 'point_count'], layout: { 'text-field': ['get', 'point_count_abbreviated'], 'text-font': ['Inter Variable'], 'text-size': 12, 'text-allow-overlap': true }, paint: { 'text-color': '#ffffff' } },
  ] as LayerSpecification[];
}

/** Colours that colour-blind eyes tell apart, one an actor; beyond them grey. */
export const ACTOR_COLORS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#8f6bb3', '#9c755f'];

export function controlFeatures(items: ControlItem[], colorOf: (actor: string) => string): GeoJSON.FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: items.flatMap((it, i): GeoJSON.Feature[] => {
      const holder = it.holding.holders[0];
      const isContested = it.holding.state === 'contested';
      const properties = { i, color: isContested ? '#888888' : colorOf(holder?.actor ?? holder?.party ?? ''), fade: it.worth, contested: isContested ? 1 : 0 };
      if (it.outline) return [{ type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates: it.outline.map((ring) => [ring]) } }];
      const { lat, lon } = it;
      if (typeof lat !== 'number' || typeof lon !== 'number') return [];
      return [{ type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [circle(lon, lat, it.radius_km)] } }];
    }),
  };
}

export function controlLayers(): LayerSpecification[] {
  const fade: unknown = ['*', 0.4, ['get', 'fade']];
  return [
    { id: 'control', type: 'fill', source: 'control', filter: ['==', ['get', 'contested'], 0], paint: { 'fill-color': ['get', 'color'], 'fill-opacity': fade as number } },
    { id: 'contested', type: 'fill', source: 'control', filter: ['==', ['get', 'contested'], 1], paint: { 'fill-pattern': 'hatch', 'fill-opacity': ['get', 'fade'] } },
    { id: 'control-edges', type: 'line', source: 'control', paint: { 'line-color': ['get', 'color'], 'line-width': 1.4, 'line-opacity': ['max', 0.35, ['get', 'fade']] } },
  ] as LayerSpecification[];
}

function circle(lon: number, lat: number, km: number): [number, number][] {
  const dLat = km / 111.2;
  const dLon = dLat / Math.max(0.05, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: 49 }, (_, i) => [lon + dLon * Math.cos((i * Math.PI) / 24), lat + dLat * Math.sin((i * Math.PI) / 24)]);
}

/** Slanted lines for contested places. */
export function hatch(isDark: boolean): ImageData {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 12;
  const context = canvas.getContext('2d') as CanvasRenderingContext2D;
  context.strokeStyle = isDark ? '#ff9186' : '#a8261d';
  context.lineWidth = 2.2;
  context.beginPath();
  for (const x of [-12, 0, 12]) {
    context.moveTo(x - 2, 14);
    context.lineTo(x + 14, -2);
  }
  context.stroke();
  return context.getImageData(0, 0, 12, 12);
}
