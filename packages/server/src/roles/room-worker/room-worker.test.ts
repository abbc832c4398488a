import { describe, expect, test } from 'bun:test';
import { directRoomId, limits } from '@maru/protocol';
import { WINDOW_DEVICES_MAX } from '../../core/room/state.ts';
import { content, group, user } from '../../core/room/testing/people.ts';
import { accepted, createFloor, refusedCode } from '../../main/testing/floor.ts';
import type { SubmittedCommand } from '../../ports/rooms.ts';

const send = (text: string) => ({ kind: 'send', content: content(text) }) as const;

describe('order', () => {
  test('[ORD1][ORD4] commands take effect in the order in which they were submitted, without gaps', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const sent = Array.from({ length: 100 }, (_, i) => (i % 3 === 0 ? b : a).do(room, send(`${i}`)));
    const seqs = (await Promise.all(sent)).map(accepted) as number[];
    expect(seqs).toEqual(Array.from({ length: 100 }, (_, i) => i + 2));
    const page = await floor.rooms.page(room, b.user, { direction: 'newer', limit: 200 });
    expect(page?.events.map((event) => event.seq as number)).toEqual(
      Array.from({ length: 101 }, (_, i) => i + 1),
    );
    expect(page?.events.slice(1).map((event) => event.content)).toEqual(
      Array.from({ length: 100 }, (_, i) => content(`${i}`)),
    );
  });

  test('[ORD1] two people who make their direct room at once make one', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = directRoomId(a.user, b.user);
    const answers = await Promise.all([
      a.do(room, { kind: 'create', roomKind: 'direct', user: b.user }),
      b.do(room, { kind: 'create', roomKind: 'direct', user: a.user }),
    ]);
    expect(answers.map(accepted) as number[]).toEqual([1, 1]);
    const page = await floor.rooms.page(room, b.user, { direction: 'older', limit: 10 });
    expect(page?.events).toHaveLength(1);
  });

  test('[LIMIT4] however many add at the same time, the room gets no more members than its limit', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const room = await a.createGroup([1, 2, 3]);
    const adds = Array.from({ length: 20 }, (_, i) =>
      floor
        .device(i % 4)
        .do(
          room,
          { kind: 'add', users: [user(100 + i)] },
          { groupMembersMax: 10, clientMessageId: a.mint(room) },
        ),
    );
    const codes = (await Promise.all(adds)).map(refusedCode);
    expect(codes.filter((code) => code === 'accepted')).toHaveLength(6);
    expect(codes.filter((code) => code === 'room-full')).toHaveLength(14);
    expect(await floor.rooms.members(room, a.user)).toMatchObject({ members: { length: 10 } });
  });

  test('[ORD2] the clock of the machine goes back and the time of the room does not', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const room = await a.createGroup([]);
    await a.send(room);
    floor.clock.jump(-3_600_000);
    await a.send(room);
    const page = await floor.rooms.page(room, a.user, { direction: 'newer', limit: 10 });
    const times = page?.events.map((event) => event.at) ?? [];
    expect(times).toEqual([...times].sort((x, y) => x - y));
  });
});

describe('once', () => {
  test('[ONCE1] a retry in flight, later, and after the room was dropped from memory gets the first answer', async () => {
    const floor = createFloor({ roomStatesMax: 1 });
    const a = floor.device(0);
    const room = await a.createGroup([]);
    const command = a.command(room, send('once'));
    const [first, again] = await Promise.all([floor.rooms.submit(command), floor.rooms.submit(command)]);
    expect(accepted(first) as number).toBe(2);
    expect(again).toEqual(first);
    expect(await floor.rooms.submit(command)).toEqual(first);
    for (let i = 1; i <= 5; i++) await a.createGroup([], 'all', i);
    expect(await floor.rooms.submit(command)).toEqual(first);
    const page = await floor.rooms.page(room, a.user, { direction: 'newer', limit: 10 });
    expect(page?.events).toHaveLength(2);
  });

  test('[ONCE1][DUR6] after a restart, in whatever order, every command gets its first answer', async () => {
    const before = createFloor();
    const a = before.device(0);
    const room = await a.createGroup([]);
    const commands = Array.from({ length: 200 }, (_, i) => a.command(room, send(`${i}`)));
    const first = await Promise.all(commands.map((command) => before.rooms.submit(command)));
    const after = createFloor({ engine: before.engine.reopen() });
    for (const index of [199, 0, 150, 3]) {
      const command = commands[index];
      if (command === undefined) throw new Error('no such command');
      expect(await after.rooms.submit(command)).toEqual(first[index] as never);
    }
    expect(after.engine.log.head as number).toBe(201);
  });

  test('[ONCE4] an id below all that is kept and never seen is refused for good', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const room = await a.createGroup([]);
    const missed = a.command(room, send('missed'));
    for (let i = 0; i < 64; i++) await a.send(room);
    expect(refusedCode(await floor.rooms.submit(missed))).toBe('id-too-old');
    expect(refusedCode(await floor.rooms.submit(missed))).toBe('id-too-old');
  });

  test('[ONCE5] a refusal by a rule is repeated, also when the rule would say otherwise now', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const rename = b.command(room, { kind: 'rename', name: '새 이름' });
    expect(refusedCode(await floor.rooms.submit(rename))).toBe('forbidden');
    accepted(await a.do(room, { kind: 'leave' })); // Now it is b who may.
    expect(refusedCode(await floor.rooms.submit(rename))).toBe('forbidden');
    expect(accepted(await b.do(room, { kind: 'rename', name: '새 이름' })) as number).toBe(3);
    const status = await floor.rooms.status(room, b.user, b.device, rename.clientMessageId as never);
    expect(status).toEqual({ status: 'refused', code: 'forbidden' });
  });

  test('[ONCE7] status waits for what is in flight', async () => {
    const gate = Promise.withResolvers<void>();
    let held = false;
    const floor = createFloor({ sync: () => (held ? gate.promise : Promise.resolve()) });
    const a = floor.device(0);
    const room = await a.createGroup([]);
    held = true;
    const command = a.command(room, send('slow'));
    const answer = floor.rooms.submit(command);
    const status = floor.rooms.status(room, a.user, a.device, command.clientMessageId as never);
    const unknown = await floor.rooms.status(group(9), a.user, a.device, command.clientMessageId as never);
    expect(unknown).toBeUndefined();
    gate.resolve();
    expect(await status).toEqual({ status: 'accepted', room, seq: accepted(await answer) });
    expect(await floor.rooms.status(room, a.user, a.device, a.mint(room))).toEqual({ status: 'unknown' });
  });

  test('[ONCE1][ONCE3] what is in flight and no longer in the room’s windows is found, too', async () => {
    const gate = Promise.withResolvers<void>();
    let held = false;
    const floor = createFloor({ sync: () => (held ? gate.promise : Promise.resolve()) });
    const devices = Array.from({ length: WINDOW_DEVICES_MAX + 2 }, (_, i) => floor.device(i));
    const [first, second] = devices;
    if (first === undefined || second === undefined) throw new Error('no devices');
    const room = await first.createGroup(devices.map((_, i) => i).slice(1));
    held = true;
    // More commands than a window keeps, and then more devices than there are windows.
    const commands = Array.from({ length: limits.SEND_WINDOW_IDS + 2 }, () =>
      second.command(room, send('second')),
    );
    const many = commands.map((command) => floor.rooms.submit(command));
    const others = devices
      .filter((device) => device !== second)
      .map((device) => device.do(room, send('others')));
    const again = [commands[0], commands[1], commands.at(-1)].map((command) =>
      floor.rooms.submit(command as SubmittedCommand),
    );
    await new Promise((resolve) => setImmediate(resolve)); // All are decided, and none is stored.
    gate.resolve();
    const answers = await Promise.all([...many, ...others]);
    expect(answers.map(accepted) as number[]).toEqual(answers.map((_, i) => i + 2));
    const [oldest, next, newest] = await Promise.all(again);
    expect([oldest, next, newest]).toEqual([answers[0], answers[1], answers[commands.length - 1]]);
    expect(floor.engine.log.head as number).toBe(answers.length + 1);
  });

  test('[ONCE1] of two deletions in flight one is made, and an edit behind it is refused', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const room = await a.createGroup([]);
    const [sent, deleted, again, edit] = await Promise.all([
      a.do(room, send('short-lived')),
      a.do(room, { kind: 'delete', refersTo: 2 as never }),
      a.do(room, { kind: 'delete', refersTo: 2 as never }),
      a.do(room, { kind: 'edit', refersTo: 2 as never, content: content('late') }),
    ]);
    expect([sent, deleted, again, edit].map(refusedCode)).toEqual([
      'accepted',
      'accepted',
      'already-deleted',
      'already-deleted',
    ]);
    const page = await floor.rooms.page(room, a.user, { direction: 'newer', limit: 10 });
    expect(page?.events[1]).toMatchObject({ kind: 'message', seq: 2 });
    expect(page?.events[1]).not.toHaveProperty('content');
  });
});
