import { afterEach, beforeEach, expect, test } from 'bun:test';
import { errorBody, limits } from '@maru/protocol';
import { ARRIVAL, type ComposedServer, composedServer } from '../../main/testing/composed-server.ts';
import { BODY_BYTES_COUNTED_MIN, BODY_MS_MAX, SENDER_BODY_BYTES_MAX } from '../edge/body-budget.ts';

let server: ComposedServer;
/** Bodies that have begun and not ended. */
const begun: ReadableStreamDefaultController<Uint8Array>[] = [];

beforeEach(() => {
  server = composedServer({ config: { bytesPerSecond: 2_000_000 } });
});
afterEach(async () => {
  for (const body of begun.splice(0)) body.close();
  await server[Symbol.asyncDispose]();
});

/** A request of which so many bytes have come. */
async function begin(path: string, bytes: number, more: { token?: string; length?: number } = {}) {
  const { promise: started, resolve } = Promise.withResolvers<ReadableStreamDefaultController<Uint8Array>>();
  // What the server gives up can't be ended any more.
  const cancel = () => void begun.splice(begun.indexOf(sender), 1);
  const body = new ReadableStream<Uint8Array>({ start: resolve, cancel });
  const sender = await started;
  begun.push(sender);
  const headers = new Headers({ 'content-type': 'application/json' });
  if (more.token !== undefined) headers.set('authorization', `Bearer ${more.token}`);
  if (more.length !== undefined) headers.set('content-length', String(more.length));
  const request = new Request(`http://127.0.0.1:8787${path}`, { method: 'POST', headers, body });
  let answer: string | undefined;
  const answered = Promise.resolve(server.api.fetch(request, ARRIVAL)).then(async (response) => {
    answer = response.ok ? 'done' : errorBody.parse(await response.json()).code;
    return answer;
  });
  const send = async (count: number) => {
    sender.enqueue(new Uint8Array(count).fill(0x20));
    await settle();
  };
  await settle();
  if (bytes > 0 && answer === undefined) await send(bytes);
  return { answered, send, answer: () => answer };
}

/** Lets everything go on that waits for nothing from outside. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((done) => setImmediate(done));
}

test('[LIMIT11] what a body declares is charged before any of it is read', async () => {
  const [ada, eve] = [await server.person('ada'), await server.person('eve')];
  const ask = (token: string) => begin('/v1/commands', 0, { token, length: 1_400_000 });
  const answers: (string | undefined)[] = [];
  for (let count = 0; count < 6; count++) answers.push((await ask(ada.token)).answer());
  // 6 MB at once is what a device may send.
  const waits = [undefined, undefined, undefined, undefined];
  expect(answers).toEqual([...waits, 'rate-limited', 'rate-limited']);
  expect((await ask(eve.token)).answer()).toBeUndefined();
});

test('[LIMIT11] what declares nothing is charged as it comes', async () => {
  const { token } = await server.person('ada');
  const answers: (string | undefined)[] = [];
  for (let count = 0; count < 5; count++) {
    const { answer } = await begin('/v1/commands', 1_450_000, { token });
    answers.push(answer());
  }
  expect(answers).toEqual([undefined, undefined, undefined, undefined, 'rate-limited']);
});

test('[LIMIT11] polls of one address hold no more than one sender may, and let go of it when they end', async () => {
  const bytes = SENDER_BODY_BYTES_MAX / 4;
  const held = [];
  for (let count = 0; count < 4; count++) held.push(await begin('/v1/poll', bytes));
  expect(held.map(({ answer }) => answer())).toEqual([undefined, undefined, undefined, undefined]);
  const late = await begin('/v1/poll', 1);
  expect(await late.answered).toBe('rate-limited');
  // Who is known has a share of their own.
  const { token } = await server.person('ada');
  expect((await begin('/v1/commands', 1, { token })).answer()).toBeUndefined();
  begun.shift()?.close();
  expect(await held[0]?.answered).toBe('not-json');
  expect((await begin('/v1/poll', 1)).answer()).toBeUndefined();
});

test('[LIMIT11] small bodies go many at once, as of a class that logs in', async () => {
  const logIns = [];
  for (let count = 0; count < 60; count++) logIns.push(await begin('/v1/sessions', 200));
  expect(new Set(logIns.map(({ answer }) => answer()))).toEqual(new Set([undefined]));
  expect(60 * BODY_BYTES_COUNTED_MIN).toBeLessThan(SENDER_BODY_BYTES_MAX);
});

test('[LIMIT11] a body that comes in drops is given up', async () => {
  const { token } = await server.person('ada');
  const { send, answer, answered } = await begin('/v1/commands', 10, { token });
  server.clock.advance(BODY_MS_MAX);
  await send(10);
  expect(answer()).toBeUndefined();
  server.clock.advance(1);
  await send(10);
  expect(await answered).toBe('rate-limited');
});

test('[LIMIT3] a body beyond the limit is refused whatever it declares', async () => {
  const { token } = await server.person('ada');
  const whole = await begin('/v1/commands', 0, { token, length: limits.FRAME_BYTES_MAX + 1 });
  expect(await whole.answered).toBe('frame-too-large');
  const parts = await begin('/v1/commands', limits.FRAME_BYTES_MAX, { token });
  expect(parts.answer()).toBeUndefined();
  await parts.send(1);
  expect(await parts.answered).toBe('frame-too-large');
});
