import { amendmentsOf } from '../room/amend.ts';
import { recordOfEntry } from '../room/with-entry.ts';
import type { ClientStore } from '../store/store.ts';
import { at, cursorAt, entry, ME, MY_DEVICE, message, messageId, messages, ROOM } from './fixtures.ts';

/** Gives a store something of every kind. */
export async function tellStory(store: ClientStore): Promise<void> {
  const command = {
    kind: 'send',
    room: ROOM,
    clientMessageId: messageId(9),
    content: { type: 'text', text: '안녕 👨‍👩‍👧‍👦 \u0000' },
  } as const;
  const edit = message(4, {
    ...{ kind: 'edit', counts: false, refersTo: at(2) },
    content: { type: 'text', text: 'better' },
  });
  const [amendment] = amendmentsOf(edit, ME, [[at(1), null]]);
  if (amendment === undefined) throw new Error('not an amendment');
  await store.apply([
    { kind: 'identity', identity: { user: ME, device: MY_DEVICE, token: 'a-token' } },
    { kind: 'events', room: ROOM, events: [...messages(1, 3), edit] },
    { kind: 'amend', room: ROOM, amendment },
    { kind: 'keep', room: ROOM, from: 2, to: 4 },
    { kind: 'room', record: { ...recordOfEntry(entry(messages(1, 3))), latest: message(3) } },
    { kind: 'outbox', item: { command, order: 1, createdAt: 1_000, failed: undefined } },
    { kind: 'last-id', room: ROOM, clientMessageId: messageId(9) },
    { kind: 'cursor', cursor: cursorAt(7) },
  ]);
}

/** All that a store holds of the story, as JSON. */
export async function readStory(store: ClientStore): Promise<string> {
  const { lastIds, ...state } = await store.load();
  return JSON.stringify([state, [...lastIds], await store.events(ROOM, 1, 100)]);
}
