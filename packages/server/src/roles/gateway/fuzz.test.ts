import { expect, test } from 'bun:test';
import { type RoomId, upFrame } from '@maru/protocol';
import * as fc from 'fast-check';
import type { MemoryCarrier } from '../../main/testing/memory-carrier.ts';
import { HELLO, wireGateway } from '../../main/testing/wired-gateway.ts';
import type { Identity } from '../../ports/credentials.ts';

const SEED = 20_260_101;
const RUNS = 200;
const FRAMES = 60;

/** Well-formed frames of every kind, about rooms and people that are there, are others', or are not there. */
function frames(rooms: readonly RoomId[], people: readonly Identity[]): fc.Arbitrary<object> {
  const room = fc.constantFrom(...rooms);
  const user = fc.constantFrom(...people.map((person) => person.user));
  const id = fc.nat(1_000);
  const seq = fc.integer({ min: 1, max: 50 });
  const hex = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
  const clientMessageId = fc
    .tuple(hex(8), hex(4), hex(3), hex(3), hex(12))
    .map(([a, b, c, d, e]) => `${a}-${b}-7${c}-8${d}-${e}`);
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', ' ', '\0', '\ud800', '😀'),
  );
  const entity = fc.record({
    type: fc.constantFrom('bold', 'link', 'blink'),
    offset: fc.nat(9),
    length: fc.nat(9),
  });
  const content = fc.oneof(
    fc.record({ type: fc.constant('text'), text, entities: fc.array(entity, { maxLength: 3 }) }),
    fc.record({ type: fc.string(), blob: fc.json({ maxDepth: 5 }).map((json) => JSON.parse(json)) }),
  );
  const name = { room, clientMessageId };
  const of = (kind: string, fields: object) => fc.record({ kind: fc.constant(kind), ...fields });
  return fc.oneof(
    of('hello', { versions: fc.array(fc.integer(), { maxLength: 3 }), ticket: fc.string() }),
    of('beat', { state: fc.constantFrom('active', 'away'), cursor: fc.string() }),
    of('delivered', { marks: fc.array(fc.tuple(room, seq), { maxLength: 3 }) }),
    of('typing', { room }),
    of('sync', { id, eventsPerRoom: fc.nat(50) }),
    of('history', { id, room, from: seq, direction: fc.constantFrom('older', 'newer', 'around') }),
    of('mark', { id, room, read: seq, unread: fc.boolean() }),
    of('look', { id, rooms: fc.array(room, { maxLength: 3 }) }),
    of('status', { id, ...name }),
    of('send', { ...name, content }),
    of('edit', { ...name, refersTo: seq, content }),
    of('delete', { ...name, refersTo: seq }),
    of('create', {
      ...name,
      roomKind: fc.constantFrom('direct', 'group'),
      name: text,
      user,
      users: fc.array(user, { maxLength: 3 }),
    }),
    of('add', { ...name, users: fc.array(user, { maxLength: 3 }) }),
    of('remove', { ...name, user }),
    of('leave', name),
    of('rename', { ...name, name: text }),
    of('set-history', { ...name, history: fc.constantFrom('all', 'since-joined') }),
  );
}

/** A frame with a field that is missing, or is anything. */
function damaged(frame: fc.Arbitrary<object>): fc.Arbitrary<string> {
  return fc.tuple(frame, fc.nat(), fc.option(fc.jsonValue())).map(([given, at, value]) => {
    const keys = Object.keys(given);
    const key = keys[at % keys.length] ?? 'kind';
    return JSON.stringify({ ...given, [key]: value ?? undefined });
  });
}

/** JSON text with some of it cut out, doubled or replaced. */
function torn(frame: fc.Arbitrary<object>): fc.Arbitrary<string> {
  return fc.tuple(frame, fc.nat(), fc.nat(20), fc.string()).map(([given, at, count, other]) => {
    const text = JSON.stringify(given);
    const from = at % text.length;
    return text.slice(0, from) + other + text.slice(from + count);
  });
}

test('[WIRE3] [LIMIT6] whatever anybody sends: no crash, no fault, nothing left behind, and no trace in others’ talk', async () => {
  await using wired = wireGateway();
  const { people, open, connect, gateway, faults } = wired;
  const [ada, bo, stranger] = [await people.make(), await people.make(), await people.make()];
  const [from, to] = [await open(ada), await open(bo)];
  const room = await people.direct(ada, bo, from);
  const own = await people.group(await open(stranger), []);
  const frame = frames([room, own], [ada, bo, stranger]);
  const anything = fc.oneof(
    { weight: 4, arbitrary: frame.map((given) => JSON.stringify(given)) },
    { weight: 4, arbitrary: damaged(frame) },
    { weight: 1, arbitrary: torn(frame) },
    { weight: 1, arbitrary: fc.json() },
  );
  let carrier: MemoryCarrier | undefined;
  let valid = 0;
  let said = 1;
  await fc.assert(
    fc.asyncProperty(fc.array(anything, { minLength: FRAMES, maxLength: FRAMES }), async (texts) => {
      for (const text of texts) {
        if (carrier === undefined || carrier.closed !== undefined) {
          carrier = connect(stranger);
          carrier.say(HELLO);
        }
        if (isValid(text)) valid++;
        carrier.say(text);
      }
      from.say(people.text(room, `message ${said}`));
      said++;
      await from.take('accepted');
      while (messagesOf(to, room).length < said - 1) await to.take('events');
      expect(faults).toEqual([]);
    }),
    { seed: SEED, numRuns: RUNS },
  );
  expect(messagesOf(to, room)).toEqual(Array.from({ length: RUNS }, (_, i) => `message ${i + 1}`));
  expect(valid).toBeGreaterThan((RUNS * FRAMES) / 5);
  for (const session of [from, to]) {
    expect(session.closed).toBeUndefined();
    expect(session.of('error')).toEqual([]);
    expect(session.of('refused')).toEqual([]);
  }
  expect(gateway.stats().commandsInFlight).toBe(0);
}, 30_000);

function isValid(text: string): boolean {
  try {
    return upFrame.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

/** The texts of a room's messages as a session got them. */
function messagesOf(carrier: MemoryCarrier, room: RoomId): unknown[] {
  return carrier
    .of('events')
    .filter((frame) => frame.room === room)
    .flatMap(({ events }) => events)
    .filter(({ kind }) => kind === 'message')
    .map(({ content }) => (content as { text?: string } | undefined)?.text);
}
