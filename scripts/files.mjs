// What the project's own checks share.

import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export { ROOT } from './workspace.mjs';

const NOT_OURS = new Set(['node_modules', 'dist', 'coverage', '.git']);

/**
 * Files below a folder, as paths from it with forward slashes, sorted; nothing installed or built.
 * @param {string} root
 * @param {(name: string) => boolean} wanted
 * @param {string} [below]
 * @returns {string[]}
 */
export function filesBelow(root, wanted, below = '') {
  return readdirSync(path.join(root, below), { withFileTypes: true })
    .flatMap((entry) => {
      const file = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : filesBelow(root, wanted, file);
      return wanted(entry.name) ? [file] : [];
    })
    .sort();
}

/** Whether a module is the program and not imported by one. @param {string} url its import.meta.url */
export function isMain(url) {
  return process.argv[1] !== undefined && url === pathToFileURL(process.argv[1]).href;
}

/** Prints what is wrong and sets the exit code. @param {readonly string[]} problems */
export function report(problems) {
  for (const problem of problems) console.log(problem);
  if (problems.length > 0) process.exitCode = 1;
}
