/** What every store of several tabs must do (see `SharedStore`). */
import { expect, test } from 'bun:test';
import type { SharedStore } from '../tabs/shared-store.ts';
import { cursorAt, message, messageId, ROOM } from './fixtures.ts';

/** @param make gives what opens the same storage, once for each tab */
export function testSharedStore(name: string, make: () => () => Promise<SharedStore>): void {
  const act = (n: number) => ({ kind: 'drop-command', room: ROOM, clientMessageId: messageId(n) }) as const;

  test(`[TABS3] ${name}: who was taken over from changes nothing any more`, async () => {
    const open = make();
    const [old, young] = [await open(), await open()];
    expect(await old.lead('old')).toBe(1);
    expect(await old.change('old', [{ kind: 'cursor', cursor: cursorAt(1) }], [])).toBe(2);
    expect(await young.lead('young')).toBe(3);
    const late = old.change('old', [{ kind: 'cursor', cursor: cursorAt(2) }], []);
    expect(await late.catch(({ reason }: { reason: string }) => reason)).toBe('taken-over');
    expect(await young.loadAt()).toMatchObject({ version: 3, state: { cursor: cursorAt(1) } });
    expect(await young.change('young', [{ kind: 'cursor', cursor: cursorAt(3) }], [])).toBe(4);
    expect(await old.loadAt()).toMatchObject({ version: 4, state: { cursor: cursorAt(3) } });
    await old.close();
    await young.close();
  });

  test(`[TABS2] ${name}: acts of any tab wait in their order, until they are carried out with what they changed`, async () => {
    const open = make();
    const [leading, other] = [await open(), await open()];
    await leading.lead('leading');
    await other.give([act(1), act(2)]);
    await leading.give([act(3)]);
    const given = await leading.given();
    expect(given.map(({ acts }) => acts)).toEqual([[act(1), act(2)], [act(3)]]);
    const [first, second] = given;
    if (first === undefined || second === undefined || second.key <= first.key) throw new Error('no order');
    const change = [{ kind: 'events', room: ROOM, events: [message(1)] }] as const;
    await leading.change('leading', change, [first.key]);
    expect(await other.given()).toEqual([second]);
    expect(await other.events(ROOM, 1, 1)).toEqual([message(1)]);
    await other.lead('other');
    await leading.change('leading', [], [second.key]).catch(() => undefined);
    expect(await other.given()).toEqual([second]);
    await leading.close();
    await other.close();
  });
}
