import type { LongBody } from '@maru/protocol';
import type { Engine } from '../../ports/engine.ts';
import type { EventEntry } from '../../ports/log.ts';
import type { Findings } from './finding.ts';

/** Looks whether the whole of a long message is there, with the length and the hash that its event names (`[LIMIT5]`). */
export async function checkBody(engine: Engine, entry: EventEntry, findings: Findings): Promise<void> {
  const { room, position, event, body } = entry;
  const at = { room, seq: event.seq, position };
  const long = event.content === undefined ? undefined : longOf(event.content);
  if (long === undefined) {
    if (body !== undefined) findings.add({ code: 'body', detail: 'a body that no event names', ...at });
    return;
  }
  const stored = await engine.rooms.body(room, event.seq);
  if (body === undefined || stored !== body) {
    findings.add({ code: 'body', detail: 'is not there', ...at });
    return;
  }
  const sha256 = new Bun.CryptoHasher('sha256').update(body).digest('hex');
  if (Buffer.byteLength(body) !== long.bytes || sha256 !== long.sha256) {
    findings.add({ code: 'body', detail: 'is not what its event names', ...at });
  }
}

function longOf(content: string): LongBody | undefined {
  // Most contents are short, and are not parsed.
  if (!content.includes('"long":')) return undefined;
  const parsed = JSON.parse(content) as { readonly long?: LongBody };
  return parsed.long;
}
