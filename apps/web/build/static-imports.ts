import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const SOURCES = path.resolve(import.meta.dirname, '..', 'src');

const IMPORTED = /^(?:import|export|\}) (?!type )[^;]*?from '(\.[^']+)';/gm;

/** The sources, relative to `src`, that come with some of them: what they import, and not what they import later. */
export function withStaticImports(entries: readonly string[]): ReadonlySet<string> {
  const files = new Set<string>();
  const collect = (file: string) => {
    if (files.has(file) || !existsSync(path.join(SOURCES, file))) return;
    files.add(file);
    const source = readFileSync(path.join(SOURCES, file), 'utf8');
    for (const [, specifier = ''] of source.matchAll(IMPORTED))
      collect(path.join(path.dirname(file), specifier));
  };
  for (const entry of entries) collect(entry);
  return files;
}
