// The base map's shapes and towns, from our own server; read once.
import type { Feature, FeatureCollection, MultiLineString } from 'geojson';
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

interface World extends Topology {
  objects: { adm1: GeometryCollection<{ a3: string; a2: string; n: string }>; nations: GeometryCollection<{ a3: string; a2: string }>; rivers: GeometryCollection; lakes: GeometryCollection };
}

export interface Shapes {
  nations: FeatureCollection;
  adm1: FeatureCollection;
  borders: MultiLineString;
  adm1Borders: MultiLineString;
  coast: MultiLineString;
  rivers: FeatureCollection;
  lakes: FeatureCollection;
}

/** Name, Arabic name or "", longitude and latitude in 1/1000 degree, rank from 0. */
export type Town = [string, string, number, number, number];

let world: Promise<Shapes> | undefined;
let towns: Promise<Town[]> | undefined;

export const loadShapes = () => (world ??= readShapes());
export const loadTowns = () => (towns ??= fetch('/basemap/towns.json').then((it) => it.json() as Promise<Town[]>));

async function readShapes(): Promise<Shapes> {
  const it = (await (await fetch('/basemap/world.json')).json()) as World;
  const { nations, adm1, rivers, lakes } = it.objects;
  return {
    nations: feature(it, nations),
    adm1: feature(it, adm1),
    borders: mesh(it, nations, (a, b) => a !== b),
    coast: mesh(it, nations, (a, b) => a === b),
    adm1Borders: mesh(it, adm1, (a, b) => a !== b && (a as { properties?: { a3: string } }).properties?.a3 === (b as { properties?: { a3: string } }).properties?.a3),
    rivers: feature(it, rivers) as FeatureCollection,
    lakes: feature(it, lakes) as FeatureCollection,
  };
}

/** Natural Earth has codes of its own for a few countries. */
const OWN: Record<string, string> = { SDS: 'SSD', KOS: 'XKX', PSX: 'PSE', SAH: 'ESH', SOL: 'SOM' };
export const iso3Of = (a3: unknown) => OWN[String(a3)] ?? String(a3);

export type Ring = [number, number][];
export function ringsOf(it: Feature): Ring[] {
  const geometry = it.geometry;
  if (geometry.type === 'Polygon') return geometry.coordinates as Ring[];
  if (geometry.type === 'MultiPolygon') return (geometry.coordinates as Ring[][]).flat();
  return [];
}
