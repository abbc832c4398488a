import type { Log, LogEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
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
        const [first] = entries;
        if (first !== undefined && first.position !== state.head + 1) {
          throw new Error(`position ${first.position} after ${state.head}`);
        }
        for (const entry of entries) state.apply(entry);
      }),
    replay: (after) => replay(state, after, state.head),
  };
}

async function* replay(
  state: MemoryState,
  after: Position,
  head: Position,
): AsyncGenerator<readonly LogEntry[]> {
  for (let from = after; from < head; ) {
    const through = Math.min(head, from + REPLAY_BATCH_ENTRIES) as Position;
    const batch: LogEntry[] = [];
    for (let position = from + 1; position <= through; position++) {
      const entry = state.entry(position);
      if (entry !== undefined) batch.push(entry);
    }
    from = through;
    yield batch;
  }
}
