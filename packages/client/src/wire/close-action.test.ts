import { expect, test } from 'bun:test';
import { closeCodes } from '@maru/protocol';
import { closeAction } from './close-action.ts';

test('[SLOW3] every close code of the protocol means what its table says', () => {
  for (const { code, reconnect } of Object.values(closeCodes)) {
    expect(closeAction(code).kind).toBe(reconnect ? 'reconnect' : 'stop');
  }
});

test('[SLOW3] a cut without a code, and the codes of proxies and restarts, mean reconnect', () => {
  for (const code of [1000, 1001, 1005, 1006, 1011, 1012, 1013, 1015]) {
    expect(closeAction(code)).toEqual({ kind: 'reconnect' });
  }
});

test('[SLOW3] what can only be helped by somebody says which it is', () => {
  expect(closeAction(closeCodes.signedOut.code)).toEqual({ kind: 'stop', reason: 'signed-out' });
  expect(closeAction(closeCodes.suspended.code)).toEqual({ kind: 'stop', reason: 'suspended' });
  expect(closeAction(closeCodes.unsupportedVersion.code)).toEqual({
    kind: 'stop',
    reason: 'unsupported-version',
  });
  expect(closeAction(closeCodes.replaced.code)).toEqual({ kind: 'stop', reason: 'replaced' });
  expect(closeAction(closeCodes.badFrame.code)).toEqual({ kind: 'stop', reason: 'protocol-error' });
  expect(closeAction(4999)).toEqual({ kind: 'stop', reason: 'protocol-error' });
});
