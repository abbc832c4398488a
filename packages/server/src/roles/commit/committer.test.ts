import { describe, expect, test } from 'bun:test';
import { content } from '../../core/room/testing/people.ts';
import { accepted, createFloor, refusedCode } from '../../main/testing/floor.ts';
import { StorageBroken, StorageUnavailable } from '../../ports/log.ts';
import { COMMIT_QUEUE_BYTES_MAX } from './committer.ts';

const send = (text: string) => ({ kind: 'send', content: content(text) }) as const;

/** A disk that does what it is told with the next syncs, and then works. */
function disk() {
  const syncs: (() => Promise<void>)[] = [];
  const kinds: string[] = [];
  return {
    kinds,
    next: (...next: (() => Promise<void>)[]) => syncs.push(...next),
    sync: (kind: string) => {
      kinds.push(kind);
      return syncs.shift()?.() ?? Promise.resolve();
    },
  };
}

const full = () => Promise.reject(new StorageUnavailable('the disk is full'));

describe('groups', () => {
  test('[DUR1] what arrives while one append is under way goes into the next one', async () => {
    const { sync, next, kinds } = disk();
    const floor = createFloor({ sync });
    const a = floor.device(0);
    const room = await a.createGroup([]);
    const slow = Promise.withResolvers<void>();
    next(() => slow.promise);
    const first = a.send(room);
    await Promise.resolve();
    await Promise.resolve();
    const more = Array.from({ length: 50 }, () => a.send(room));
    slow.resolve();
    await Promise.all([first, ...more]);
    expect(kinds).toHaveLength(3);
    expect(floor.engine.log.head as number).toBe(52);
  });

  test('[DUR1][DUR2] nothing is answered or delivered before it is durable', async () => {
    const { sync, next } = disk();
    const floor = createFloor({ sync });
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    await b.open();
    const slow = Promise.withResolvers<void>();
    next(() => slow.promise);
    let answered = false;
    const answer = a.send(room).then(() => {
      answered = true;
    });
    for (let i = 0; i < 20; i++) await Promise.resolve();
    expect(answered).toBe(false);
    expect(b.got.frames).toEqual([]);
    slow.resolve();
    await answer;
    expect(b.got.seqs(room)).toEqual([2]);
  });

  test('[ONCE8] beyond the bytes that may wait, commands are refused as busy, and leave no trace', async () => {
    const { sync, next } = disk();
    const floor = createFloor({ sync });
    const a = floor.device(0);
    const room = await a.createGroup([]);
    const slow = Promise.withResolvers<void>();
    next(() => slow.promise);
    const big = 'x'.repeat(1_000_000);
    const sent = Array.from({ length: COMMIT_QUEUE_BYTES_MAX / 1_000_000 + 10 }, () => a.do(room, send(big)));
    const late = a.command(room, send('late'));
    expect(await floor.rooms.submit(late)).toMatchObject({
      kind: 'refused',
      error: { code: 'busy', retryable: true, retryAfterMs: 1_000 },
    });
    slow.resolve();
    await Promise.all(sent);
    expect(refusedCode(await floor.rooms.submit(late))).toBe('accepted');
  });
});

describe('failures', () => {
  test('[DUR3] when storing fails all that waits is refused as retryable, and no number is skipped', async () => {
    const { sync, next } = disk();
    const floor = createFloor({ sync });
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const other = await b.createGroup([], 'all', 1);
    await b.open();
    next(full);
    const commands = Array.from({ length: 10 }, (_, i) => a.command(room, send(`${i}`)));
    const answers = [
      ...commands.map((command) => floor.rooms.submit(command)),
      b.do(other, send('elsewhere')),
    ];
    for (const answer of await Promise.all(answers)) {
      expect(answer).toMatchObject({
        kind: 'refused',
        error: { code: 'storage-unavailable', retryable: true },
      });
    }
    expect(b.got.frames).toEqual([]);
    const again = await Promise.all(commands.map((command) => floor.rooms.submit(command)));
    expect(again.map(accepted) as number[]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(b.got.seqs(room)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(floor.engine.log.head as number).toBe(12);
  });

  test('[DUR3] what was decided on top of a failed append falls with it, members included', async () => {
    const { sync, next } = disk();
    const floor = createFloor({ sync });
    const [a, c] = [floor.device(0), floor.device(2)];
    const room = await a.createGroup([]);
    const slow = Promise.withResolvers<void>();
    next(() => slow.promise.then(full));
    const added = a.do(room, { kind: 'add', users: [c.user] });
    for (let i = 0; i < 5; i++) await Promise.resolve();
    const sent = c.do(room, send('I am in')); // Decided on a membership that will not be.
    slow.resolve();
    expect(refusedCode(await added)).toBe('storage-unavailable');
    expect(refusedCode(await sent)).toBe('storage-unavailable');
    expect(refusedCode(await c.do(room, send('still?')))).toBe('not-found');
    expect(await a.send(room)).toBe(2 as never);
  });

  test('[DUR3] a refused mark moves nothing, and the next one does', async () => {
    const { sync, next } = disk();
    const floor = createFloor({ sync });
    const [a, b] = [floor.device(0), floor.device(1)];
    const room = await a.createGroup([1]);
    const seq = await a.send(room);
    next(full);
    const mark = () => floor.inboxes.mark(b.user, b.device, room, { read: seq });
    expect((await mark())?.code).toBe('storage-unavailable');
    expect((await floor.inboxes.entry(b.user, room))?.entry.unreadCount).toBe(1);
    expect(await mark()).toBeUndefined();
    expect((await floor.inboxes.entry(b.user, room))?.entry.unreadCount).toBe(0);
  });

  test('[DUR4] when the engine can no longer say what is stored, nothing more is acknowledged', async () => {
    const { sync, next } = disk();
    const floor = createFloor({ sync });
    const a = floor.device(0);
    const room = await a.createGroup([]);
    const error = new StorageBroken('fsync failed');
    next(() => Promise.reject(error));
    let answered = false;
    void a.do(room, send('lost?')).then(() => {
      answered = true;
    });
    for (let i = 0; i < 20; i++) await Promise.resolve();
    expect(floor.broken).toEqual([error]);
    expect(answered).toBe(false);
    expect(refusedCode(await a.do(room, send('after')))).toBe('storage-unavailable');
    await floor.committer[Symbol.asyncDispose]();
  });

  test('[SLOW5] a worker that is closed refuses new commands as draining and commits those it has', async () => {
    const { sync, next } = disk();
    const floor = createFloor({ sync });
    const a = floor.device(0);
    const room = await a.createGroup([]);
    const slow = Promise.withResolvers<void>();
    next(() => slow.promise);
    const sent = Array.from({ length: 5 }, () => a.send(room));
    const closed = floor.rooms[Symbol.asyncDispose]().then(() => floor.committer[Symbol.asyncDispose]());
    expect(refusedCode(await a.do(room, send('late')))).toBe('draining');
    slow.resolve();
    await closed;
    expect((await Promise.all(sent)) as number[]).toEqual([2, 3, 4, 5, 6]);
    expect(floor.engine.log.head as number).toBe(6);
  });
});
