import { afterAll } from 'bun:test';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder that is deleted when the file's tests are over. */
export function scratchFolder(): { readonly path: string; next(): string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'maru-sqlite-'));
  let count = 0;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    path: folder,
    /** A folder that nobody has used. */
    next: () => path.join(folder, `${count++}`),
  };
}
