import { expect, test } from 'bun:test';
import { RULES_VERSION } from '../../core/room/state.ts';
import { content } from '../../core/room/testing/people.ts';
import { createFloor, type Floor } from '../../main/testing/floor.ts';
import { writtenLater } from '../../main/testing/written-later.ts';
import type { SubmittedCommand } from '../../ports/rooms.ts';
import { deadLetterFields } from './dead-letter.ts';

const FOR_GOOD = { kind: 'refused', error: { code: 'internal', retryable: false } };

/** A command at which the rules fail: of a kind that no rule knows. */
function nonsense(device: ReturnType<Floor['device']>, room: Parameters<typeof device.command>[0]) {
  const command = device.command(room, { kind: 'send', content: content('무엇') });
  return { ...command, kind: 'nonsense' } as unknown as SubmittedCommand;
}

test('[ORD7] [ONCE5] a command at which the rules fail is refused on record, and its room goes on', async () => {
  const floor = createFloor();
  const device = floor.device(0);
  const room = await device.createGroup([1]);
  const broken = nonsense(device, room);
  const answers = await Promise.all([floor.rooms.submit(broken), device.send(room)]);
  expect(answers[0]).toMatchObject(FOR_GOOD);
  expect(answers[1] as number).toBe(2);
  expect(floor.deadLetters).toHaveLength(1);
  const { clientMessageId = device.mint(room) } = broken;
  const refusal = { status: 'refused', code: 'internal' } as const;
  expect(await floor.rooms.status(room, device.user, device.device, clientMessageId)).toEqual(refusal);

  const restarted = createFloor({ engine: floor.engine.reopen() });
  expect(await restarted.rooms.submit(broken)).toMatchObject(FOR_GOOD);
  // It is the record that answers now, not the rules.
  expect(restarted.deadLetters).toEqual([]);
  const next = device.command(room, { kind: 'send', content: content('b') });
  expect(await restarted.rooms.submit(next)).toMatchObject({ kind: 'accepted', seq: 3 });
});

test('[ORD7] [PRIV6] a dead letter is told by its names and by where the rules failed, without what it says', async () => {
  const floor = createFloor();
  const device = floor.device(0);
  const room = await device.createGroup([1]);
  const broken = nonsense(device, room);
  await floor.rooms.submit(broken);
  const [fields] = floor.deadLetters.map(deadLetterFields);
  const { clientMessageId } = broken;
  expect(fields).toMatchObject({
    room,
    device: device.device,
    clientMessageId,
    command: 'nonsense',
    fault: 'Error',
  });
  expect(JSON.stringify(fields)).not.toContain('무엇');
});

test('[ORD7] a decision that can not be carried out is a dead letter, too, and stops nobody', async () => {
  const floor = createFloor();
  const [device, second] = [floor.device(0), floor.device(0, 1)];
  const room = await device.createGroup([1]);
  // Decided on as the device's first, and no window to go on from.
  const window = { at: 0, sent: { length: 0, at: () => undefined } };
  const broken = second.command(room, { kind: 'send', content: content('a') }, { window } as object);
  const answers = await Promise.all([floor.rooms.submit(broken), device.send(room), second.send(room)]);
  expect(answers[0]).toMatchObject(FOR_GOOD);
  expect(answers.slice(1) as unknown[]).toEqual([2, 3]);
  expect(floor.deadLetters).toHaveLength(1);
  expect(await floor.engine.rooms.events(room, 1, 10)).toHaveLength(3);
});

test('[ORD6] a room of newer rules takes no commands, is read as ever, and is told of once', async () => {
  const floor = createFloor();
  const device = floor.device(0);
  const room = await device.createGroup([1]);
  await device.send(room);
  const later = createFloor({ engine: await writtenLater(floor.engine) });
  const again = later.device(0);
  const { head } = later.engine.log;
  const unknown = { kind: 'refused', error: { code: 'rules-unknown', retryable: true } };
  const answers = await Promise.all([
    again.do(room, { kind: 'send', content: content('a') }, { clientMessageId: device.mint(room) }),
    again.do(room, { kind: 'leave' }, { clientMessageId: device.mint(room) }),
  ]);
  expect(answers).toMatchObject([unknown, unknown]);
  expect(later.engine.log.head).toBe(head);
  expect(later.unknownRules).toEqual([[room, RULES_VERSION + 1]]);
  const page = await later.rooms.page(room, again.user, { direction: 'newer', limit: 10 });
  expect(page?.events).toHaveLength(2);
  // Other rooms are not touched by it.
  expect((await again.send(await again.createGroup([1], 'all', 7))) as number).toBe(2);
});
