import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { startBrowserWith } from '../../e2e/browser.ts';
import { type BenchTown, logIn } from '../bench-town.ts';
import type { Figure, Row } from '../figure.ts';

const FOLDER = path.resolve(import.meta.dir, '..', 'lighthouse');
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const LEAST = 95;

const audit = z.object({
  version: z.string(),
  scores: z.record(z.string(), z.number()),
  failed: z.array(z.string()),
  error: z.string().optional(),
});
type Audit = z.infer<typeof audit>;

/**
 * Lighthouse's scores as on a phone, the best of so many times: of the page on which one signs in, and of an open
 * conversation in a browser that has it. It has no category for installable apps any more.
 */
export async function measureLighthouse({ url, small }: BenchTown, times: number): Promise<Row[]> {
  await install();
  const profile = mkdtempSync(path.join(tmpdir(), 'maru-lighthouse-'));
  try {
    const port = await freePort();
    await using browser = await startBrowserWith(profile, [`--remote-debugging-port=${port}`]);
    const signIn = await auditPage({ port, times, keeps: false, url });
    await logIn(browser, url);
    const page = await browser.newPage();
    await page.goto(`${url}/#/room/${small}`);
    await page.locator('article').first().waitFor();
    await page.close();
    const conversation = await auditPage({ port, times, keeps: true, url: `${url}/#/room/${small}` });
    return [...figuresOf('sign-in', signIn), ...figuresOf('conversation', conversation)];
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

function figuresOf(what: string, audits: readonly Audit[]): Figure[] {
  return CATEGORIES.map((category) => {
    const best = audits.toSorted((a, b) => (b.scores[category] ?? 0) - (a.scores[category] ?? 0))[0];
    const value = best?.scores[category] ?? 0;
    const metric = `Lighthouse, ${what}: ${category}`;
    const note = `best of ${audits.length}, version ${best?.version ?? 'unknown'}`;
    const why = value < 100 && best !== undefined ? `; below 0.9: ${best.failed.join(', ')}` : '';
    return { metric, value, unit: 'points', target: { least: LEAST }, note: note + why };
  });
}

interface Auditing {
  readonly port: number;
  readonly times: number;
  readonly keeps: boolean;
  readonly url: string;
}

async function auditPage({ port, times, keeps, url }: Auditing): Promise<Audit[]> {
  const said = await run(['node', 'run.mjs', String(port), String(times), String(keeps), url]);
  const audits = said
    .split('\n')
    .flatMap((line) => (line.startsWith('{') ? [audit.parse(JSON.parse(line))] : []));
  const failed = audits.find(({ error }) => error !== undefined);
  if (failed !== undefined) throw new Error(failed.error);
  return audits;
}

/** It is no dependency of the repository: see its package.json. */
async function install(): Promise<void> {
  if (existsSync(path.join(FOLDER, 'node_modules', 'lighthouse'))) return;
  await run(['npm', 'ci', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund']);
}

async function run(command: string[]): Promise<string> {
  const child = Bun.spawn(command, { cwd: FOLDER, stdin: 'ignore', stdout: 'pipe', stderr: 'pipe' });
  const [code, out, err] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  if (code !== 0) throw new Error(`${command.slice(0, 2).join(' ')} ended with ${code}: ${err.trim()}`);
  return out;
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const server = createServer();
  server.on('error', reject);
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
  });
  return promise;
}
