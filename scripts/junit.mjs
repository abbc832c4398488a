// Reads the results that `bun test --reporter=junit` writes.

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
      const suite = attributes.classname ? `${attributes.classname} > ` : '';
      return {
        file: attributes.file ?? '',
        name: `${suite}${attributes.name ?? ''}`,
        outcome: /<(failure|error)\b/.test(body) ? 'failed' : /<skipped\b/.test(body) ? 'skipped' : 'passed',
      };
    },
  );
}

/** The reason a skipped test gives in its name: `… (skipped: reason)`. @param {string} name */
export function skipReason(name) {
  return /\(skipped: (.+)\)\s*$/.exec(name)?.[1];
}
