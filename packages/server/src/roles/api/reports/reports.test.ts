import { afterEach, beforeEach, describe, expect, test } from 'bun:test';
import { limits, newUserId, type RoomId, type Seq } from '@maru/protocol';
import {
  type ComposedServer,
  composedServer,
  type TestPerson,
} from '../../../main/testing/composed-server.ts';

let server: ComposedServer;
let ada: TestPerson;
let ben: TestPerson;
let root: TestPerson;
let room: RoomId;
beforeEach(async () => {
  server = composedServer();
  ada = await server.person('ada');
  ben = await server.person('ben');
  root = await server.person('root', { administrator: true });
  room = await server.group(ben, ada);
});
afterEach(() => server[Symbol.asyncDispose]());

type Given = Partial<{ user: string; room: string; seq: number; note: string; include: boolean }>;
const body = (given: Given) => ({ user: ben.user, reason: 'spam', ...given }) as never;
const report = (given: Given = {}, by = ada) =>
  server.client.outcome('postReport', { token: by.token, body: body(given) });
const list = (query: Record<string, string | number> = {}) =>
  server.client.call('listReports', { token: root.token, query });
const close = (number: number, remark?: string) =>
  server.client.call('putReport', {
    token: root.token,
    params: { report: number },
    body: { state: 'closed', ...(remark !== undefined && { remark }) },
  });

describe('a report', () => {
  test('[REPORT1] tells administrators who, whom, when and why, and the text only where it was included', async () => {
    const seq = await server.send(ben, room, 'Buy now!');
    expect(await report()).toBe('done');
    expect(await report({ room, seq })).toBe('done');
    const next = await server.send(ben, room, 'Last chance!');
    expect(await report({ room, seq: next, note: ' 세 번째 ', include: true })).toBe('done');
    const who = {
      by: { user: ada.user, handle: 'ada' },
      user: { user: ben.user, handle: 'ben' },
      ...{ reason: 'spam', at: server.clock.now(), state: 'open' },
    };
    expect((await list()).reports as unknown[]).toEqual([
      { report: 3, ...who, room, seq: next, note: '세 번째', text: 'Last chance!' },
      { report: 2, ...who, room, seq },
      { report: 1, ...who },
    ]);
  });

  test('[REPORT1] quotes the message as its reporter sees it: edited, whole, and not when it was deleted', async () => {
    const long = `${'long '.repeat(2_000)}end`;
    const seqs = [await server.send(ben, room, 'before'), await server.send(ben, room, long)];
    const deleted = await server.send(ben, room, 'to be deleted');
    const token = ben.token;
    const [first = 0] = seqs;
    const edit = {
      kind: 'edit',
      room,
      refersTo: first as Seq,
      content: { type: 'text', text: 'after' },
    } as const;
    await server.client.call('postCommand', { token, body: { ...edit, clientMessageId: server.nextId() } });
    const deletion = { kind: 'delete', room, refersTo: deleted as Seq } as const;
    await server.client.call('postCommand', {
      token,
      body: { ...deletion, clientMessageId: server.nextId() },
    });
    for (const seq of [...seqs, deleted]) expect(await report({ room, seq, include: true })).toBe('done');
    const texts = (await list()).reports.map(({ text }) => text).toReversed();
    expect(texts).toEqual(['after', long.slice(0, limits.REPORT_TEXT_CHARS_MAX), undefined]);
  });

  test('[REPORT1] is about what the reporter can see, and what that person wrote', async () => {
    const stranger = await server.person('stranger');
    const seq = await server.send(ben, room, 'Buy now!');
    const own = await server.send(ada, room, 'Stop it.');
    expect(await report({ room }, stranger)).toBe('not-found');
    expect(await report({ room, seq, include: true }, stranger)).toBe('not-found');
    expect(await report({ room, seq: own })).toBe('not-found');
    expect(await report({ room, seq: 1 })).toBe('not-found');
    expect(await report({ room, seq: 99 })).toBe('not-found');
    expect(await report({ user: newUserId() })).toBe('not-found');
    expect(await report({ user: ada.user })).toBe('bad-request');
    expect(await report({ seq })).toBe('bad-request');
    expect(await report({ room, include: true })).toBe('bad-request');
    expect(await report({ note: 'x'.repeat(limits.REPORT_NOTE_CHARS_MAX + 1) })).toBe('bad-request');
    expect((await list({ state: 'all' })).reports).toEqual([]);
  });

  test('[REPORT2] is kept once while it is open, and one person makes so many a minute', async () => {
    expect(await report()).toBe('done');
    expect(await report({ note: 'again' })).toBe('done');
    expect((await list()).reports).toHaveLength(1);
    let made = 2;
    while ((await report()) === 'done') made++;
    expect(made).toBe(10);
    const refused = await server.client.refusal('postReport', { token: ada.token, body: body({}) });
    expect(refused).toMatchObject({ code: 'rate-limited', retryAfterMs: 60_000 });
    server.clock.advance(60_000);
    expect(await report()).toBe('done');
    expect(await report({ user: ada.user }, ben)).toBe('done');
  });

  test('[REPORT2] may be one of so many that nobody has closed', async () => {
    for (let count = 0; count < limits.REPORTS_OPEN_MAX; count++) {
      const { user } = await server.person(`person${count}`);
      server.clock.advance(60_000);
      expect(await report({ user })).toBe('done');
    }
    server.clock.advance(60_000);
    const refused = await server.client.refusal('postReport', { token: ada.token, body: body({}) });
    expect(refused).toMatchObject({ code: 'too-many', limit: { name: 'REPORTS_OPEN_MAX' } });
    await close(1);
    server.clock.advance(60_000);
    expect(await report()).toBe('done');
  });

  test('[PRIV6] leaves ids in the log, and nothing of what was said', async () => {
    const seq = await server.send(ben, room, 'a secret text');
    await report({ room, seq, note: 'a secret note', include: true });
    await close(1, 'a secret remark');
    const logged = server.logged.filter((line) => line.includes('report'));
    expect(logged).toHaveLength(2);
    expect(logged.join()).toContain(ben.user);
    expect(server.logged.join()).not.toContain('secret');
  });
});

describe('an administrator', () => {
  test('[REPORT3] closes a report with a remark, which erases the quote, and opens it again', async () => {
    const seq = await server.send(ben, room, 'Buy now!');
    await report({ room, seq, include: true });
    const closedBy = { user: root.user, handle: 'root' };
    const closed = await close(1, 'Ben was asked to stop.');
    expect(closed).toMatchObject({ state: 'closed', remark: 'Ben was asked to stop.', closedBy });
    expect(closed).not.toContainKey('text');
    expect((await list()).reports).toEqual([]);
    expect((await list({ state: 'closed' })).reports).toEqual([closed]);
    const params = { report: 1 };
    const open = { token: root.token, params, body: { state: 'open' } } as const;
    expect(await server.client.call('putReport', open)).toMatchObject({ state: 'open' });
    expect(await server.client.call('getReport', { token: root.token, params })).not.toContainAnyKeys([
      'text',
      'closedAt',
      'remark',
    ]);
    expect(await server.client.refused('getReport', { token: root.token, params: { report: 2 } })).toBe(
      'not-found',
    );
  });

  test('[REPORT4] reads them in pages, newest first', async () => {
    for (let count = 0; count < 5; count++)
      await report({ user: (await server.person(`person${count}`)).user });
    const pages: number[][] = [];
    for (let after: string | undefined; ; ) {
      const page = await list({ limit: 2, ...(after !== undefined && { after }) });
      pages.push(page.reports.map((one) => one.report));
      after = page.next;
      if (after === undefined) break;
    }
    expect(pages).toEqual([[5, 4], [3, 2], [1]]);
  });

  test('[REPORT4] still sees whom a report is about when their account is gone', async () => {
    await report();
    await server.engine.directory.deleteUser(ben.user, server.clock.now());
    expect((await list()).reports[0]?.user).toEqual({ user: ben.user, handle: 'ben' });
    expect(await report()).toBe('done');
  });
});
