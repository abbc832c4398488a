import type { Engine } from '../../ports/engine.ts';
import { MemoryAccounts } from './memory-accounts.ts';
import { memoryDirectory } from './memory-directory.ts';
import { memoryInboxStore, SoftState } from './memory-inbox-store.ts';
import { memoryLog } from './memory-log.ts';
import { memoryReports, type StoredReports } from './memory-reports.ts';
import { memoryRoomStore } from './memory-room-store.ts';
import { MemorySchedules, memorySchedules } from './memory-schedules.ts';
import { memorySettingStore } from './memory-setting-store.ts';
import { MemoryState } from './memory-state.ts';
import { MemoryWriter, type Sync } from './memory-writer.ts';

export interface MemoryEngineOptions {
  readonly epoch?: number;
  /**
   * Called by every write; the write is on "durable storage", seen and answered, once it resolves. Rejecting with
   * `StorageUnavailable` stores nothing; with `StorageBroken` it leaves unknown whether the write is stored, and every
   * later write fails alike.
   */
  readonly sync?: Sync;
}

/** Keeps everything in memory. There is no clock and no chance in it, so that a simulation can replay it. */
export interface MemoryEngine extends Engine {
  /**
   * What a machine finds that lost power: an engine with what was synced, and the first `written` (0 by default) of the
   * writes that were under way. Soft writes are forgotten. This engine answers no write any more.
   */
  crash(written?: number): MemoryEngine;
  /** What a process finds that was stopped with care and started again. */
  reopen(): MemoryEngine;
}

interface Disk {
  readonly state: MemoryState;
  readonly accounts: MemoryAccounts;
  readonly reports: StoredReports;
  readonly schedules: MemorySchedules;
  readonly soft: SoftState;
}

/** Opens an empty engine. */
export function createMemoryEngine(options: MemoryEngineOptions = {}): MemoryEngine {
  const empty = {
    state: new MemoryState(),
    accounts: new MemoryAccounts(),
    reports: new Map(),
    schedules: new MemorySchedules(),
  };
  return open({ ...empty, soft: new SoftState() }, options);
}

function open(disk: Disk, options: MemoryEngineOptions): MemoryEngine {
  const writer = new MemoryWriter(options.sync ?? (async () => {}));
  return {
    broken: new Promise(() => undefined),
    log: memoryLog(disk.state, writer, options.epoch ?? 1),
    rooms: memoryRoomStore(disk.state),
    inboxes: memoryInboxStore(disk.state, disk.soft),
    settings: memorySettingStore(disk.state),
    directory: memoryDirectory(disk.accounts, disk.schedules, writer),
    reports: memoryReports(disk.reports, writer),
    schedules: memorySchedules(disk.schedules, writer),
    crash(written = 0) {
      writer.end(written);
      return open({ ...disk, soft: new SoftState() }, options);
    },
    reopen() {
      writer.end(0);
      return open(disk, options);
    },
    async [Symbol.asyncDispose]() {
      await writer.drained();
      writer.end(0);
    },
  };
}
