// How fast and how heavy the workbench is on a ledger: `cargo xtask measure LEDGER` prints a table for docs/PERFORMANCE.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

process.env.ANNALS ??= new URL('../../target/release/annals', import.meta.url).pathname;
const { launch, open, ROOT, serve } = await import('./bench.mjs');

const [folder] = process.argv.slice(2);
if (!folder) throw new Error('name the folder of a ledger, such as one made by the example measure of annals-ledger');
const TIMES = 7;
const sorted = (list) => [...list].sort((a, b) => a - b);
const part = (list, share) => sorted(list)[Math.floor((list.length - 1) * share)];
const ms = (n) => `${Math.round(n)} ms`;
/** A list of milliseconds in words; of an empty one there is no figure. */
const spread = (list, why) => (list.length ? `median ${ms(part(list, 0.5))}, p95 ${ms(part(list, 0.95))}, at most ${ms(Math.max(...list))}` : `not measured: ${why}`);
const row = (what, value) => console.log(`| ${what} | ${value} |`);

const server = await serve(folder);
const memory = () => {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Math.round(Number(status.match(/VmRSS:\s+(\d+)/)[1]) / 1024);
};
const get = async (path) => (await fetch(`${server.url}/api/v1${path}`)).json();
const before = memory();
const session = await get('/session');
console.log(`\n| ${session.n_incidents} incidents, ${session.n_reports} reports | |\n|---|---|`);
row('memory before the first request', `${before} MB`);
row('memory after it', `${memory()} MB`);

const browser = await launch();

/** Milliseconds from a click on a link to a page that reacts, in a browser that has nothing of it yet. */
async function first(path, isThere, act) {
  const times = [];
  for (let i = 0; i < TIMES; i++) {
    const { page, context } = await open(browser, server.url);
    const start = performance.now();
    await page.goto(server.url + path, { waitUntil: 'commit' });
    await page.locator(isThere).first().waitFor();
    await act(page);
    times.push(performance.now() - start);
    await context.close();
  }
  return `${ms(part(times, 0.5))}, at most ${ms(Math.max(...times))}`;
}
const afterKey = (selector) => async (page) => {
  await page.keyboard.press('j');
  await page.locator(selector).waitFor();
};
row('first page (the table), until a key moves the row', await first('/incidents', '.body .tr', afterKey('.body .tr:nth-child(2).cursor')));
const [report] = (await get('/reports?limit=1')).items;
row('a report, until its event has the focus', report ? await first(`/reports/${report.id}`, '.card', async (page) => page.locator('.card.focused').first().waitFor()) : 'not measured: the ledger has no report');

// The commonest and the rarest words of what the table shows, one after the other and together.
const titles = (await get('/incidents?limit=200')).items.map((it) => `${it.title} ${it.place ?? ''}`);
const words = [...new Set(titles.join(' ').split(/[^\p{L}]+/u).filter((it) => it.length > 3))];
const searches = [];
for (let i = 0; i < 200 && words.length; i++) {
  const text = i % 3 ? words[i % words.length] : `${words[i % words.length]} ${words[(i * 7) % words.length]}`;
  const start = performance.now();
  await get(`/incidents?limit=100&q=${encodeURIComponent(text)}`);
  searches.push(performance.now() - start);
}
row('search (200 of one and two words), with count and first 100 rows', spread(searches, 'no incident has a word of four letters'));

/** The filter that leaves some 50,000 incidents; none where there are fewer. */
async function fiftyThousand() {
  const { months, all } = await get('/stats?by=type');
  let n = 0;
  const first = months.findLast((_, i) => (n += all.n[i]) >= 50_000);
  return first ? `?from=${first}-01` : '';
}
// The last is the base map alone: what the points cost is the difference.
for (const query of new Set(['', await fiftyThousand(), '?from=2999-01-01'])) {
  const { page, context } = await open(browser, server.url);
  const start = performance.now();
  await page.goto(`${server.url}/map${query}`, { waitUntil: 'commit' });
  await page.locator('.map[data-ready=true]').waitFor({ timeout: 120_000 });
  await page.waitForFunction(() => window.annalsMap.areTilesLoaded() && window.annalsMap.isSourceLoaded('incidents'), null, { timeout: 120_000 });
  const n = (await page.locator('.count', { hasText: 'incident' }).innerText()).match(/[\d,]+/)[0];
  row(`map with ${n} incidents, until it is drawn`, ms(performance.now() - start));
  for (const [name, zoom] of [['far', 3.2], ['near', 6]]) {
    const frames = await page.evaluate(pan, zoom);
    row(`map, a drag of three seconds, from ${name} (zoom ${zoom}): time between frames`, `${spread(frames, 'nothing was drawn')} (${frames.length} frames)`);
  }
  await context.close();
}

/** Drags the map as a hand does, one step a frame, for three seconds and at least three frames; gives the milliseconds between frames. */
async function pan(zoom) {
  const map = window.annalsMap;
  map.jumpTo({ zoom });
  // A busy machine may never be done with drawing.
  await Promise.race([new Promise((done) => map.once('idle', done)), new Promise((done) => setTimeout(done, 20_000))]);
  const canvas = map.getCanvas();
  const event = (type, x) => (type === 'mousedown' ? canvas : document).dispatchEvent(new MouseEvent(type, { bubbles: true, clientX: x, clientY: 500, button: 0, buttons: type === 'mouseup' ? 0 : 1, view: window }));
  const times = [];
  event('mousedown', 900);
  // The first two frames still draw what the jump has left.
  const WARM_UP = 2;
  const began = performance.now();
  let last = began;
  // A slow machine may need more than the three seconds for these two alone.
  while (last - began < 3000 || times.length <= WARM_UP) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - last);
    last = now;
    event('mousemove', 900 - 300 * Math.sin((now - began) / 600));
  }
  event('mouseup', 900);
  return times.slice(WARM_UP);
}

row('memory after all this', `${memory()} MB`);
const assets = join(ROOT, 'web/dist/assets');
const scripts = readdirSync(assets).filter((it) => /\.m?js$/.test(it) && !/^(Map|maplibre)/.test(it));
const size = scripts.reduce((sum, it) => sum + gzipSync(readFileSync(join(assets, it))).length, 0);
row(`scripts, packed, without the map's (${scripts.length} files)`, `${Math.round(size / 1000)} kB`);
await browser.close();
await server.stop();
