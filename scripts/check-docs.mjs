// Every relative link in every *.md leads to a file or folder that exists, and its #anchor to a heading there.
// Run: node scripts/check-docs.mjs [ROOT]

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, isMain, ROOT, report } from './files.mjs';

const FENCE = /^(\s*)(```|~~~)/;
const LINK = /\[(?:[^\][]|\[[^\]]*\])*\]\(\s*(<[^>]*>|[^)\s]+)[^)]*\)/g;
const REFERENCE = /^\s*\[[^\]]+\]:\s+(\S+)/;

/**
 * @param {string} root
 * @returns {string[]} what is wrong, one line each
 */
export function checkDocs(root) {
  /** @type {string[]} */
  const problems = [];
  for (const file of filesBelow(root, (name) => name.endsWith('.md'))) {
    for (const { line, target } of linksOf(readFileSync(path.join(root, file), 'utf8'))) {
      const problem = checkLink(root, file, target);
      if (problem !== undefined) problems.push(`${file}:${line}: ${problem}`);
    }
  }
  return problems;
}

/** @param {string} root @param {string} file @param {string} target */
function checkLink(root, file, target) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target) || target.startsWith('//')) return undefined;
  const [link = '', anchor] = target.split('#');
  let decoded;
  try {
    decoded = decodeURIComponent(link);
  } catch {
    return `${target} is not a valid URL`;
  }
  // As on the project's web page, a leading slash means the repository's root.
  const at = decoded.startsWith('/')
    ? path.join(root, decoded)
    : decoded === ''
      ? path.join(root, file)
      : path.join(root, path.dirname(file), decoded);
  if (!existsSync(at)) return `${target}: no such file`;
  if (anchor === undefined || anchor === '' || !at.endsWith('.md') || statSync(at).isDirectory())
    return undefined;
  return anchorsOf(readFileSync(at, 'utf8')).has(decodeURIComponent(anchor))
    ? undefined
    : `${target}: no such heading`;
}

/** Lines outside fenced code, with their numbers. @param {string} text */
function* proseOf(text) {
  let fence;
  for (const [index, line] of text.split('\n').entries()) {
    const mark = FENCE.exec(line)?.[2];
    if (fence === undefined && mark !== undefined) fence = mark;
    else if (fence !== undefined && mark === fence) fence = undefined;
    else if (fence === undefined) yield { number: index + 1, line };
  }
}

/** @param {string} text */
function* linksOf(text) {
  for (const { number, line } of proseOf(text)) {
    const prose = line.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length));
    const reference = REFERENCE.exec(prose)?.[1];
    if (reference !== undefined && !reference.startsWith('^')) yield { line: number, target: reference };
    for (const [, target = ''] of prose.matchAll(LINK))
      yield { line: number, target: target.replace(/^<|>$/g, '') };
  }
}

/** Headings' anchors as GitHub makes them, and explicit ones. @param {string} text */
function anchorsOf(text) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  const anchors = new Set();
  for (const { line } of proseOf(text)) {
    for (const [, id] of line.matchAll(/<a\s+(?:id|name)="([^"]+)"/g)) anchors.add(id);
    const heading = /^#{1,6}\s+(.*?)\s*#*\s*$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const slug = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

if (isMain(import.meta.url)) report(checkDocs(process.argv[2] ?? ROOT));
