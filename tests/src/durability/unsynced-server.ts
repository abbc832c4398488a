import { cpSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { seedPeople } from '../processes/people.ts';
import { FREE_RATES, ServerProcess } from '../processes/server-process.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { startTalk, type Talk } from './talking.ts';
import { unsyncedDiskEnvironment } from './unsynced-disk.ts';

/** Files of a data folder. */
export type SyncedFile = 'log.db' | 'log.db-wal' | 'views.db';

export interface UnsyncedServer {
  readonly server: ServerProcess;
  readonly talk: Talk;
  /** What a power cut leaves of the disk. */
  readonly synced: string;
  /** Lets the next sync of a file fail, as a disk does that has lost what it was given. */
  failSync(file: SyncedFile): void;
  /** Cuts the power while the server is down: what was not synced is gone. */
  cutPower(): void;
}

/** People who talk on a server whose disk forgets what was not synced. */
export async function talkingServer(stack: AsyncDisposableStack): Promise<UnsyncedServer> {
  const folder = stack.use(temporaryFolder()).path;
  const [disk, synced] = [path.join(folder, 'disk'), path.join(folder, 'synced')];
  const order = path.join(folder, 'the sync that fails');
  const people = await seedPeople(disk, ['가영', 'Bo', 'Célia', 'Дима']);
  // The accounts were made and closed without the layer: on both disks.
  cpSync(disk, synced, { recursive: true });
  const environment = await unsyncedDiskEnvironment(disk, synced, order);
  const server = stack.use(await ServerProcess.start({ dataFolder: disk, environment, flags: FREE_RATES }));
  const talk = await startTalk(server.url, people);
  stack.use(talk.devices);
  return {
    server,
    talk,
    synced,
    failSync(file) {
      // It is there whole or not at all.
      writeFileSync(`${order}.new`, file);
      renameSync(`${order}.new`, order);
    },
    cutPower() {
      rmSync(disk, { recursive: true });
      cpSync(synced, disk, { recursive: true });
    },
  };
}
