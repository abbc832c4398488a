import { expect, test } from 'bun:test';
import { closeCodes, limits, refusal } from '@maru/protocol';
import { events, message } from '../testing/fixtures.ts';
import { ScriptedPolls } from '../testing/scripted-polls.ts';
import { VirtualClock } from '../testing/virtual-clock.ts';
import { pollTransport } from './poll-transport.ts';
import type { PollMode } from './polled-connection.ts';

const LONG: PollMode = { kind: 'long-poll', waitMs: 20_000 };
const PLAIN: PollMode = { kind: 'poll', everyMs: 5_000 };
const SAID = '{"kind":"typing","room":"room_01h455vb4pex5vsknk084sn02t"}';
const BEAT = '{"kind":"beat","state":"active"}';
const AWAY = '{"kind":"beat","state":"away"}';
/** Longer than what keeps requests apart. */
const MOMENT_MS = 30;

/** A connection that is open, with what it was told. */
async function connect(mode: PollMode, opened = true) {
  const clock = new VirtualClock();
  const polls = new ScriptedPolls();
  const log: (string | number)[] = [];
  const environment = { clock, http: polls.http, random: (count: number) => new Uint8Array(count) };
  const connection = pollTransport(environment, mode).connect('wss://chat.example.org/maru/v1/connect', {
    onOpen: () => connection.send('{"kind":"hello","versions":[1],"ticket":"t"}'),
    onAlive: () => undefined,
    onFrame: (text) => log.push(text),
    onClose: (code) => log.push(code),
  });
  await clock.advance(MOMENT_MS);
  if (opened) {
    await polls.last.answer();
    await clock.advance(MOMENT_MS);
  }
  return { clock, polls, log, connection };
}

const told = (seq: number) => events([message(seq)]);
const asText = (seq: number) => JSON.stringify(told(seq));

test('[POLL1] it asks beside the socket, first with the greeting and then under the secret', async () => {
  const { polls } = await connect(LONG);
  const [first, second] = polls.all;
  expect(first?.request).toMatchObject({
    method: 'POST',
    url: 'https://chat.example.org/maru/v1/poll',
    cookies: false,
  });
  expect([first?.session, first?.n, first?.kinds]).toEqual([undefined, 1, ['hello']]);
  expect([second?.session, second?.n, second?.wait, second?.kinds]).toEqual(['the-secret', 2, 20_000, []]);
});

test('[POLL1] one request waits, one speaks, and answers are taken in the order of their numbers', async () => {
  const { clock, polls, log, connection } = await connect(LONG);
  connection.send(SAID);
  await clock.advance(MOMENT_MS);
  expect(polls.numbers).toEqual([1, 2, 3]);
  connection.send(SAID);
  await clock.advance(1_000);
  expect(polls.numbers).toEqual([1, 2, 3]);
  await polls.all[2]?.answer([told(2)]);
  expect(log).toEqual([]);
  await polls.all[1]?.answer([told(1)]);
  expect(log).toEqual([asText(1), asText(2)]);
  await clock.advance(MOMENT_MS);
  expect(polls.numbers).toEqual([1, 2, 3, 4]);
  expect(polls.last.kinds).toEqual(['typing']);
});

test('[POLL2] a request without an answer is made again, the same to the byte, and later each time', async () => {
  const { clock, polls, log } = await connect(LONG);
  for (let tries = 1; tries < 4; tries++) {
    await polls.last.fail();
    await clock.advance(16_000);
    expect(polls.numbers).toEqual([1, ...Array.from({ length: tries + 1 }, () => 2)]);
    expect(polls.last.request.body).toBe(polls.all[1]?.request.body ?? '');
  }
  await polls.last.answer([told(1)]);
  // The first try's answer comes after all.
  await polls.all[1]?.answer([told(1)]);
  expect(log).toEqual([asText(1)]);
});

test('[POLL2] [SLOW3] whose answers never come is cut; at once, if nobody knows the session yet', async () => {
  const { clock, polls, log } = await connect(LONG);
  while (log.length === 0) {
    await polls.last.fail();
    await clock.advance(60_000);
  }
  expect(log).toEqual([1006]);
  expect(polls.all.length).toBeLessThan(10);
  const other = await connect(LONG, false);
  await other.polls.last.fail();
  expect(other.log).toEqual([1006]);
});

test("[POLL2] a captive portal's page is no answer", async () => {
  const { clock, polls, log } = await connect(LONG);
  await polls.last.intercept(200, '<html>Log in to the train</html>');
  await polls.all[1]?.intercept(502, 'Bad gateway');
  await clock.advance(5_000);
  expect(polls.numbers).toEqual([1, 2, 2]);
  await polls.last.answer([told(1)]);
  expect(log).toEqual([asText(1)]);
});

test('[POLL6] a close says its code behind the last frames, and an unknown session means come back', async () => {
  const { polls, log } = await connect(LONG);
  await polls.last.answer([told(1)], { closed: { code: closeCodes.signedOut.code, reason: 'signed out' } });
  expect(log).toEqual([asText(1), closeCodes.signedOut.code]);
  const other = await connect(LONG);
  await other.polls.last.refuse(410, refusal('session-unknown', 'There is no such session.'));
  expect(other.log).toEqual([closeCodes.comeBack.code]);
});

test('[LIMIT6] what is asked too often is asked again when the server says; an opening that is refused says why', async () => {
  const { clock, polls, log } = await connect(LONG);
  const error = refusal('rate-limited', 'Too many requests.', { retryAfterMs: 3_000 });
  await polls.last.refuse(429, error);
  await clock.advance(2_999);
  expect(polls.numbers).toEqual([1, 2]);
  await clock.advance(1_001);
  expect(polls.numbers).toEqual([1, 2, 2]);
  expect(log).toEqual([]);
  const other = await connect(LONG, false);
  await other.polls.last.refuse(429, error);
  expect(other.log).toEqual([JSON.stringify({ kind: 'error', ...error }), closeCodes.rateLimited.code]);
});

test('[POLL3] plain polls come at their pace; who has said something listens for a second', async () => {
  const { clock, polls, connection } = await connect(PLAIN);
  // The greeting was something said.
  expect(polls.last.wait).toBeGreaterThan(800);
  await clock.advance(1_000);
  await polls.last.answer();
  await clock.advance(2_000);
  expect(polls.numbers).toEqual([1, 2]);
  await clock.advance(3_000);
  expect([polls.last.n, polls.last.wait]).toEqual([3, 0]);
  await polls.last.answer();
  await clock.advance(3_900);
  expect(polls.last.n).toBe(3);
  await clock.advance(200);
  expect([polls.last.n, polls.last.wait]).toEqual([4, 0]);
  await polls.last.answer();
  connection.send(SAID);
  await clock.advance(MOMENT_MS);
  expect([polls.last.n, polls.last.kinds]).toEqual([5, ['typing']]);
  expect(polls.last.wait).toBeGreaterThan(900);
});

test('[POLL4] a beat goes along with the next request, the newest one alone, and makes none', async () => {
  for (const mode of [LONG, PLAIN]) {
    const { clock, polls, connection } = await connect(mode);
    const before = polls.all.length;
    connection.sendAlong?.(BEAT, false);
    connection.sendAlong?.(AWAY, false);
    await clock.advance(900);
    expect(polls.all.length).toBe(before);
    await polls.last.answer();
    await clock.advance(6_000);
    expect(polls.last.frames).toEqual([JSON.parse(AWAY)]);
  }
});

test('[SOFT4] a beat in a hurry goes at once, and an older one that waited does not follow it', async () => {
  for (const mode of [LONG, PLAIN]) {
    const { clock, polls, connection } = await connect(mode);
    connection.sendAlong?.(BEAT, false);
    connection.sendAlong?.(AWAY, true);
    await clock.advance(MOMENT_MS);
    expect(polls.last.frames).toEqual([JSON.parse(AWAY)]);
    await polls.answerAll();
    await clock.advance(6_000);
    expect(polls.last.frames).toEqual([]);
  }
});

test('what has no hurry waits for the next plain poll, and for nothing else', async () => {
  const plain = await connect(PLAIN);
  await plain.clock.advance(1_000);
  await plain.polls.last.answer();
  plain.connection.send(SAID, false);
  await plain.clock.advance(2_000);
  expect(plain.polls.last.n).toBe(2);
  await plain.clock.advance(3_000);
  expect([plain.polls.last.n, plain.polls.last.wait, plain.polls.last.kinds]).toEqual([3, 0, ['typing']]);
  const long = await connect(LONG);
  long.connection.send(SAID, false);
  await long.clock.advance(MOMENT_MS);
  expect(long.polls.last.kinds).toEqual(['typing']);
});

test('[WIRE8] a wait that something on the way cuts off becomes shorter, and grows again where it is let be', async () => {
  const { clock, polls } = await connect(LONG);
  await clock.advance(10_000);
  await polls.last.fail();
  await clock.advance(1_000);
  await polls.last.answer();
  await clock.advance(MOMENT_MS);
  expect(polls.last.wait).toBeWithin(5_000, 5_100);
  await clock.advance(5_100);
  await polls.last.answer();
  await clock.advance(MOMENT_MS);
  expect(polls.last.wait).toBeWithin(7_500, 7_650);
});

test('who closes says so, lets go of what is under way, and hears nothing more', async () => {
  const { clock, polls, log, connection } = await connect(LONG);
  const waiting = polls.last;
  connection.close();
  expect([polls.last.n, polls.last.end]).toEqual([3, true]);
  expect([waiting.aborted, polls.last.aborted]).toEqual([true, false]);
  await waiting.answer([told(1)]);
  connection.send(SAID);
  await clock.advance(60_000);
  expect(log).toEqual([]);
  expect(polls.numbers).toEqual([1, 2, 3]);
});

test('[POLL7] a crowd of frames goes in requests that the server takes', async () => {
  const { clock, polls, connection } = await connect(LONG);
  for (let i = 0; i < 400; i++) connection.send(SAID);
  for (let sent = 0; sent < 400; sent += polls.last.frames.length) {
    await clock.advance(MOMENT_MS);
    expect(polls.last.frames.length).toBeLessThanOrEqual(limits.POLL_FRAMES_MAX);
    await polls.all.at(-2)?.answer();
    await polls.last.answer();
  }
});
