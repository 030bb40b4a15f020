// The base map's look: our own shapes, no tiles, no sprites, no glyph server; letters are drawn from the page's own fonts.
import type { StyleSpecification } from 'maplibre-gl';

import type { Shapes, Town } from '../../lib/basemap';

const PALETTE = {
  light: { sea: '#dfe8ea', land: '#faf8f4', river: '#a9c8d4', border: '#8d887e', adm1: '#d5d0c5', coast: '#a8b6b8', ink: '#3c4245', soft: '#7b7f7e', halo: '#faf8f4' },
  dark: { sea: '#101618', land: '#1d2326', river: '#2f4650', border: '#77807f', adm1: '#363e41', coast: '#3d4a4e', ink: '#d3d2cd', soft: '#8c9394', halo: '#171c1e' },
} as const;

export type Colors = (typeof PALETTE)['light' | 'dark'];
export const colors = (isDark: boolean): Colors => (isDark ? PALETTE.dark : PALETTE.light);

const FONT = ['Inter Variable'];

export function style(shapes: Shapes, towns: Town[], isDark: boolean): StyleSpecification {
  const c = colors(isDark);
  return {
    version: 8,
    sources: {
      nations: { type: 'geojson', data: shapes.nations, tolerance: 0.2 },
      adm1: { type: 'geojson', data: shapes.adm1, tolerance: 0.3, generateId: true },
      adm1Borders: { type: 'geojson', data: line(shapes.adm1Borders), tolerance: 0.3 },
      borders: { type: 'geojson', data: line(shapes.borders), tolerance: 0.2 },
      coast: { type: 'geojson', data: line(shapes.coast), tolerance: 0.2 },
      rivers: { type: 'geojson', data: shapes.rivers },
      lakes: { type: 'geojson', data: shapes.lakes },
      labels: { type: 'geojson', data: labels(shapes) },
      towns: { type: 'geojson', data: townPoints(towns) },
    },
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': c.sea } },
      { id: 'land', type: 'fill', source: 'nations', paint: { 'fill-color': c.land, 'fill-antialias': false } },
      { id: 'lakes', type: 'fill', source: 'lakes', paint: { 'fill-color': c.sea } },
      { id: 'rivers', type: 'line', source: 'rivers', minzoom: 3, paint: { 'line-color': c.river, 'line-width': ['interpolate', ['linear'], ['zoom'], 3, 0.5, 8, 2] } },
      { id: 'adm1', type: 'line', source: 'adm1Borders', minzoom: 3.5, paint: { 'line-color': c.adm1, 'line-width': ['interpolate', ['linear'], ['zoom'], 4, 0.5, 8, 1.2] } },
      { id: 'coast', type: 'line', source: 'coast', paint: { 'line-color': c.coast, 'line-width': 0.8 } },
      { id: 'borders', type: 'line', source: 'borders', paint: { 'line-color': c.border, 'line-width': ['interpolate', ['linear'], ['zoom'], 2, 0.5, 7, 1.6] } },
      // What the workbench shows goes between here and the labels.
      {
        id: 'town-dots', type: 'circle', source: 'towns', minzoom: 4.4, filter: ['<=', ['get', 'from'], ['zoom']],
        paint: { 'circle-radius': 1.6, 'circle-color': c.soft },
      },
      {
        id: 'town-names', type: 'symbol', source: 'towns', minzoom: 3.6, filter: ['<=', ['get', 'from'], ['zoom']],
        layout: { 'text-field': ['step', ['zoom'], ['get', 'name'], 6.5, ['case', ['!=', ['get', 'ar'], ''], ['concat', ['get', 'name'], '\n', ['get', 'ar']], ['get', 'name']]], 'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['get', 'rank'], 0, 12.5, 5, 10.5], 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.4, 'text-justify': 'auto', 'symbol-sort-key': ['get', 'rank'], 'text-padding': 4 },
        paint: { 'text-color': c.ink, 'text-halo-color': c.halo, 'text-halo-width': 1.4 },
      },
      {
        id: 'adm1-names', type: 'symbol', source: 'labels', minzoom: 5, filter: ['==', ['get', 'level'], 1],
        layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-size': 10.5, 'text-letter-spacing': 0.06, 'symbol-sort-key': ['-', ['get', 'size']], 'text-max-width': 7 },
        paint: { 'text-color': c.soft, 'text-halo-color': c.halo, 'text-halo-width': 1.2 },
      },
      {
        id: 'nation-names', type: 'symbol', source: 'labels', maxzoom: 7, filter: ['all', ['==', ['get', 'level'], 0], ['>=', ['get', 'size'], ['/', 60, ['^', 4, ['-', ['zoom'], 2]]]]],
        layout: { 'text-field': ['step', ['zoom'], ['get', 'name'], 3.4, ['concat', ['get', 'name'], '\n', ['get', 'ar']]], 'text-font': FONT, 'text-size': ['interpolate', ['linear'], ['zoom'], 2, 10.5, 6, 15], 'text-letter-spacing': 0.03, 'symbol-sort-key': ['-', ['get', 'size']], 'text-max-width': 8 },
        paint: { 'text-color': c.ink, 'text-opacity': 0.8, 'text-halo-color': c.halo, 'text-halo-width': 1.5 },
      },
    ],
  };
}

const line = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({ type: 'Feature', properties: {}, geometry });

const townPoints = (towns: Town[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: towns.map(([name, ar, lon, lat, rank]) => ({
    type: 'Feature',
    properties: { name, ar, rank, from: [3.6, 4.3, 5, 5.8, 6.6, 7.6][rank] ?? 8 },
    geometry: { type: 'Point', coordinates: [lon / 1000, lat / 1000] },
  })),
});

/** One point a shape to write its name on: the middle of its largest ring, by area. */
function labels(shapes: Shapes): GeoJSON.FeatureCollection {
  const english = new Intl.DisplayNames('en', { type: 'region' });
  const arabic = new Intl.DisplayNames('ar', { type: 'region' });
  const features: GeoJSON.Feature[] = [];
  const add = (it: GeoJSON.Feature, level: number, name: string, ar: string) => {
    const middle = middleOf(it);
    if (middle && name) features.push({ type: 'Feature', properties: { level, name, ar, size: middle.size }, geometry: { type: 'Point', coordinates: middle.at } });
  };
  for (const it of shapes.nations.features) {
    const code = String(it.properties?.a2 ?? '');
    if (!/^[A-Z]{2}$/.test(code)) continue;
    add(it, 0, english.of(code) ?? '', arabic.of(code) ?? '');
  }
  for (const it of shapes.adm1.features) add(it, 1, String(it.properties?.n ?? ''), '');
  return { type: 'FeatureCollection', features };
}

export function middleOf(it: GeoJSON.Feature): { at: [number, number]; size: number } | null {
  const geometry = it.geometry;
  const rings = geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.type === 'MultiPolygon' ? geometry.coordinates.map((polygon) => polygon[0]) : [];
  let best: { at: [number, number]; size: number } | null = null;
  for (const ring of rings) {
    if (!ring) continue;
    let [area, cx, cy] = [0, 0, 0];
    for (let i = 0; i + 1 < ring.length; i++) {
      const [ax, ay] = ring[i] as [number, number];
      const [bx, by] = ring[i + 1] as [number, number];
      const cross = ax * by - bx * ay;
      area += cross;
      cx += (ax + bx) * cross;
      cy += (ay + by) * cross;
    }
    if (Math.abs(area) < 1e-9) continue;
    const size = Math.abs(area / 2);
    if (!best || size > best.size) best = { at: [cx / (3 * area), cy / (3 * area)], size };
  }
  return best;
}
