// Rules and tests name each other: every rule of SPEC.md has a test whose name begins with its id, and every id that
// a test's name begins with is a rule. Run: node scripts/check-spec.mjs [ROOT]
//
// A rule is a paragraph or list item that begins with its id in bold, `**[ORD1]** In a room …`. A test cites it as
// `test('[ORD1] …')` or `describe('[ORD1][DUR2] …')`, in a *.test.ts file or in a suite that such files share
// (a file in a folder named testing). A string that is no test's name cites nothing, even if it looks like it: that is
// said, for whoever wrote it took it for a citation. A document mentions a rule as `[ORD1]`, in code; it must be one, too.
// A test that is switched off in its source (`.skip`, `.todo`) proves nothing and is not counted.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, isMain, ROOT, report } from './files.mjs';
import { testTitles } from './test-titles.mjs';

const SPEC = 'packages/protocol/SPEC.md';
const RULE = /^\s*(?:[-*+]\s+|\d+\.\s+)?\*\*\[([A-Z]+\d+)\]\*\*/;
const IDS = /^(?:\[[A-Z]+\d+\]\s*)+/;
const MENTION = /`\[([A-Z]+\d+)\]`/g;

/**
 * @param {string} root
 * @returns {string[]} what is wrong, one line each
 */
export function checkSpec(root) {
  /** @type {Map<string, string>} */
  const rules = new Map();
  /** @type {Set<string>} */
  const proven = new Set();
  /** @type {string[]} */
  const problems = [];

  const spec = path.join(root, SPEC);
  const lines = existsSync(spec) ? readFileSync(spec, 'utf8').split('\n') : [];
  for (const [index, line] of lines.entries()) {
    const id = RULE.exec(line)?.[1];
    if (id === undefined) continue;
    const where = `${SPEC}:${index + 1}`;
    const first = rules.get(id);
    if (first !== undefined) problems.push(`${where}: [${id}] is already defined at ${first}`);
    else rules.set(id, where);
  }

  for (const file of filesBelow(root, (name) => name.endsWith('.ts')).filter(mayHoldTests)) {
    const { titles, others } = testTitles(file, readFileSync(path.join(root, file), 'utf8'));
    for (const { text, line, off } of titles) {
      for (const id of idsOf(text)) {
        if (!rules.has(id)) problems.push(`${file}:${line}: no rule [${id}] in ${SPEC}`);
        else if (!off) proven.add(id);
      }
    }
    for (const { text, line } of others) {
      const [id] = idsOf(text);
      if (id !== undefined) problems.push(`${file}:${line}: [${id}] does not begin a test's name`);
    }
  }

  for (const file of filesBelow(root, (name) => name.endsWith('.md'))) {
    for (const [index, line] of readFileSync(path.join(root, file), 'utf8').split('\n').entries()) {
      for (const [, id = ''] of line.matchAll(MENTION)) {
        if (!rules.has(id)) problems.push(`${file}:${index + 1}: no rule [${id}] in ${SPEC}`);
      }
    }
  }

  for (const [id, where] of rules) {
    if (!proven.has(id)) problems.push(`${where}: no test begins with [${id}]`);
  }
  return problems;
}

/** The ids that a text begins with: `[ORD1][DUR2] …`, with spaces between them or without. @param {string} text */
function idsOf(text) {
  return [...(IDS.exec(text)?.[0] ?? '').matchAll(/\[([A-Z]+\d+)\]/g)].map(([, id = '']) => id);
}

/** @param {string} file */
function mayHoldTests(file) {
  return file.endsWith('.test.ts') || file.split('/').includes('testing');
}

if (isMain(import.meta.url)) report(checkSpec(process.argv[2] ?? ROOT));
