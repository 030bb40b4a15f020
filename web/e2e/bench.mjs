// A ledger in a folder of its own, the built binary serving it, and Debian's Chromium looking at it.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
export const ROOT = resolve(here, '../..');
const ANNALS = process.env.ANNALS ?? join(ROOT, 'target/debug/annals');
const AXE = readFileSync(join(here, '../node_modules/axe-core/axe.min.js'), 'utf8');

export function annals(args, options = {}) {
  const done = spawnSync(ANNALS, args, { encoding: 'utf8', ...options });
  if (done.status !== 0) throw new Error(`annals ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
}

/** Serves a new ledger, or the one of `folder`; gives its address, and how to end it. */
export async function serve(folder = mkdtempSync(join(tmpdir(), 'annals-e2e-'))) {
  const child = spawn(ANNALS, ['serve', folder, '--init', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((done, failed) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      const found = text.match(/http:\S+/);
      if (found) done(found[0].replace(/\/$/, ''));
    });
    child.on('exit', (code) => failed(new Error(`annals serve ended with ${code}`)));
  });
  return {
    url,
    folder,
    pid: child.pid,
    async stop() {
      child.removeAllListeners('exit');
      child.kill('SIGINT');
      await new Promise((done) => child.once('exit', done));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
  });

/** A page that tells of every error, and of every request to another machine. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1, locale: 'en-GB', timezoneId: 'UTC', acceptDownloads: true, ...options });
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('console', (message) => message.type() === 'error' && !/status of (4\d\d)/.test(message.text()) && faults.push(`console: ${message.text()}`));
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(url)) faults.push(`request to another machine: ${request.url()}`);
  });
  return { page, context, faults };
}

/** Serious faults by WCAG 2.1 AA. */
export async function axe(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'], rules: { 'color-contrast': { enabled: true } } }),
  );
  return found.violations.map((it) => `${it.id} (${it.impact}): ${it.help}\n    ${it.nodes.slice(0, 4).map((node) => node.html.slice(0, 160)).join('\n    ')}`);
}
