// Reads what `bun test` says: each test from its JUnit report, and the totals that it prints at the end.

/** @typedef {{ file: string, name: string, outcome: 'passed' | 'failed' | 'skipped' }} TestResult */

/** @type {Record<string, string>} */
const ENTITIES = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** @param {string} text */
function decode(text) {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    return ENTITIES[name] ?? whole;
  });
}

/**
 * @param {string} xml
 * @returns {TestResult[]}
 */
export function parseJunit(xml) {
  return [...xml.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(
    ([, head = '', body = '']) => {
      const attributes = Object.fromEntries(
        [...head.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, decode(value)]),
      );
      // Bun names the innermost describe() first.
      const suites = (attributes.classname ?? '').split(' > ').filter(Boolean).reverse();
      return {
        file: attributes.file ?? '',
        name: [...suites, attributes.name ?? ''].join(' > '),
        outcome: /<(failure|error)\b/.test(body) ? 'failed' : /<skipped\b/.test(body) ? 'skipped' : 'passed',
      };
    },
  );
}

/**
 * How many tests and files failed by the totals at the end of the output; undefined when the run did not get there.
 * A file that fails to load stands only here: the report leaves it out.
 * @param {string} output
 */
export function failuresInTotals(output) {
  const totals = /^Ran \d+ tests? across \d+ files?\./m.test(output);
  return totals ? Number(output.match(/^ (\d+) fail$/m)?.[1] ?? 0) : undefined;
}

/** The reason a skipped test gives in its name: `… (skipped: reason)`. @param {string} name */
export function skipReason(name) {
  return /\(skipped: (.+)\)\s*$/.exec(name)?.[1];
}
