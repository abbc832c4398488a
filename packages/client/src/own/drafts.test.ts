import { describe, expect, test } from 'bun:test';
import { limits, roomSettingName } from '@maru/protocol';
import { at, ROOM } from '../testing/fixtures.ts';
import { onlineClient } from '../testing/online-client.ts';
import { confirm, sets, tell } from '../testing/own-settings.ts';
import { settle } from '../testing/virtual-clock.ts';
import { DRAFT_WRITE_MS } from './draft-pace.ts';

const DRAFT = roomSettingName('draft', ROOM);

describe('[OWN10] drafts', () => {
  test('are kept at once, and written to the server every few seconds and on leaving', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    for (const text of ['ㅇ', '아', '안']) client.settings.setDraft(ROOM, { text });
    expect(client.rooms[0]?.draft).toEqual({ text: '안' });
    expect(sets(world)).toEqual([]);
    await server.clock.advance(DRAFT_WRITE_MS);
    expect(sets(world)).toEqual([[DRAFT, { text: '안' }]]);
    await confirm(world);
    client.settings.setDraft(ROOM, { text: '안녕', replyTo: at(2) });
    await settle();
    void client.settings.flushDraft(ROOM);
    expect(sets(world).slice(1)).toEqual([[DRAFT, { text: '안녕', replyTo: 2 }]]);
    await confirm(world);
    client.settings.setDraft(ROOM, { text: '' });
    expect(client.room(ROOM)?.draft).toBeUndefined();
    expect(sets(world).at(-1)).toEqual([DRAFT, null]);
  });

  test('that come and go between two writes are never written', async () => {
    const world = await onlineClient();
    world.client.settings.setDraft(ROOM, { text: 'x' });
    world.client.settings.setDraft(ROOM, undefined);
    await world.server.clock.advance(2 * DRAFT_WRITE_MS);
    expect(sets(world)).toEqual([]);
  });

  test('are cleared by what is sent, in one write of the store', async () => {
    const world = await onlineClient();
    const { client, store } = world;
    client.settings.setDraft(ROOM, { text: '안녕' });
    await client.settings.flushDraft(ROOM);
    await confirm(world);
    await client.commands.send(ROOM, 'not this', { keepsDraft: true });
    expect(client.room(ROOM)?.draft).toEqual({ text: '안녕' });
    const written: string[][] = [];
    const apply = store.apply.bind(store);
    store.apply = (changes) => {
      written.push(changes.map(({ kind }) => kind));
      return apply(changes);
    };
    await client.commands.send(ROOM, '안녕');
    expect(client.room(ROOM)?.draft).toBeUndefined();
    expect(written.find((kinds) => kinds.includes('outbox'))).toContain('own');
    expect(sets(world).at(-1)).toEqual([DRAFT, null]);
  });

  test('are cleared by what is to be sent later', async () => {
    const { client } = await onlineClient();
    client.settings.setDraft(ROOM, { text: '안녕' });
    await client.commands.schedule(ROOM, 'not this', 5_000, { keepsDraft: true });
    expect(client.room(ROOM)?.draft).toEqual({ text: '안녕' });
    await client.commands.schedule(ROOM, '안녕', 5_000);
    expect(client.room(ROOM)?.draft).toBeUndefined();
  });

  test('of an edit are cleared by that edit alone', async () => {
    const world = await onlineClient();
    const { client } = world;
    const draft = { text: 'anew', editOf: at(2) };
    client.settings.setDraft(ROOM, draft);
    await client.commands.send(ROOM, 'something else');
    await client.commands.edit(ROOM, at(1), 'another');
    expect(client.room(ROOM)?.draft).toEqual(draft);
    await client.commands.edit(ROOM, at(2), 'anew');
    expect(client.room(ROOM)?.draft).toBeUndefined();
  });

  test('of another device show, but not over what is being written here', async () => {
    const world = await onlineClient();
    const { client, server } = world;
    await tell(world, DRAFT, { text: 'from the phone' });
    expect(client.room(ROOM)?.draft).toEqual({ text: 'from the phone' });
    client.settings.setDraft(ROOM, { text: 'from here' });
    await tell(world, DRAFT, { text: 'from the phone again' });
    expect(client.room(ROOM)?.draft).toEqual({ text: 'from here' });
    await server.clock.advance(DRAFT_WRITE_MS);
    expect(sets(world)).toEqual([[DRAFT, { text: 'from here' }]]);
    await confirm(world);
    await tell(world, DRAFT, { text: 'the newest' });
    expect(client.room(ROOM)?.draft).toEqual({ text: 'the newest' });
  });

  test('[OWN8] have the length of a message at most', async () => {
    const { client } = await onlineClient();
    const longest = { text: '말'.repeat(limits.MESSAGE_CHARS_MAX) };
    client.settings.setDraft(ROOM, longest);
    expect(() => client.settings.setDraft(ROOM, { text: `${longest.text}!` })).toThrow('too long');
    expect(client.room(ROOM)?.draft).toEqual(longest);
  });
});
