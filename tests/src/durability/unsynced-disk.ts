import { nativeLayer } from '../native-layer.ts';

/** The environment under which a process's data folder forgets what it did not sync. */
export async function unsyncedDiskEnvironment(disk: string, synced: string, syncFails?: string) {
  return {
    LD_PRELOAD: await nativeLayer('discard-unsynced'),
    MARU_DISK: disk,
    MARU_SYNCED: synced,
    ...(syncFails !== undefined && { MARU_SYNC_FAILS: syncFails }),
  };
}
