// Many at once: `node e2e/load.mjs URL [SECONDS] [READERS] [CODERS]` against a running workbench without users.
// Coders correct the same few figures; each acknowledged edit must stand in the log.
import { Agent, request } from 'node:http';
import { gunzipSync } from 'node:zlib';

const [url, seconds = '120', readers = '50', coders = '5'] = process.argv.slice(2);
const base = new URL(url);
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const times = [];
/** Milliseconds of each sort of request. */
const bySort = new Map();
const statuses = new Map();
let acknowledged = 0;

function ask(method, path, body, headers = {}) {
  const started = performance.now();
  const sort = `${method} ${path.replace(/[0-9a-f]{16}/, '…').replace(/\?.*?(q|sort|by)=.*/, '?$1')}`;
  return new Promise((done) => {
    // A request that fails or is left without an answer is counted, and the others go on.
    const failed = (error) => {
      statuses.set(error.message, (statuses.get(error.message) ?? 0) + 1);
      done({ status: 0, json: null });
    };
    const sent = request({ agent, timeout: 30_000, host: base.hostname, port: base.port, method, path: `/api/v1${path}`, headers: { 'accept-encoding': 'gzip', ...headers, ...(body ? { 'content-type': 'application/json' } : {}) } }, (answer) => {
      const parts = [];
      answer.on('error', failed);
      answer.on('data', (it) => parts.push(it));
      answer.on('end', () => {
        const took = performance.now() - started;
        times.push(took);
        if (!bySort.get(sort)?.push(took)) bySort.set(sort, [took]);
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1);
        const bytes = Buffer.concat(parts);
        const isPacked = answer.headers['content-encoding'] === 'gzip';
        done({
          status: answer.statusCode,
          // Only what is looked at is unpacked: the readers' share would be taken from the server.
          get json() {
            const text = (isPacked ? gunzipSync(bytes) : bytes).toString();
            return text.startsWith('{') ? JSON.parse(text) : null;
          },
        });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer within 30 s')));
    sent.on('error', failed);
    sent.end(body ? JSON.stringify(body) : undefined);
  });
}
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const { csrf } = (await ask('GET', '/session')).json;
const rows = (await ask('GET', '/incidents?sort=killed&limit=50')).json.items;
const before = (await ask('GET', '/operations?limit=1')).json.items[0]?.seq ?? 0;
const until = Date.now() + Number(seconds) * 1000;

// A person looks at a page for a while before the next.
async function read(i) {
  const paths = (n) => [`/incidents?limit=100&sort=${['newest', 'killed', 'changed'][n % 3]}`, `/incidents/${rows[n % rows.length].id}`, `/incidents?q=${['army', 'village', 'north'][n % 3]}`, '/stats?by=type', `/incidents/${rows[n % rows.length].id}/history`];
  for (let n = i; Date.now() < until; n++) {
    await ask('GET', paths(n)[n % 5]);
    await pause(600 + ((i * 37 + n * 61) % 400));
  }
}
async function code(i) {
  for (let n = i; Date.now() < until; n++) {
    const view = (await ask('GET', `/incidents/${rows[n % 3].id}`)).json;
    if (!view) continue;
    const figure = view.incident.figures[0];
    const best = 1 + ((i * 1000 + n) % 90);
    const body = { target: { incident: view.incident.id }, changes: { figure: { ...figure, low: best, best, high: best } }, seen: view.seq };
    const done = await ask('POST', '/edits', body, { 'x-annals-csrf': csrf });
    if (done.status === 200) acknowledged += done.json.operations.length;
    await pause(300);
  }
}
await Promise.all([...Array.from({ length: Number(readers) }, (_, i) => read(i)), ...Array.from({ length: Number(coders) }, (_, i) => code(i))]);

const part = (share, list = times) => list.toSorted((a, b) => a - b)[Math.floor((list.length - 1) * share)].toFixed(0);
let kept = 0;
for (let after = ''; ; ) {
  const page = (await ask('GET', `/operations?limit=1000${after}`)).json;
  kept += (page?.items ?? []).filter((it) => it.kind === 'edit' && it.seq > before).length;
  if (!page?.next || Number(page.next) <= before) break;
  after = `&after=${page.next}`;
}
console.log(`${times.length} requests, p50 ${part(0.5)} ms, p95 ${part(0.95)} ms, p99 ${part(0.99)} ms`);
for (const [sort, list] of bySort) console.log(`  ${sort}: ${list.length}, p50 ${part(0.5, list)} ms, p99 ${part(0.99, list)} ms`);
console.log(`answers: ${[...statuses].map(([status, n]) => `${n} × ${status}`).join(', ')}`);
console.log(`edits acknowledged ${acknowledged}, in the log ${kept}${acknowledged === kept ? '' : ': LOST'}`);
agent.destroy();
