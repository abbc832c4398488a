import { expect, test } from 'bun:test';
import type { DeviceId, UserId } from '@maru/protocol';
import { eraseAccount } from './store-care.ts';

test('what can not be erased of an account keeps nothing else of it', async () => {
  const tried: string[] = [];
  const part = (name: string) => (of?: string) => {
    tried.push(of === undefined ? name : `${name} ${of}`);
    throw new Error('It can not be erased.');
  };
  await eraseAccount('device_1' as DeviceId, 'user_1' as UserId, {
    dropShared: part('shared'),
    eraseStore: part('store'),
    eraseSearchIndex: part('index'),
  });
  expect(tried).toEqual(['shared', 'store maru:device_1', 'index user_1']);
});
