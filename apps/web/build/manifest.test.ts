import { describe, expect, test } from 'bun:test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readRoute } from '../src/route/route.ts';

const WEB = path.resolve(import.meta.dir, '..');
const PUBLIC = path.join(WEB, 'public');
const read = (name: string) => JSON.parse(readFileSync(path.join(PUBLIC, name), 'utf8'));
const en = read('en.webmanifest');
const ko = read('ko.webmanifest');

/** The sides of a PNG, in pixels (W3C PNG, §11.2.1). */
function sidesOf(file: Buffer): string {
  expect(file.subarray(1, 4).toString('latin1')).toBe('PNG');
  return `${file.readUInt32BE(16)}x${file.readUInt32BE(20)}`;
}

/** A manifest without what is said in a language. */
function wordless(manifest: typeof en) {
  const { lang: _lang, name: _name, short_name: _short, description: _text, shortcuts, ...others } = manifest;
  const places = shortcuts.map(({ name: _, ...shortcut }: { name: string }) => shortcut);
  return { ...others, shortcuts: places };
}

describe.each([
  ['en', en],
  ['ko', ko],
])('the manifest in %s', (language, manifest) => {
  test('makes the app installable', () => {
    expect(manifest).toMatchObject({
      lang: language,
      id: '/',
      start_url: '/',
      scope: '/',
      display: 'standalone',
    });
    expect(manifest.name).not.toBe('');
    expect(manifest.short_name.length).toBeLessThanOrEqual(12);
    expect(manifest.description).not.toBe('');
    expect(manifest.prefer_related_applications ?? false).toBe(false);
    const pngs = (purpose: string) =>
      manifest.icons
        .filter(
          (icon: { type: string; purpose: string }) => icon.type === 'image/png' && icon.purpose === purpose,
        )
        .map(({ sizes }: { sizes: string }) => sizes);
    expect(pngs('any')).toEqual(['192x192', '512x512']);
    expect(pngs('maskable')).toEqual(['192x192', '512x512']);
  });

  test('has its icons, as large as it says', () => {
    const icons = [manifest, ...manifest.shortcuts].flatMap(({ icons: some }) => some);
    for (const { src, sizes, type } of icons) {
      const file = readFileSync(path.join(PUBLIC, src));
      if (type === 'image/png') expect(sidesOf(file)).toBe(sizes);
      else expect(file.toString()).toContain('<svg');
    }
  });

  test('names places that the app knows', () => {
    expect(manifest.shortcuts.length).toBeGreaterThan(1);
    for (const { name, url } of manifest.shortcuts) {
      expect(name).not.toBe('');
      expect(url).toStartWith('/#/');
      expect(readRoute(url.slice(1)).kind).not.toBe('rooms');
    }
  });

  test('takes what is shared as a form: it stands in no address', () => {
    const { action, method, enctype, params } = manifest.share_target;
    expect([action, method, enctype]).toEqual(['/share', 'POST', 'multipart/form-data']);
    // The form has the parts that the service worker reads.
    expect(params).toEqual({ text: 'text', title: 'title', url: 'url' });
  });
});

test('the manifests say the same in two languages', () => {
  expect(wordless(ko)).toEqual(wordless(en));
  expect(ko.shortcuts[0].name).not.toBe(en.shortcuts[0].name);
});

test('the page names its manifest, and has the colours of it', () => {
  const page = readFileSync(path.join(WEB, 'index.html'), 'utf8');
  expect(page).toContain('<link rel="manifest" href="/en.webmanifest" />');
  expect(page).toContain(`content="${en.background_color}"`);
});
