import { readDeviceLink } from '@maru/protocol';
import type { Given } from './given.ts';
import { type Step, step } from './step.ts';

const NO = /\s+(no|거절)$/iu;

/** `/link-device 7KQM-4RXP`, or the link; `/link-device 7KQM-4RXP no` refuses it. */
export function linkDevice({ ui, rest, usage }: Given): Step {
  const given = rest.normalize('NFC');
  const link = readDeviceLink(given.replace(NO, ''));
  if (link === undefined) return usage;
  return step(ui, { kind: 'device', act: NO.test(given) ? 'refuse' : 'look', code: link.code });
}
