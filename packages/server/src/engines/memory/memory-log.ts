import type { Log, LogEntry } from '../../ports/log.ts';
import type { MemoryState } from './memory-state.ts';
import type { MemoryWriter } from './memory-writer.ts';

/** Entries of one batch of a replay. */
const REPLAY_BATCH_ENTRIES = 1_000;

/** `Log` of the memory engine. */
export function memoryLog(state: MemoryState, writer: MemoryWriter, epoch: number): Log {
  return {
    epoch,
    get head() {
      return state.head;
    },
    append: (entries) =>
      writer.write('append', () => {
        for (const entry of entries) state.apply(entry);
      }),
    async *replay(after) {
      const head = state.head;
      for (let position = after + 1; position <= head; position += REPLAY_BATCH_ENTRIES) {
        const batch: LogEntry[] = [];
        for (let i = position; i <= Math.min(head, position + REPLAY_BATCH_ENTRIES - 1); i++) {
          const entry = state.entry(i);
          if (entry !== undefined) batch.push(entry);
        }
        yield batch;
      }
    },
  };
}
