import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test';
import type { MaruClient } from '@maru/client';
import { StoreFailed } from '@maru/client/web';
import { type DeviceId, deviceId, type UserId } from '@maru/protocol';
import type { DeviceToOpen } from './open-device.ts';
import { Session } from './session.ts';

const ADA = deviceId.parse('device_01h455vb4pex5vsknk084sn02q');
const BEN = deviceId.parse('device_01h455vb4pex5vsknk084sn02r');
const KEY = 'maru.device';

/** What a page has around it, as far as a session looks. */
const kept = new Map<string, string>();
const page = new EventTarget();
const SURROUNDINGS = {
  window: page,
  document: { cookie: '' },
  localStorage: {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  },
};
const before = Object.entries(SURROUNDINGS).map(
  ([name]) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
);
beforeAll(() => {
  for (const [name, value] of Object.entries(SURROUNDINGS)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
});
afterAll(() => {
  for (const [name, descriptor] of before) {
    if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
    else Object.defineProperty(globalThis, name, descriptor);
  }
});
beforeEach(() => kept.clear());

/** Another tab signs in, or out, which this one hears of. */
function elsewhere(device: DeviceId | undefined): void {
  unheard(device);
  page.dispatchEvent(Object.assign(new Event('storage'), { key: KEY }));
}

/** The same, before this tab hears of it. */
function unheard(device: DeviceId | undefined): void {
  if (device === undefined) kept.delete(KEY);
  else kept.set(KEY, device);
}

/** A session whose stores open when they are told to. */
function begin() {
  const opening: { readonly device: DeviceId; readonly end: PromiseWithResolvers<MaruClient | undefined> }[] =
    [];
  const closed: DeviceId[] = [];
  const clientOf = (device: DeviceId) =>
    ({
      connection: { state: 'online' },
      user: 'user_1',
      subscribe: () => () => undefined,
      [Symbol.asyncDispose]: async () => void closed.push(device),
    }) as unknown as MaruClient;
  const session = new Session({
    api: {
      getMe: () => Promise.reject(new Error('not asked')),
      getGateway: () => Promise.reject(new Error('not asked')),
      signUp: () => Promise.reject(new Error('not asked')),
      logIn: () => Promise.reject(new Error('not asked')),
    },
    openDevice: ({ device }: DeviceToOpen) => {
      const end = Promise.withResolvers<MaruClient | undefined>();
      opening.push({ device, end });
      return end.promise;
    },
    openWithoutStore: () => Promise.reject(new Error('not opened')),
    freeSpace: () => Promise.reject(new TypeError('Nobody has foreseen this.')),
    eraseAccount: async () => undefined,
  });
  const opened = (device: DeviceId) => opening.find((one) => one.device === device)?.end;
  const open = async (device: DeviceId) => {
    opened(device)?.resolve(clientOf(device));
    await Bun.sleep(0);
  };
  const fail = async (device: DeviceId, error: unknown) => {
    opened(device)?.reject(error);
    await Bun.sleep(0);
  };
  return { session, opening, closed, open, fail };
}

const claimed = (device: DeviceId) => async () => ({
  ...{ user: 'user_1' as UserId, device, handle: 'ben', name: 'Ben' },
  gateway: { version: 1, path: '/' } as never,
});

describe('who was opened too late', () => {
  test('by a tab that hears meanwhile that another one signed in is not shown, nor kept', async () => {
    kept.set(KEY, ADA);
    const { session, opening, closed, open } = begin();
    void session.start();
    elsewhere(BEN);
    expect(opening.map(({ device }) => device)).toEqual([ADA, BEN]);
    await open(BEN);
    const shown = session.state;
    expect(shown.kind).toBe('signed-in');
    await open(ADA);
    expect(session.state).toBe(shown);
    expect(closed).toEqual([ADA]);
    expect(kept.get(KEY)).toBe(BEN);
  });

  test('by a tab that has not heard of it yet is not kept either', async () => {
    kept.set(KEY, ADA);
    const { session, closed, open } = begin();
    void session.start();
    unheard(BEN);
    await open(ADA);
    expect(session.state.kind).toBe('starting');
    expect(closed).toEqual([ADA]);
    expect(kept.get(KEY)).toBe(BEN);
    elsewhere(BEN);
    await open(BEN);
    expect(session.state.kind).toBe('signed-in');
  });

  test('after another tab has signed out stays out', async () => {
    kept.set(KEY, ADA);
    const { session, closed, open } = begin();
    void session.start();
    elsewhere(undefined);
    await open(ADA);
    expect(session.state.kind).toBe('signed-out');
    expect(closed).toEqual([ADA]);
    expect(kept.has(KEY)).toBe(false);
  });

  test('after somebody has signed in here gives way', async () => {
    kept.set(KEY, ADA);
    const { session, open, fail } = begin();
    void session.start();
    const entering = session.enter(claimed(BEN));
    await Bun.sleep(0);
    await open(BEN);
    await entering;
    const shown = session.state;
    await fail(ADA, new StoreFailed('full', 'There is no room.'));
    expect(session.state).toBe(shown);
    expect(kept.get(KEY)).toBe(BEN);
  });

  test('is no matter of who signs in here while another tab was signed out before', async () => {
    const { session, open } = begin();
    await session.start();
    const entering = session.enter(claimed(BEN));
    await Bun.sleep(0);
    elsewhere(undefined);
    await open(BEN);
    await entering;
    expect(session.state.kind).toBe('signed-in');
    expect(kept.get(KEY)).toBe(BEN);
  });
});

describe('what nobody has foreseen', () => {
  const error = new TypeError('Nobody has foreseen this.');

  test('is said where it keeps the app from opening', async () => {
    kept.set(KEY, ADA);
    const { session, fail } = begin();
    const starting = session.start();
    await fail(ADA, error);
    await starting;
    expect(session.state).toEqual({ kind: 'failed', error });
  });

  test('is said where it keeps a full store from getting room', async () => {
    kept.set(KEY, ADA);
    const { session, fail } = begin();
    void session.start();
    await fail(ADA, new StoreFailed('full', 'There is no room.'));
    expect(session.state).toEqual({ kind: 'store-failed', reason: 'full' });
    await session.freeSpace();
    expect(session.state).toEqual({ kind: 'failed', error });
  });
});
