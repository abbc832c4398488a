// Every relative link in every *.md leads to a file or folder that exists, and its #anchor to a heading there. So do the
// links of Mermaid diagrams (`click`, `link`, `links`); and of a sequence with `autonumber` the list under it has an item
// with a link for each step. A file that is named in `code` is one of the repository's: with folders, its path ends so.
// A `name` that is said to stand in [a file](that is linked) does.
// Run: node scripts/check-docs.mjs [ROOT]

import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, isMain, ROOT, report } from './files.mjs';
import { diagramsOf, linksOfDiagram, stepsOf } from './mermaid.mjs';

const FENCE = /^(\s*)(```|~~~)/;
const LINK = /\[(?:[^\][]|\[[^\]]*\])*\]\(\s*(<[^>]*>|[^)\s]+)[^)]*\)/g;
const REFERENCE = /^\s*\[[^\]]+\]:\s+(\S+)/;
/**
 * The name of a source file or document, alone in its code, with folders or without; what begins with a slash is an
 * address, and what is in `dist` was built.
 */
const NAMED_FILE = /^(?!dist\/)(?:\.{1,2}\/)*[\w@.-]+(?:\/[\w@.-]+)*\.(?:ts|tsx|mjs|md|jsonc?|grit|c|sh)$/;
const NAME_IN_FILE = /`(\w+)`\s+in\s+\[[^\]]*\]\(([^)#\s]+\.(?:ts|mjs))\)/g;

/**
 * @param {string} root
 * @returns {string[]} what is wrong, one line each
 */
export function checkDocs(root) {
  /** @type {string[]} */
  const problems = [];
  const files = filesBelow(root, () => true);
  for (const file of files.filter((name) => name.endsWith('.md'))) {
    const text = readFileSync(path.join(root, file), 'utf8');
    const diagrams = [...diagramsOf(text)];
    for (const { line, target } of [...linksOf(text), ...diagrams.flatMap(linksOfDiagram)]) {
      const problem = checkLink(root, file, target);
      if (problem !== undefined) problems.push(`${file}:${line}: ${problem}`);
    }
    problems.push(...checkPlaces(root, file, text));
    for (const { line, target } of filesNamedIn(text)) {
      if (!isAmong(files, file, target)) problems.push(`${file}:${line}: ${target}: no file's path ends so`);
    }
    for (const diagram of diagrams) {
      const problem = checkSteps(text, diagram);
      if (problem !== undefined) problems.push(`${file}:${diagram.line}: ${problem}`);
    }
  }
  return problems;
}

/** Each numbered step is explained under the diagram, by an item that links where it happens. */
/** @param {string} text @param {import('./mermaid.mjs').Diagram} diagram */
function checkSteps(text, diagram) {
  const steps = stepsOf(diagram);
  if (steps === 0) return undefined;
  const items = listBehind(text, diagram.end);
  if (items.length !== steps) return `the diagram has ${steps} steps, the list under it ${items.length}`;
  const bare = items.findIndex((item) => [...linksOf(item)].length === 0);
  return bare === -1 ? undefined : `step ${bare + 1} links no file`;
}

/** The items of the first numbered list behind a line, to its end. @param {string} text @param {number} after */
function listBehind(text, after) {
  /** @type {string[]} */
  const items = [];
  for (const line of text.split('\n').slice(after)) {
    if (/^\d+\. /.test(line)) items.push(line);
    else if (/^(#|```|~~~)/.test(line) || (items.length > 0 && /^\S/.test(line))) break;
    else if (items.length > 0) items.push(`${items.pop()}\n${line}`);
  }
  return items;
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

/** @param {string} text */
function* filesNamedIn(text) {
  for (const { number, line } of proseOf(text)) {
    for (const [, code = ''] of line.matchAll(/`([^`]+)`/g))
      if (NAMED_FILE.test(code)) yield { line: number, target: code };
  }
}

/**
 * Whether a path leads to a file from the document's folder, or is the end of one's path: `core/room/decide.ts`.
 * @param {readonly string[]} files @param {string} document @param {string} target
 */
function isAmong(files, document, target) {
  const fromDocument = path.posix.join(path.posix.dirname(document), target);
  return files.some((file) => file === fromDocument || `/${file}`.endsWith(`/${target}`));
}

/**
 * Where a name is said to stand in a file, it does: `decide` in [decide.ts](…).
 * @param {string} root @param {string} file @param {string} text
 */
function* checkPlaces(root, file, text) {
  const prose = [...proseOf(text)];
  const whole = prose.map(({ line }) => line).join('\n');
  for (const { index, 1: name = '', 2: target = '' } of whole.matchAll(NAME_IN_FILE)) {
    const at = path.join(root, path.dirname(file), target);
    if (!existsSync(at) || new RegExp(`\\b${name}\\b`).test(readFileSync(at, 'utf8'))) continue;
    const line = prose[whole.slice(0, index).split('\n').length - 1]?.number;
    yield `${file}:${line}: ${name} is not in ${target}`;
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
