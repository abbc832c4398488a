import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** What a visit needs before anything can be done, gzipped. */
export const FIRST_JS_BYTES_MAX = 180 * 1024;
/** All styles of the app, gzipped. */
export const CSS_BYTES_MAX = 25 * 1024;

/** A chunk in Vite's manifest. */
interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
}
type Manifest = Readonly<Record<string, Chunk>>;

/** Who comes: what is fetched before they can do anything follows from it. */
const VISITS = {
  'signed in': ['index.html', 'src/app/shell.tsx'],
  // Whom the server lets in is a question to it here, and the SDK fetches what it asks by.
  'signed out': [
    'index.html',
    'src/sign-in/sign-in-screen.tsx',
    '../../packages/client/src/wire/routes-now.ts',
  ],
} as const;
const CATALOGUES = ['src/i18n/catalogues/en.json', 'src/i18n/catalogues/ko.json'];
export type Visit = keyof typeof VISITS;

/** Gzipped bytes of JavaScript that a visit begins with, in the language that has more of them. */
export function firstJsBytes(folder: string, visit: Visit): number {
  const manifest = manifestOf(folder);
  const files = new Set<string>();
  for (const entry of VISITS[visit]) collect(manifest, entry, files);
  const catalogues = CATALOGUES.map((entry) => gzippedBytes(folder, chunkOf(manifest, entry).file));
  return [...files].reduce((sum, file) => sum + gzippedBytes(folder, file), Math.max(...catalogues));
}

/** Gzipped bytes of all stylesheets. */
export function cssBytes(folder: string): number {
  const files = new Set(Object.values(manifestOf(folder)).flatMap(({ css = [] }) => css));
  return [...files].reduce((sum, file) => sum + gzippedBytes(folder, file), 0);
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, '.vite', 'manifest.json'), 'utf8'));
}

function collect(manifest: Manifest, entry: string, files: Set<string>): void {
  const { file, imports = [] } = chunkOf(manifest, entry);
  if (files.has(file)) return;
  files.add(file);
  for (const imported of imports) collect(manifest, imported, files);
}

function chunkOf(manifest: Manifest, entry: string): Chunk {
  const chunk = manifest[entry];
  if (chunk === undefined)
    throw new Error(`the build has no ${entry}: first-load.ts names a file that is gone`);
  return chunk;
}

function gzippedBytes(folder: string, file: string): number {
  return gzipSync(readFileSync(path.join(folder, file))).length;
}
