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
  await page.waitForTimeout(250);
  await page.screenshot({ path: join(IMAGES, `${name}.png`) });
}
async function accessible(where) {
  const found = await axe(page);
  assert.deepEqual(found, [], `${where}:\n${found.join('\n')}`);
}
const visit = (path) => page.goto(server.url + path, { waitUntil: 'networkidle' });
const toast = (text) => page.locator('.toast', { hasText: text }).first().waitFor();

await step('a new ledger tells a newcomer what to do', async () => {
  await visit('/');
  await page.getByRole('heading', { name: 'Nothing has been read yet' }).waitFor();
  await accessible('welcome');
  await picture('welcome');
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

await step('the report shows its words, and a figure is corrected', async () => {
  await visit('/inbox');
  await page.getByRole('link', { name: /Islamists raid army base/ }).click();
  await page.locator('.card').first().waitFor();
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
  await page.keyboard.press('f');
  await page.waitForTimeout(150);
  const fields = await page.locator('.card').first().locator('.field').count();
  assert.equal(fields, 2, 'what and when only');
  await page.keyboard.press('Escape');
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
  assert.equal(await page.locator('.card').count(), before + 1);
});

await step('the table sorts, filters and opens by keyboard', async () => {
  await visit('/incidents');
  await page.locator('.body .tr').first().waitFor();
  await accessible('incidents');
  await picture('incidents');
  await visit('/incidents?killed=7');
  await page.keyboard.press('/');
  await page.keyboard.type('Marte');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=Marte/);
  await page.waitForTimeout(300);
  assert.ok((await page.locator('.body .tr').count()) >= 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/incidents\/[0-9a-f]{16}/);
});

await step('an incident shows who says how many; its figure is corrected', async () => {
  await page.locator('.claim').first().waitFor();
  await accessible('incident');
  await picture('incident');
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
  await page.keyboard.press('[');
  await page.getByText('As it stood on').waitFor();
  await page.keyboard.press('Escape');
});

await step('two incidents are merged, and the merge is undone', async () => {
  await visit('/incidents');
  await page.locator('.body .tr').nth(1).waitFor();
  const n = await page.locator('.body .tr').count();
  await page.keyboard.press(' ');
  await page.keyboard.press('j');
  await page.keyboard.press(' ');
  await page.keyboard.press('m');
  await toast('2 incidents merged');
  await page.waitForFunction((it) => document.querySelectorAll('.body .tr').length === it, n - 1);
  await page.locator('.toast', { hasText: 'merged' }).getByRole('button', { name: 'Undo' }).click();
  await page.waitForFunction((it) => document.querySelectorAll('.body .tr').length === it, n);
});

await step('the map draws, filters and clicks through', async () => {
  await visit('/map');
  await page.locator('.map[data-ready=true]').waitFor({ timeout: 120_000 });
  await page.keyboard.press('f');
  await page.waitForTimeout(1500);
  await accessible('map');
  await picture('map');
  const all = await page.locator('.count').innerText();
  await page.getByLabel('Type').selectOption('bombing');
  await page.waitForURL(/type=bombing/);
  await page.waitForFunction((it) => document.querySelector('.count').innerText !== it, all);
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.keyboard.press('c');
  await page.waitForURL(/control=1/);
  await page.waitForTimeout(600);
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

for (const [path, name] of [['/actors', 'actors'], ['/actors/iswap', 'actor'], ['/stats', 'stats'], ['/codebook', 'codebook'], ['/history', 'history']]) {
  await step(`the page ${name} is whole and accessible`, async () => {
    await visit(path);
    await page.locator('h1').first().waitFor();
    await page.waitForTimeout(400);
    await accessible(name);
    await picture(name);
  });
}

await step('the help lists the keys; the dark pages are accessible too', async () => {
  await visit('/incidents');
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Keys' }).waitFor();
  await picture('keys');
  await page.keyboard.press('Escape');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('.body .tr').first().waitFor();
  await accessible('incidents, dark');
  await visit('/inbox');
  await page.getByRole('link', { name: /Islamists raid army base/ }).click();
  await page.locator('.card').first().waitFor();
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
  await page.locator('.body .tr').first().waitFor();
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
