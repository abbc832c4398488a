import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { mediaTypeOf } from './media-types.ts';
import { CODINGS, type Coding } from './negotiate-encoding.ts';

/** Where the build puts what has a hash of its content in its name, and never changes under it. */
const HASHED_FOLDER = '/assets/';

/** A file of the built app. */
export interface AppFile {
  /** Where it lies. */
  readonly file: string;
  readonly type: string;
  /** What tells this content from another under the same path: its hash, or its name, where that has one. */
  readonly tag: string;
  /** Never changes under its name. */
  readonly hashed: boolean;
  /** Codings in which it lies beside itself. */
  readonly codings: ReadonlySet<Coding> | undefined;
  /** By coding; what changes under its name is held as it was read, so that it is what its tag says. */
  readonly held: ReadonlyMap<Coding | undefined, Uint8Array<ArrayBuffer>> | undefined;
}

/** All files of a built app by their path in a URL. Nothing else can be asked for (`[WEB2]`). */
export type AppFiles = ReadonlyMap<string, AppFile>;

/**
 * Reads what a folder holds, once: what changes in it later is served after a restart. `undefined`: there is no
 * `index.html`, so no app.
 */
export async function readAppFiles(folder: string): Promise<AppFiles | undefined> {
  const names = await namesBelow(folder);
  if (names === undefined || !names.has('index.html')) return undefined;
  const plain = [...names].filter((name) => !isCoded(name, names));
  const files = await Promise.all(plain.map((name) => describe(folder, name, names)));
  return new Map(files);
}

/** Regular files alone: a symbolic link might lead out of the folder. Hidden ones are not the app's. */
async function namesBelow(folder: string): Promise<ReadonlySet<string> | undefined> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => undefined);
  const names = entries
    ?.filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')));
  return names && new Set(names);
}

function isCoded(name: string, names: ReadonlySet<string>): boolean {
  return Object.values(CODINGS).some((end) => name.endsWith(end) && names.has(name.slice(0, -end.length)));
}

async function describe(
  folder: string,
  name: string,
  names: ReadonlySet<string>,
): Promise<readonly [string, AppFile]> {
  const file = path.join(folder, name);
  const codings = (Object.keys(CODINGS) as Coding[]).filter((coding) => names.has(name + CODINGS[coding]));
  const hashed = `/${name}`.startsWith(HASHED_FOLDER);
  const held = hashed ? undefined : await hold(file, codings);
  const content = held?.get(undefined);
  const tag = content === undefined ? path.basename(name) : hashOf(content);
  const shared = { file, type: mediaTypeOf(name), tag, hashed, held };
  return [`/${name}`, { ...shared, codings: codings.length === 0 ? undefined : new Set(codings) }];
}

async function hold(
  file: string,
  codings: readonly Coding[],
): Promise<Map<Coding | undefined, Uint8Array<ArrayBuffer>>> {
  const held = new Map<Coding | undefined, Uint8Array<ArrayBuffer>>();
  held.set(undefined, new Uint8Array(await readFile(file)));
  for (const coding of codings) held.set(coding, new Uint8Array(await readFile(file + CODINGS[coding])));
  return held;
}

function hashOf(content: Uint8Array): string {
  return new Bun.CryptoHasher('sha256').update(content).digest('base64url').slice(0, 22);
}
