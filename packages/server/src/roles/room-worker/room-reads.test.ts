import { describe, expect, test } from 'bun:test';
import { type Event, event, type Seq } from '@maru/protocol';
import fc from 'fast-check';
import { content, group, user } from '../../core/room/testing/people.ts';
import { accepted, createFloor } from '../../main/testing/floor.ts';
import type { StoredEvent } from '../../ports/room-store.ts';
import { encodeEvent } from './encode-event.ts';
import { visiblePage } from './visible-page.ts';

const seqs = (page: { events: readonly StoredEvent[] } | undefined) =>
  page?.events.map(({ seq }) => seq as number);

describe('pages', () => {
  test('[SYNC6] in either direction and around, from any event, in rising order', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const room = await a.createGroup([]);
    for (let i = 0; i < 20; i++) await a.send(room);
    const page = async (direction: 'older' | 'newer' | 'around', from?: number, limit = 5) =>
      seqs(await floor.rooms.page(room, a.user, { direction, limit, ...(from && { from: from as Seq }) }));
    expect(await page('older')).toEqual([17, 18, 19, 20, 21]);
    expect(await page('older', 10)).toEqual([6, 7, 8, 9, 10]);
    expect(await page('older', 3)).toEqual([1, 2, 3]);
    expect(await page('newer')).toEqual([1, 2, 3, 4, 5]);
    expect(await page('newer', 10)).toEqual([10, 11, 12, 13, 14]);
    expect(await page('newer', 20)).toEqual([20, 21]);
    expect(await page('around', 10)).toEqual([8, 9, 10, 11, 12]);
    expect(await page('around', 1)).toEqual([1, 2, 3, 4, 5]);
    expect(await page('around', 21)).toEqual([17, 18, 19, 20, 21]);
    expect(await page('newer', 22)).toEqual([]);
    expect(await page('older', 1_000)).toEqual([17, 18, 19, 20, 21]);
  });

  test('[SYNC6] a page holds the visible events next to its start, for any spans', () => {
    const spans = fc
      .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 })
      .map((ends) => ends.sort((a, b) => a - b))
      .map((ends) =>
        ends.flatMap((from, i) => (i % 2 === 0 ? [[from, ends[i + 1] ?? null] as [Seq, Seq | null]] : [])),
      );
    const direction = fc.constantFrom('older' as const, 'newer' as const, 'around' as const);
    fc.assert(
      fc.property(
        spans,
        direction,
        fc.integer({ min: 1, max: 45 }),
        fc.integer({ min: 1, max: 12 }),
        (spans, dir, from, limit) => {
          const head = 40;
          const visible = Array.from({ length: head }, (_, i) => i + 1).filter((seq) =>
            spans.some(([first, last]) => seq >= first && seq <= (last ?? head)),
          );
          const ranges = visiblePage(spans, head, { direction: dir, from: from as Seq, limit });
          const page = ranges.flatMap(([first, last]) =>
            Array.from({ length: last - first + 1 }, (_, i) => first + i),
          );
          const older = visible.filter((seq) => seq <= from);
          const newer = visible.filter((seq) => seq >= from);
          if (dir === 'older') expect(page).toEqual(older.slice(-limit));
          else if (dir === 'newer') expect(page).toEqual(newer.slice(0, limit));
          else {
            expect(page).toHaveLength(Math.min(limit, visible.length));
            expect(visible.join()).toContain(page.join());
            if (visible.includes(from)) expect(page).toContain(from);
          }
        },
      ),
    );
  });
});

describe('who may read', () => {
  test('[PRIV1][PRIV2] removed, and read at once by every path: as if the room did not exist', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const sent = b.command(room, { kind: 'send', content: content('mine') });
    const seq = accepted(await floor.rooms.submit(sent));
    await b.open();
    const { cursor } = await floor.inboxes.sync(b.user, undefined, 20);
    accepted(await a.do(room, { kind: 'remove', user: b.user }));
    const { rooms, inboxes } = floor;
    for (const gone of [room, group(99)]) {
      expect(await rooms.page(gone, b.user, { direction: 'older', limit: 10 })).toBeUndefined();
      expect(await rooms.body(gone, b.user, seq)).toBeUndefined();
      expect(await rooms.members(gone, b.user)).toBeUndefined();
      expect(await rooms.access(gone, b.user)).toBeUndefined();
      expect(await rooms.status(gone, b.user, b.device, b.mint(room))).toBeUndefined();
      expect(await inboxes.entry(b.user, gone)).toBeUndefined();
      expect(await inboxes.receipts(b.user, gone)).toBeUndefined();
      expect(await inboxes.presence(b.user, gone)).toBeUndefined();
      expect(await inboxes.look(b.info, [gone])).toEqual([]);
      expect((await inboxes.mark(b.user, b.device, gone, { read: seq }))?.code).toBe('not-found');
      const answer = await b.do(gone, { kind: 'send', content: content('let me in') });
      expect(answer).toMatchObject({ kind: 'refused', error: { code: 'not-found' } });
    }
    const changes = await inboxes.sync(b.user, cursor, 20);
    expect(changes.rooms).toMatchObject([
      {
        entry: { room, membership: 'removed', visible: [] },
        events: [expect.stringContaining('"kind":"removed"')],
      },
    ]);
    expect((await inboxes.sync(b.user, undefined, 20)).rooms).toEqual([]);
    expect(await floor.rooms.submit(sent)).toMatchObject({ kind: 'accepted', seq }); // Their own command's answer stays.
  });

  test('[PRIV3] a read that began before the removal shows nothing of what came behind it', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    await a.send(room, 'before');
    const pages = [];
    const changes = [a.do(room, { kind: 'remove', user: b.user }), a.send(room, 'behind')];
    for (let i = 0; i < 12; i++) {
      pages.push(floor.rooms.page(room, b.user, { direction: 'older', limit: 10 }));
      await Promise.resolve();
    }
    await Promise.all(changes);
    expect(JSON.stringify(await Promise.all(pages))).not.toContain('behind');
  });

  test('[PRIV4][PRIV5] under since-joined a page shows the spans, and no edit of what lies outside them', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1], 'since-joined');
    const seen = await a.send(room, 'seen');
    accepted(await a.do(room, { kind: 'remove', user: b.user }));
    const missed = await a.send(room, 'missed');
    accepted(await a.do(room, { kind: 'edit', refersTo: seen, content: content('edited while away') }));
    accepted(await a.do(room, { kind: 'add', users: [b.user] }));
    accepted(await a.do(room, { kind: 'edit', refersTo: missed, content: content('missed, edited') }));
    const page = await floor.rooms.page(room, b.user, { direction: 'newer', limit: 50 });
    expect(page?.visible as unknown).toEqual([
      [1, 2],
      [6, null],
    ]);
    expect(seqs(page)).toEqual([1, 2, 6, 7]);
    expect(page?.events[1]).toMatchObject({ content: content('seen') });
    expect(JSON.stringify(page)).not.toContain('edited');
    expect(JSON.stringify(page)).not.toContain('missed');
  });

  test('[PRIV5] of edits that were made before and while the reader was away, a page shows the one that they may see', async () => {
    const floor = createFloor();
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1], 'since-joined');
    const said = await a.send(room, 'first');
    const edit = (text: string) => a.do(room, { kind: 'edit', refersTo: said, content: content(text) });
    accepted(await edit('second'));
    const third = accepted(await edit('third'));
    accepted(await a.do(room, { kind: 'remove', user: b.user }));
    accepted(await edit('while away'));
    accepted(await a.do(room, { kind: 'add', users: [b.user] }));
    const message = async () => {
      const page = await floor.rooms.page(room, b.user, { direction: 'newer', limit: 50 });
      return page?.events.find(({ seq }) => seq === said);
    };
    expect(await message()).toMatchObject({ edited: { seq: third, content: content('third') } });
    const last = accepted(await edit('last'));
    expect(await message()).toMatchObject({ edited: { seq: last, content: content('last') } });
    accepted(await a.do(room, { kind: 'delete', refersTo: said }));
    expect(await message()).not.toHaveProperty('edited');
  });

  test('[LIMIT5][PRIV8] the body of a long message is read by members, until it is deleted', async () => {
    const floor = createFloor();
    const [a, b, c] = [floor.device(0), floor.device(1), floor.device(2)];
    const room = await a.createGroup([1]);
    const body = JSON.stringify({ type: 'text', text: '긴'.repeat(5_000) });
    const seq = accepted(await a.do(room, { kind: 'send', content: content('긴') }, { body }));
    expect(await floor.rooms.body(room, b.user, seq)).toBe(body);
    expect(await floor.rooms.body(room, c.user, seq)).toBeUndefined();
    expect(await floor.rooms.body(room, b.user, (seq + 1) as Seq)).toBeUndefined();
    accepted(await a.do(room, { kind: 'delete', refersTo: seq }));
    expect(await floor.rooms.body(room, b.user, seq)).toBeUndefined();
  });

  test('a message that has expired is hidden on reading', async () => {
    const floor = createFloor();
    const a = floor.device(0);
    const room = await a.createGroup([]);
    const seq = accepted(
      await a.do(room, { kind: 'send', content: content('brief'), expiresAfter: 60 }, { body: '{}' }),
    );
    const read = async () =>
      (await floor.rooms.page(room, a.user, { direction: 'older', limit: 1 }))?.events[0];
    expect(await read()).toMatchObject({ seq, content: content('brief') });
    floor.clock.advance(60_000);
    expect(await read()).toMatchObject({ seq, kind: 'message' });
    expect(await read()).not.toHaveProperty('content');
    expect(await floor.rooms.body(room, a.user, seq)).toBeUndefined();
  });
});

test('an encoded event is the JSON of the protocol’s Event, whatever it holds', () => {
  const id = fc.integer({ min: 0, max: 1_000 }).map((n) => user(n));
  const text = fc.string({ unit: 'binary' }).map((text) => text.toWellFormed());
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const arbitrary = fc.record({
    seq: fc.integer({ min: 2, max: 1_000 }),
    sender: id,
    counts: fc.boolean(),
    refersTo: maybe(fc.constant(1)),
    mentions: maybe(fc.array(id, { maxLength: 3 })),
    expiresAfter: maybe(fc.constant(60)),
    expiresAt: maybe(fc.constant(9_999)),
    sentAt: maybe(fc.constant(-5)),
    name: maybe(text),
    content: maybe(text),
    edited: maybe(maybe(text)),
  });
  fc.assert(
    fc.property(arbitrary, ({ name, content: said, edited, ...rest }) => {
      const defined = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
      const textContent = (text: string) => ({ type: 'text', text }) as const;
      const plain = {
        ...defined,
        at: 1_000,
        kind: 'renamed',
        ordinal: 3,
        ...(name !== undefined && { change: { type: 'renamed', name } }),
        ...(said !== undefined && { content: textContent(said) }),
        ...(edited !== undefined && { edited: { seq: 9, at: 5, content: textContent(edited) } }),
      };
      const stored = {
        ...plain,
        ...(said !== undefined && { content: content(said) }),
        ...(edited !== undefined && { edited: { seq: 9, at: 5, content: content(edited) } }),
      } as unknown as StoredEvent;
      const decoded: Event = event.parse(JSON.parse(encodeEvent(stored)));
      expect(decoded).toEqual(plain as unknown as Event);
    }),
  );
});
