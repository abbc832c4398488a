import { expect, test } from 'bun:test';
import type { Api, MaruClient } from '@maru/client';
import { whyNoNativeLayer } from '../native-layer.ts';
import { apiOf } from '../processes/devices.ts';
import { readLog } from '../processes/read-log.ts';
import { type SyncedFile, talkingServer } from './unsynced-server.ts';

const ACKNOWLEDGED = 200;
const STOPPED_MS = 20_000;
const why = whyNoNativeLayer();
const title =
  '[DUR4][DUR1][DUR2] an fsync of %s fails: the server ends with 1, what anybody was told is kept, and on the disk that is left all go on';

// Each commit syncs the first; checkpoints, which come behind, the others.
const files: readonly SyncedFile[] = ['log.db-wal', 'log.db', 'views.db'];

test.skipIf(why !== undefined).each(files)(
  why === undefined ? title : `${title} (skipped: ${why})`,
  async (file) => {
    await using stack = new AsyncDisposableStack();
    const { server, talk, failSync, cutPower } = await talkingServer(stack);
    const { acknowledged, devices, witness } = talk;
    await acknowledged.more(ACKNOWLEDGED);
    failSync(file);
    const stillRuns = Bun.sleep(STOPPED_MS).then(() => 'it still runs');
    expect(await Promise.race([server.exited, stillRuns])).toBe(1);
    expect(server.logged).toContain('the storage broke');

    await Promise.all(
      devices.clients.map((client) => client.until(() => client.connection.state !== 'online')),
    );
    const shown = newestShown(devices.clients);
    cutPower();
    await server.restart();
    const api = apiOf(server.url, witness);
    expect(await lost(api, shown)).toEqual([]);
    expect(await acknowledged.faults(api)).toEqual([]);

    devices.hurry();
    await acknowledged.more(ACKNOWLEDGED);
    await acknowledged.finish();
    expect(await acknowledged.faults(api)).toEqual([]);
    expect([...acknowledged.failed, ...devices.faults]).toEqual([]);
  },
  { timeout: 120_000 },
);

test.skipIf(why !== undefined)(
  why === undefined
    ? '[DUR4] an fsync fails when nobody has said anything for a while: the server ends with 1 all the same'
    : `[DUR4] an fsync fails in a quiet moment (skipped: ${why})`,
  async () => {
    await using stack = new AsyncDisposableStack();
    const { server, talk, failSync } = await talkingServer(stack);
    await talk.acknowledged.more(ACKNOWLEDGED);
    await talk.acknowledged.finish();
    failSync('log.db');
    // One commit more syncs the write-ahead log; the file itself is synced by the checkpoint, a quiet second later.
    const [client] = talk.devices.clients;
    const sending = await client?.commands.send(talk.group, 'the last word');
    expect(await sending?.outcome()).toMatchObject({ kind: 'accepted' });
    const stillRuns = Bun.sleep(STOPPED_MS).then(() => 'it still runs');
    expect(await Promise.race([server.exited, stillRuns])).toBe(1);
    expect(server.logged).toContain('the storage broke');
  },
  { timeout: 120_000 },
);

type Shown = ReturnType<typeof newestShown>;

/** The newest event that each device has, of each of its rooms: before it in its room it has all. */
function newestShown(clients: readonly MaruClient[]) {
  return clients.flatMap(({ device, rooms }) =>
    rooms.flatMap(({ room, latest }) => (latest === undefined ? [] : [{ by: device, room, event: latest }])),
  );
}

/** What devices have that the server has not. */
async function lost(api: Pick<Api, 'getEvents'>, shown: Shown): Promise<string[]> {
  const wrong: string[] = [];
  for (const [room, ofRoom] of Map.groupBy(shown, (each) => each.room)) {
    const log = await readLog(api, room);
    for (const { by, event } of ofRoom) {
      const kept = log[event.seq - 1];
      if (kept?.device === event.device && kept?.clientMessageId === event.clientMessageId) continue;
      wrong.push(`${room}: ${by} has ${event.seq} of ${log.length}, which is ${kept?.device}'s here`);
    }
  }
  return wrong;
}
