import { expect, test } from 'bun:test';
import { Disconnected, NetworkError } from '@maru/client';
import { errorText } from './error-text.ts';

test('what has no answer says that there is no network, whichever way it was asked', () => {
  const t = (key: string) => key;
  expect(errorText(new NetworkError('no answer'), t)).toBe('refused.network');
  expect(errorText(new Disconnected('there is no connection'), t)).toBe('refused.network');
  expect(errorText(new Error('a mistake of ours'), t)).toBe('error.internal');
});
