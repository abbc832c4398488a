/**
 * Makes the app's icons of the one drawing, `public/icon.svg`: `bun apps/web/build/make-icons.ts`. Those that systems cut
 * to a shape of their own have it whole within four fifths of their width; the one of a single colour is its lines alone.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

const PUBLIC = path.resolve(import.meta.dir, '..', 'public');
const GREEN = '#1f6b57';

const drawing = readFileSync(path.join(PUBLIC, 'icon.svg'), 'utf8');
const inner = drawing.slice(drawing.indexOf('</title>') + '</title>'.length, drawing.indexOf('</svg>'));
const [, figure = ''] = /<rect [^>]*\/>(.*)$/s.exec(inner) ?? [];

const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="512" height="512">${content}</svg>`;
const small = `<g transform="translate(32 32) scale(.78) translate(-32 -32.5)">${figure}</g>`;

const plain = svg(inner);
const maskable = svg(`<rect width="64" height="64" fill="${GREEN}"/>${small}`);
const mono = svg(small.replaceAll('#9fd6c2', '#fff').replaceAll('#fffdf9', '#fff'));

await write('icon-192.png', plain, 192);
await write('icon-512.png', plain, 512);
await write('icon-maskable-192.png', maskable, 192);
await write('icon-maskable-512.png', maskable, 512);
await write('icon-mono-512.png', mono, 512);
// iOS cuts the corners itself.
await write('icon-apple-180.png', maskable, 180);

async function write(name: string, source: string, size: number): Promise<void> {
  const image = sharp(Buffer.from(source), { density: 288 }).resize(size, size);
  await image.png({ palette: true, compressionLevel: 9 }).toFile(path.join(PUBLIC, name));
}
