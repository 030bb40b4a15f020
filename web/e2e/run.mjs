// A day's work in a real browser, against the built binary. `npm run e2e`; `--images` keeps the screenshots for docs/images.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { annals, axe, launch, open, ROOT, serve } from './bench.mjs';

const KEEP = process.argv.includes('--images');
const IMAGES = KEEP ? join(ROOT, 'docs/images') : join(ROOT, 'target/e2e');
mkdirSync(IMAGES, { recursive: true });

const server = await serve();
const browser = await launch();
const { page, faults } = await open(browser, server.url);
const wrong = [];
let shot = 0;

async function step(name, work) {
  try {
    await work();
    console.log(`ok   ${name}`);
  } catch (error) {
    wrong.push(name);
    console.error(`FAIL ${name}\n${error.stack ?? error}`);
    await page.screenshot({ path: join(ROOT, `target/e2e-fail-${++shot}.png`) }).catch(() => undefined);
  }
}
async function picture(name) {
  await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))));
  await page.screenshot({ path: join(IMAGES, `${name}.png`), animations: 'disabled' });
}
async function accessible(where) {
  const found = await axe(page);
  assert.deepEqual(found, [], `${where}:\n${found.join('\n')}`);
}
const visit = (path) => page.goto(server.url + path);
const toast = (text) => page.locator('.toast', { hasText: text }).first().waitFor();
/** Waits until so many elements fit; no other wait knows of "exactly". */
const count = (selector, n) => page.waitForFunction(([selector, n]) => document.querySelectorAll(selector).length === n, [selector, n]);
const rest = () => page.waitForFunction(() => window.annalsMap?.loaded() && !window.annalsMap.isMoving());
const ROW = '.body .tr';
async function openReport(title) {
  await visit('/inbox');
  await page.getByRole('link', { name: title }).click();
  await page.locator('.card.focused').first().waitFor();
}

await step('a new ledger tells a newcomer what to do', async () => {
  await visit('/');
  await page.getByRole('heading', { name: 'Nothing has been read yet' }).waitFor();
  await accessible('welcome');
  await picture('welcome');
});

await step('pages without anything say what to do', async () => {
  for (const [path, words] of [['/inbox', 'No reports yet'], ['/incidents', 'Nothing has been read yet'], ['/actors', 'No actor of the registry'], ['/stats', 'Nothing to count'], ['/history', 'Nothing has happened yet'], ['/map', '0 incidents'], ['/incidents/0123456789abcdef', 'there is no incident'], ['/nowhere', 'There is no such page']]) {
    await visit(path);
    await page.getByText(words).first().waitFor();
    await accessible(`${path}, empty`);
  }
  await visit('/');
});

await step('the samples are read', async () => {
  await page.getByRole('button', { name: 'Try the sample reports' }).click();
  await page.locator('.job .chip', { hasText: 'done' }).waitFor({ timeout: 120_000 });
  await page.getByRole('link', { name: /Islamists raid army base/ }).waitFor();
  await accessible('inbox');
  await picture('inbox');
});

await step('a pasted report is read, with what is not letters of one unit', async () => {
  await page.getByRole('textbox', { name: 'Report' }).fill('🚁🚁 GAO, 14 May 2024 - Gunmen killed four soldiers 𞤀𞤁 near Ansongo on Monday, the army said. قتل أربعة جنود في غاو.');
  await page.getByLabel('Headline').fill('Four soldiers killed <script>window.ran = 1</script>');
  await page.getByLabel('Day of publication').fill('2024-05-14');
  await page.getByLabel('Outlet').fill('Radio <img src=x onerror="window.ran=1">');
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('link', { name: /Four soldiers killed/ }).waitFor({ timeout: 60_000 });
  await page.getByRole('link', { name: /Four soldiers killed/ }).click();
  await page.locator('article h1', { hasText: 'Four soldiers killed' }).waitFor();
  const text = await page.locator('article').innerText();
  assert.ok(text.includes('𞤀𞤁') && text.includes('غاو'), text);
  const marked = await page.locator('article .role-outcome').allInnerTexts();
  assert.match(marked.join(' '), /four.*soldiers/, 'the figure stands out');
  assert.equal(await page.evaluate(() => window.ran), undefined, 'script in a report must not run');
});

await step('a report in Arabic runs from right to left, and its words are selected by keys', async () => {
  await visit('/inbox');
  await page.getByRole('textbox', { name: 'Report' }).fill('قتل أربعة جنود ماليين قرب أنسونغو يوم الاثنين.\n\nGunmen killed four soldiers near Ansongo, the army said.');
  await page.getByLabel('Headline').fill('هجوم قرب أنسونغو');
  await page.getByRole('button', { name: 'Read it' }).click();
  await page.getByRole('link', { name: /هجوم قرب/ }).click({ timeout: 60_000 });
  await page.locator('article p').first().waitFor();
  assert.equal(await page.locator('article p').first().evaluate((it) => getComputedStyle(it).direction), 'rtl');
  assert.equal(await page.locator('article p').nth(1).evaluate((it) => getComputedStyle(it).direction), 'ltr');
  await page.keyboard.press('Escape');
  for (let i = 0; i < 8; i++) await page.keyboard.press('ArrowRight');
  const picked = page.locator('article .picked');
  const words = async () => (await picked.allInnerTexts()).join('');
  const one = await words();
  await page.keyboard.press(/[\u0600-\u06ff]/.test(one) ? 'Shift+ArrowLeft' : 'Shift+ArrowRight');
  assert.ok((await words()).startsWith(one) && (await words()).length > one.length, `${one}, then ${await words()}`);
});

await step('the report shows its words, and a figure is corrected', async () => {
  await openReport(/Islamists raid army base/);
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowDown');
  assert.ok((await page.locator('article .hot').count()) > 0, 'the words of the field stand out');
  await accessible('report');
  await picture('report');
  await page.keyboard.press('e');
  const low = page.locator('form.edit input[type=number]').first();
  await low.waitFor();
  await picture('report-edit');
  await page.locator('form.edit .one', { hasText: 'seven' }).getByLabel('best').fill('8');
  await page.keyboard.press('Control+Enter');
  await toast('outcomes of e1 corrected');
  await page.locator('.card .fixed').first().waitFor();
  await page.keyboard.press('u');
  await toast('Undone');
  assert.equal(await page.locator('.card .fixed').count(), 0);
});

await step('one field of all events is checked', async () => {
  const n = await page.locator('.card').count();
  await page.keyboard.press('f');
  // What and when only.
  await count('.card .field', 2 * n);
  await page.keyboard.press('Escape');
});

await step('a place is chosen from the candidates and from the gazetteer, each with the code of its province', async () => {
  const where = () => page.evaluate(async () => (await (await fetch(location.pathname.replace('/reports/', '/api/v1/reports/'))).json()).coded.events[0].where);
  const edit = page.locator('form.edit');
  const chosen = async (place, code) => {
    await page.keyboard.press('Control+Enter');
    await edit.waitFor({ state: 'detached' });
    const { adm1, iso_3166_2 } = await where();
    assert.deepEqual([adm1, iso_3166_2], [place, code]);
  };
  const field = page.locator('.card').first().locator('[data-field=places]');
  await field.hover();
  const told = page.waitForResponse(/places\?q=Marte/);
  await page.keyboard.press('e');
  await (await told).finished();
  await edit.locator('[name=candidate]:not(:checked)').first().check();
  await chosen('Borno', 'NG-BO');
  await page.keyboard.press('e');
  await page.getByLabel('Another place').first().fill('Yola');
  await page.getByRole('option', { name: /Yola.*Adamawa/ }).first().click();
  await chosen('Adamawa', 'NG-AD');
  for (const code of ['NG-BO', 'NG-BO']) {
    const undone = page.waitForResponse(/undo/);
    await page.keyboard.press('u');
    await undone;
    assert.equal((await where()).iso_3166_2, code);
  }
});

await step('a missed event is added from selected words', async () => {
  await page.locator('article p').nth(3).evaluate((element) => {
    const range = document.createRange();
    const spans = [...element.querySelectorAll('[data-start]')].filter((it) => it.firstChild?.nodeType === Node.TEXT_NODE);
    const text = spans[0].firstChild;
    range.setStart(text, 0);
    range.setEnd(text, Math.min(8, text.textContent.length));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    element.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }));
  });
  const before = await page.locator('.card').count();
  await page.keyboard.press('n');
  await page.locator('form.edit', { hasText: 'A missed event' }).getByRole('button', { name: /Save/ }).click();
  await toast('Event added');
  await count('.card', before + 1);
  await page.locator('.card.focused .chip', { hasText: 'added' }).waitFor();
});

await step('two events are merged by keys, and it is undone', async () => {
  await page.keyboard.press('m');
  await page.getByText('is one with and press').waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await toast('merged into');
  await page.keyboard.press('u');
  await toast('Undone');
});

await step('the second of two people is told what the first has set, and can set it again', async () => {
  await openReport(/Islamists raid army base/);
  await page.locator('[data-field=type]').first().hover();
  await page.keyboard.press('e');
  await page.locator('form.edit select').first().selectOption('shelling');
  await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const report = await (await fetch(location.pathname.replace('/reports/', '/api/v1/reports/'))).json();
    const body = JSON.stringify({ target: { telling: report.events[0].anchor }, changes: { type: 'bombing' } });
    await fetch('/api/v1/edits', { method: 'POST', headers: { 'content-type': 'application/json', 'x-annals-csrf': csrf }, body });
  });
  await page.keyboard.press('Control+Enter');
  await toast('has set type meanwhile');
  await page.keyboard.press('Control+Enter');
  await toast('type of e1 corrected');
  await page.locator('.card', { hasText: 'Shelling' }).first().waitFor();
  await page.keyboard.press('u');
  await toast('Undone');
  await page.locator('.card', { hasText: 'Bombing' }).first().waitFor();
  await page.keyboard.press('u');
  await page.locator('.card', { hasText: 'Armed clash' }).first().waitFor();
});

await step('the table sorts, filters and opens by keyboard', async () => {
  await visit('/incidents');
  await page.locator(ROW).first().waitFor();
  await accessible('incidents');
  await picture('incidents');
  await visit('/incidents?killed=7');
  await page.locator(ROW).first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('Marte');
  const found = page.waitForResponse(/incidents\?.*q=Marte/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=Marte/);
  await found;
  await page.locator(ROW, { hasText: 'Marte' }).first().waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/incidents\/[0-9a-f]{16}/);
});

await step('an incident shows who says how many; its figure is corrected', async () => {
  await page.locator('.claim').first().waitFor();
  await accessible('incident');
  const killed = page.locator('section.panel', { has: page.getByRole('heading', { name: /Killed/ }) }).first();
  await killed.getByRole('button', { name: 'Correct' }).click();
  await killed.getByLabel('low').fill('9');
  await killed.getByLabel('best').fill('9');
  await killed.getByLabel('high').fill('20');
  await killed.getByLabel('Why').fill('list of names at the funeral');
  await killed.getByRole('button', { name: 'Save' }).click();
  await toast('Killed corrected');
  assert.equal(await killed.locator('.best').innerText(), '9');
  await page.locator('.history li', { hasText: 'list of names' }).waitFor();
  await page.reload();
  await page.locator('.history li', { hasText: 'list of names' }).waitFor();
  await picture('incident');
  await page.keyboard.press('[');
  await page.getByText('As it stood on').waitFor();
  await page.keyboard.press('Escape');
});

await step('two incidents are merged, and the merge is undone', async () => {
  await visit('/incidents');
  await page.locator(ROW).nth(1).waitFor();
  const n = await page.locator(ROW).count();
  await page.keyboard.press(' ');
  await page.keyboard.press('j');
  await page.keyboard.press(' ');
  await page.keyboard.press('m');
  await toast('2 incidents merged');
  await count(ROW, n - 1);
  await page.locator('.toast', { hasText: 'merged' }).getByRole('button', { name: 'Undo' }).click();
  await count(ROW, n);
});

await step('many are accepted at once; a view is kept and forgotten', async () => {
  await visit('/incidents?type=looting');
  await page.locator(ROW).first().waitFor();
  const n = await page.locator(ROW).count();
  await page.getByLabel(/Choose all/).check();
  await page.getByRole('button', { name: /Accept/ }).click();
  await toast(`${n} incidents accepted`);
  await page.locator(`${ROW} .chip.good`).nth(n - 1).waitFor();
  await page.keyboard.press('u');
  await toast('Undone');
  page.once('dialog', (it) => it.accept('Lootings'));
  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByLabel('Saved views').selectOption('Lootings');
  await page.waitForURL(/type=looting/);
  await page.getByRole('button', { name: 'Forget “Lootings”' }).click();
  await page.getByRole('button', { name: 'Save view' }).waitFor();
});

await step('the map draws, filters and clicks through', async () => {
  await visit('/map');
  await page.locator('.map[data-ready=true]').waitFor({ timeout: 120_000 });
  await rest();
  await page.keyboard.press('f');
  await rest();
  await accessible('map');
  await picture('map');
  const all = await page.locator('.count').innerText();
  await page.getByLabel('Type').selectOption('bombing');
  await page.waitForURL(/type=bombing/);
  await page.waitForFunction((it) => document.querySelector('.count').innerText !== it, all);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.keyboard.press('c');
  await page.waitForURL(/control=1/);
  await page.locator('.legend', { hasText: 'March 23 Movement' }).waitFor();
  await rest();
  await picture('map-control');
});

await step('an export is a file', async () => {
  await visit('/incidents');
  await page.locator('summary', { hasText: 'Export' }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: /^CSV/ }).click();
  const file = await download;
  assert.match(file.suggestedFilename(), /^annals-csv\.csv$/);
  const size = (await (await file.createReadStream()).toArray()).reduce((n, it) => n + it.length, 0);
  assert.ok(size > 500, `${size} bytes`);
});

for (const [path, name, sign] of [
  ['/actors', 'actors', 'svg circle'],
  ['/actors/m23', 'actor', '.said li'],
  ['/stats', 'stats', '.many .panel'],
  ['/codebook', 'codebook', 'h2'],
  ['/history', 'history', 'tbody tr'],
]) {
  await step(`the page ${name} is whole and accessible`, async () => {
    await visit(path);
    await page.locator(sign).first().waitFor();
    await accessible(name);
    await picture(name);
    await page.emulateMedia({ colorScheme: 'dark' });
    await accessible(`${name}, dark`);
    await page.emulateMedia({ colorScheme: 'light' });
  });
}

await step('an incident prints with all its claims and without buttons', async () => {
  await visit('/incidents?q=Marte');
  await page.locator(`${ROW} a`).first().click();
  await page.locator('.claim').first().waitFor();
  const n = await page.locator('.claim').count();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.claim:visible').count(), n);
  assert.equal(await page.locator('button:visible:not(.history button)').count(), 0);
  assert.equal(await page.locator('nav:visible').count(), 0);
  await page.emulateMedia({ media: 'screen' });
});

await step('the help lists the keys; the dark pages are accessible too', async () => {
  await visit('/incidents');
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await picture('keys');
  await page.keyboard.press('Escape');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator(ROW).first().waitFor();
  await accessible('incidents, dark');
  await openReport(/Islamists raid army base/);
  await accessible('report, dark');
  await picture('report-dark');
  await page.emulateMedia({ colorScheme: 'light' });
});

await step('a reader sees all and is refused a write', async () => {
  annals(['users', 'add', 'Reader', '--role', 'reader', '--ledger', server.folder], { input: 'four plain words\n' });
  await visit('/incidents');
  await page.getByLabel('Name').fill('Reader');
  await page.getByLabel('Password').fill('a wrong password');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').waitFor();
  await accessible('log-in');
  await page.getByLabel('Password').fill('four plain words');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.locator(ROW).first().waitFor();
  assert.equal(await page.getByRole('button', { name: /Accept/ }).count(), 0, 'no buttons that would be refused');
  const status = await page.evaluate(async () => {
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const row = (await (await fetch('/api/v1/incidents?limit=1')).json()).items[0];
    const body = JSON.stringify({ incidents: [row.id], verdict: 'reject' });
    return (await fetch('/api/v1/decisions', { method: 'POST', headers: { 'content-type': 'application/json', 'x-annals-csrf': csrf }, body })).status;
  });
  assert.equal(status, 403);
});

await step('nothing went wrong in the page, and nothing left the machine', async () => {
  assert.equal(await page.evaluate(() => window.ran), undefined);
  assert.deepEqual(faults, []);
});

await browser.close();
await server.stop();
server.remove();
if (wrong.length) {
  console.error(`\n${wrong.length} failed: ${wrong.join('; ')}`);
  process.exit(1);
}
