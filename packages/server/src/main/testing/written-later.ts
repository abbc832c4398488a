import { RULES_VERSION } from '../../core/room/state.ts';
import { createMemoryEngine, type MemoryEngine } from '../../engines/memory/memory-engine.ts';
import type { Position } from '../../ports/position.ts';

/** The same log, as if a later program had made its rooms, whose rules this one does not know (`[ORD6]`). For tests. */
export async function writtenLater({ log }: MemoryEngine): Promise<MemoryEngine> {
  const later = createMemoryEngine();
  for await (const batch of log.replay(0 as Position)) {
    const entries = batch.map((entry) => {
      if (entry.type !== 'event' || entry.event.kind !== 'created') return entry;
      return { ...entry, event: { ...entry.event, rulesVersion: RULES_VERSION + 1 } };
    });
    await later.log.append(entries);
  }
  return later;
}
