/** What every client store must do (see `ClientStore`). */
import { expect, test } from 'bun:test';
import { roomSettingName, scheduledIdOf, type UserId } from '@maru/protocol';
import { amendmentsOf } from '../room/amend.ts';
import { recordOfEntry } from '../room/with-entry.ts';
import type { ClientStore, OutboxItem } from '../store/store.ts';
import {
  at,
  cursorAt,
  entry,
  ME,
  MY_DEVICE,
  message,
  messageId,
  messages,
  OTHER,
  ROOM,
  roomNumber,
  THIRD,
} from './fixtures.ts';

/** A store that a test opens, and opens again over the same storage. */
export interface StoreUnderTest {
  open(): Promise<ClientStore>;
  /** Opens what `store` leaves behind when its process dies without closing it. */
  reopen(store: ClientStore): Promise<ClientStore>;
}

const IDENTITY = { user: ME, device: MY_DEVICE, token: 'token' };

function item(n: number, order: number): OutboxItem {
  const command = {
    kind: 'send',
    room: ROOM,
    clientMessageId: messageId(n),
    content: { type: 'text', text: `${n}` },
  } as const;
  return { command, order, createdAt: 1_000 + n, failed: undefined };
}

export function testClientStore(name: string, make: () => StoreUnderTest): void {
  test(`${name}: a new store holds nothing`, async () => {
    const store = await make().open();
    const state = await store.load();
    expect(state.identity).toBeUndefined();
    expect(state.cursor).toBeUndefined();
    expect([state.rooms, state.outbox, [...state.lastIds]]).toEqual([[], [], []]);
    expect(await store.events(ROOM, 1, 100)).toEqual([]);
    await store.close();
  });

  test(`[OWN9] ${name}: settings are kept as they are, those the server has and those on their way`, async () => {
    const { open, reopen } = make();
    const store = await open();
    const [kept, gone] = [roomSettingName('room', ROOM), roomSettingName('draft', ROOM)];
    await store.apply([
      { kind: 'own', record: { name: kept, base: { pinned: 1 } } },
      { kind: 'own', record: { name: gone, base: { text: '안녕' } } },
    ]);
    const pending = { kind: 'room', patch: { mute: null, archived: 2 } } as const;
    const record = { name: kept, base: { pinned: 2 }, pending };
    await store.apply([
      { kind: 'own', record },
      { kind: 'own', record: { name: gone } },
    ]);
    const again = await reopen(store);
    expect((await again.load()).own).toEqual([record]);
    await again.close();
  });

  test(`[SYNC3] ${name}: what was applied is there after the process died, all of it`, async () => {
    const { open, reopen } = make();
    const store = await open();
    const record = { ...recordOfEntry(entry(messages(1, 3))), latest: message(3) };
    await store.apply([
      { kind: 'identity', identity: IDENTITY },
      { kind: 'events', room: ROOM, events: messages(1, 3) },
      { kind: 'room', record },
      { kind: 'outbox', item: item(9, 2) },
      { kind: 'outbox', item: item(8, 1) },
      { kind: 'last-id', room: ROOM, clientMessageId: messageId(9) },
      { kind: 'cursor', cursor: cursorAt(7) },
    ]);
    const again = await reopen(store);
    const state = await again.load();
    expect(state.identity).toEqual(IDENTITY);
    expect(state.cursor).toBe(cursorAt(7));
    expect(state.rooms).toEqual([record]);
    expect(state.outbox).toEqual([item(8, 1), item(9, 2)]);
    expect([...state.lastIds]).toEqual([[ROOM, messageId(9)]]);
    expect(await again.events(ROOM, 1, 100)).toEqual(messages(1, 3));
    await again.close();
  });

  test(`[LATER2] ${name}: what is scheduled is kept as a whole`, async () => {
    const { open, reopen } = make();
    const store = await open();
    expect((await store.load()).scheduled).toEqual({ revision: undefined, items: [] });
    const scheduled = scheduledIdOf(MY_DEVICE, ROOM, messageId(1));
    const item = {
      scheduled,
      room: ROOM,
      at: 5,
      state: 'waiting',
      content: { type: 'text', text: '나중' },
    } as const;
    await store.apply([{ kind: 'scheduled', list: { revision: 3, items: [item] } }]);
    const again = await reopen(store);
    expect((await again.load()).scheduled).toEqual({ revision: 3, items: [item] });
    await again.close();
  });

  test(`${name}: events are given by number, rising, of one room, and replaced`, async () => {
    const store = await make().open();
    const changed = message(2, { content: { type: 'text', text: 'changed' } });
    await store.apply([
      { kind: 'events', room: ROOM, events: [message(3), message(1)] },
      { kind: 'events', room: roomNumber(2), events: [message(2)] },
      { kind: 'events', room: ROOM, events: [message(2)] },
    ]);
    await store.apply([{ kind: 'events', room: ROOM, events: [changed] }]);
    expect(await store.events(ROOM, 2, 3)).toEqual([changed, message(3)]);
    expect(await store.events(ROOM, 4, 10)).toEqual([]);
    expect(await store.events(roomNumber(2), 1, 10)).toEqual([message(2)]);
    await store.close();
  });

  test(`${name}: changes are carried out in their order`, async () => {
    const store = await make().open();
    const record = recordOfEntry(entry([]));
    await store.apply([
      { kind: 'events', room: ROOM, events: messages(1, 5) },
      { kind: 'room', record },
      { kind: 'keep', room: ROOM, from: 2, to: 4 },
      { kind: 'events', room: ROOM, events: [message(6)] },
      { kind: 'outbox', item: item(1, 1) },
      { kind: 'outbox-done', room: ROOM, clientMessageId: messageId(1) },
      { kind: 'cursor', cursor: cursorAt(1) },
      { kind: 'cursor', cursor: undefined },
      { kind: 'last-id', room: ROOM, clientMessageId: messageId(1) },
      { kind: 'last-id', room: ROOM, clientMessageId: messageId(2) },
    ]);
    expect((await store.events(ROOM, 1, 10)).map(({ seq }) => seq as number)).toEqual([2, 3, 4, 6]);
    await store.apply([{ kind: 'forget-room', room: ROOM }]);
    const state = await store.load();
    expect(await store.events(ROOM, 1, 10)).toEqual([]);
    expect([state.rooms, state.outbox, state.cursor]).toEqual([[], [], undefined]);
    expect([...state.lastIds]).toEqual([[ROOM, messageId(2)]]);
    await store.close();
  });

  test(`[PEOPLE3] ${name}: people are kept, the latest last, until they are forgotten`, async () => {
    const { open, reopen } = make();
    const store = await open();
    expect(await store.load()).toMatchObject({ people: [], profileChange: undefined });
    const person = (user: UserId, name: string) => ({
      kind: 'person' as const,
      person: { user, handle: 'someone', name, status: '휴가 🏝', avatar: 'f'.repeat(64), changedAt: 5 },
    });
    await store.apply([person(OTHER, 'old'), person(THIRD, 'third'), person(ME, 'me'), person(OTHER, 'new')]);
    await store.apply([
      { kind: 'forget-people', users: [ME] },
      { kind: 'profile-change', change: { name: 'Me' } },
      { kind: 'profile-change', change: { name: 'Me', status: '' } },
    ]);
    const again = await reopen(store);
    const state = await again.load();
    expect(state.people).toEqual([person(THIRD, 'third').person, person(OTHER, 'new').person]);
    expect(state.profileChange).toEqual({ name: 'Me', status: '' });
    await again.apply([{ kind: 'profile-change', change: undefined }]);
    expect((await again.load()).profileChange).toBeUndefined();
    await again.close();
  });

  test(`[PEOPLE10] ${name}: the settings of the account are kept as they were last told`, async () => {
    const { open, reopen } = make();
    const store = await open();
    expect((await store.load()).accountSettings).toBeUndefined();
    const settings = {
      hidePresence: true,
      findable: false,
      whoMayWrite: 'contacts',
      whoMayAdd: 'everyone',
    } as const;
    await store.apply([{ kind: 'account-settings', settings: { ...settings, findable: true } }]);
    await store.apply([{ kind: 'account-settings', settings }]);
    const again = await reopen(store);
    expect((await again.load()).accountSettings).toEqual(settings);
    await again.apply([{ kind: 'account-settings', settings: undefined }]);
    expect((await again.load()).accountSettings).toBeUndefined();
    await again.close();
  });

  test(`${name}: an edit and a deletion change what is stored, and what is not stored stays out`, async () => {
    const store = await make().open();
    const amend = async (event: ReturnType<typeof message>) => {
      const [amendment] = amendmentsOf(event, ME, [[at(1), null]]);
      if (amendment === undefined) throw new Error('not an amendment');
      await store.apply([
        { kind: 'events', room: ROOM, events: [event] },
        { kind: 'amend', room: ROOM, amendment },
      ]);
    };
    const edit = (seq: number, refersTo: number, text: string) =>
      message(seq, { kind: 'edit', counts: false, refersTo: at(refersTo), content: { type: 'text', text } });
    await store.apply([{ kind: 'events', room: ROOM, events: messages(1, 2) }]);
    await amend(edit(3, 1, 'better'));
    await amend(edit(4, 1, 'best'));
    await amend(edit(5, 90, 'of what is not here'));
    const [first] = await store.events(ROOM, 1, 1);
    expect(first).toEqual(
      message(1, { edited: { seq: at(4), at: 1_004, content: { type: 'text', text: 'best' } } }),
    );
    await amend(message(6, { kind: 'deletion', counts: false, refersTo: at(1), content: undefined }));
    const all = await store.events(ROOM, 1, 100);
    expect(all.map(({ content }) => content !== undefined)).toEqual([false, true, false, false, true, false]);
    expect(all[0]?.edited).toBeUndefined();
    await store.close();
  });

  test(`[TIME5] ${name}: what has expired says nothing any more, edits included, and the next one is known`, async () => {
    const { open, reopen } = make();
    const store = await open();
    expect(await store.nextExpiry()).toBeUndefined();
    const text = (said: string) => ({ type: 'text', text: said });
    const edit = {
      kind: 'edit',
      counts: false,
      refersTo: at(2),
      expiresAt: 2_000,
      content: text('edited'),
    } as const;
    const edited = { seq: at(5), at: 1_005, content: text('edited') };
    await store.apply([
      {
        kind: 'events',
        room: ROOM,
        events: [
          message(1),
          message(2, { expiresAt: 2_000, edited }),
          message(3, { expiresAt: 3_000 }),
          message(5, edit),
        ],
      },
      { kind: 'events', room: roomNumber(2), events: [message(1, { expiresAt: 1_500 })] },
    ]);
    expect(await store.nextExpiry()).toBe(1_500);
    await store.apply([{ kind: 'expire', through: 2_000 }]);
    expect(await store.nextExpiry()).toBe(3_000);
    const again = await reopen(store);
    expect(await again.nextExpiry()).toBe(3_000);
    const said = (await again.events(ROOM, 1, 9)).map((event) => [
      event.content ?? event.edited,
      event.expiresAt,
    ]);
    expect(said).toEqual([
      [text('message 1'), undefined],
      [undefined, 2_000],
      [text('message 3'), 3_000],
      [undefined, 2_000],
    ]);
    expect((await again.events(roomNumber(2), 1, 1))[0]?.content).toBeUndefined();
    // A room that is begun anew, or forgotten, expects nothing.
    await again.apply([{ kind: 'keep', room: ROOM, from: 0, to: -1 }]);
    expect(await again.nextExpiry()).toBeUndefined();
    await again.close();
  });

  test(`[TALK6] ${name}: reactions are counted into what is stored, each once`, async () => {
    const store = await make().open();
    const react = async (seq: number, sender: typeof ME, on = true) => {
      const change = { type: 'reacted', reaction: '👍', on } as const;
      const event = message(seq, { kind: 'reaction', counts: false, refersTo: at(1), sender, change });
      const [amendment] = amendmentsOf(event, ME, [[at(1), null]]);
      if (amendment !== undefined) await store.apply([{ kind: 'amend', room: ROOM, amendment }]);
      return (await store.events(ROOM, 1, 1))[0]?.reactions;
    };
    await store.apply([{ kind: 'events', room: ROOM, events: [message(1)] }]);
    const one = { reaction: '👍', count: 1, mine: false };
    expect(await react(2, OTHER)).toEqual({ seq: at(2), kinds: [one] });
    expect(await react(2, OTHER)).toEqual({ seq: at(2), kinds: [one] });
    expect(await react(3, ME)).toEqual({ seq: at(3), kinds: [{ ...one, count: 2, mine: true }] });
    await react(4, OTHER, false);
    expect(await react(5, ME, false)).toEqual({ seq: at(5), kinds: [] });
    await store.close();
  });

  test(`${name}: what somebody else has in it is kept as it is`, async () => {
    const store = await make().open();
    const text = '한국어 👨‍👩‍👧‍👦 "quoted" \u0000 \u2028';
    const content = { type: 'x-sealed', bytes: text, more: [1, { deep: null }] };
    const event = message(1, { sender: OTHER, content, mentions: [ME], expiresAt: 5, sentAt: 6 });
    await store.apply([{ kind: 'events', room: ROOM, events: [event] }]);
    expect(await store.events(ROOM, 1, 1)).toEqual([event]);
    await store.close();
  });
}
