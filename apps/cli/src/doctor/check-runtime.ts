import type { Check } from './check.ts';

/** The oldest Bun that Maru is tested with, and the first that it is not meant for. */
const BUN_MIN = [1, 4] as const;
const BUN_BELOW = 2;

export interface Versions {
  readonly bun?: string | undefined;
  readonly node: string;
}

export function checkRuntime({ bun, node }: Versions = process.versions): Check {
  const values = { bun: bun ?? '', node };
  if (bun === undefined) {
    const advice = 'Start it with Bun: npm start, or bun apps/cli/src/main.ts.';
    return { name: 'runtime', state: 'fail', found: `Node ${node} without Bun`, advice, values };
  }
  const [major = 0, minor = 0] = bun.split('.').map(Number);
  const found = `Bun ${bun} (as Node ${node})`;
  if (major < BUN_MIN[0] || (major === BUN_MIN[0] && minor < BUN_MIN[1])) {
    const advice = `Use Bun ${BUN_MIN.join('.')} or newer: npm install brings the right one.`;
    return { name: 'runtime', state: 'fail', found, advice, values };
  }
  if (major >= BUN_BELOW) {
    const advice = 'Maru was not tried with this Bun: npm install brings the one it was.';
    return { name: 'runtime', state: 'warn', found, advice, values };
  }
  return { name: 'runtime', state: 'ok', found, values };
}
