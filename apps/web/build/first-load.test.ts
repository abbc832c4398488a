import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildApp } from './build-app.ts';
import { CSS_BYTES_MAX, cssBytes, FIRST_JS_BYTES_MAX, firstJsBytes } from './first-load.ts';

/** Under load. */
const BUILD_MS_MAX = 60_000;

let app: Awaited<ReturnType<typeof buildApp>>;
beforeAll(async () => {
  app = await buildApp();
}, BUILD_MS_MAX);
afterAll(() => app[Symbol.dispose]());

describe('the built app', () => {
  test.each(['signed in', 'signed out'] as const)('begins with little JavaScript for who is %s', (visit) => {
    expect(firstJsBytes(app.path, visit)).toBeLessThanOrEqual(FIRST_JS_BYTES_MAX);
  });

  test('has little CSS', () => {
    expect(cssBytes(app.path)).toBeGreaterThan(1_000);
    expect(cssBytes(app.path)).toBeLessThanOrEqual(CSS_BYTES_MAX);
  });

  test('has nothing inline and asks for nothing elsewhere', () => {
    const html = readFileSync(path.join(app.path, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\ssrc=)|\son\w+=/);
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toStartWith('/');
  });

  test('has the messages of the catalogues parsed, and no parser', () => {
    const code = readdirSync(path.join(app.path, 'assets'))
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFileSync(path.join(app.path, 'assets', name), 'utf8'))
      .join('\n');
    expect(code).not.toContain('EXPECT_ARGUMENT_CLOSING_BRACE');
    expect(code).not.toContain('{count, plural');
  });
});
