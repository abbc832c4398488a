import type { Api } from '@maru/client';
import { type AnyContent, type Event, limits, type RoomId, type Seq } from '@maru/protocol';

/** A room's whole log as the server tells it over HTTP. */
export async function readLog(api: Pick<Api, 'getEvents'>, room: RoomId): Promise<Event[]> {
  const log: Event[] = [];
  for (;;) {
    const from = (log.length + 1) as Seq;
    const query = { from, direction: 'newer', limit: limits.PAGE_EVENTS_MAX } as const;
    const { events } = await api.getEvents({ params: { room }, query });
    if (events.length === 0) return log;
    log.push(...events);
    const last = log.at(-1)?.seq;
    if (last !== log.length) throw new Error(`${room}: event ${log.length} has seq ${last}`);
  }
}

/** What is wrong with a log in itself: `seq` from 1 without gaps, time that rises, no command twice. */
export function logFaults(room: RoomId, log: readonly Event[]): string[] {
  const wrong: string[] = [];
  const names = new Set<string>();
  let at = 0;
  log.forEach((event, i) => {
    if (event.seq !== i + 1) wrong.push(`${room}: seq ${event.seq} where ${i + 1} should be`);
    if (event.at < at) wrong.push(`${room}: time goes back at ${event.seq}`);
    at = event.at;
    // What the server does by itself has no name.
    if (event.device === undefined) return;
    const name = `${event.device} ${event.clientMessageId}`;
    if (names.has(name)) wrong.push(`${room}: ${name} is there twice`);
    names.add(name);
  });
  return wrong;
}

/** A message's text; `undefined` of everything else. */
export function textOf({ content }: { readonly content?: AnyContent | undefined }): string | undefined {
  return content !== undefined && 'text' in content ? String(content.text) : undefined;
}
