/**
 * Ids that follow from a log alone, so that importing it again repeats the same commands and the server's own rule for
 * repetitions (`[ONCE1]`) keeps everything as it is.
 */
import {
  type ClientMessageId,
  clientMessageIdToBytes,
  type DeviceId,
  idFromBytes,
  nextClientMessageId,
  type RoomId,
} from '@maru/protocol';
import type { ImportedLog } from './parse-log.ts';
import { sha256 } from './sha256.ts';

const NAMESPACE = 'maru import irc';

/** The one device that all imported lines come from. */
export const importer: DeviceId = idFromBytes('device', sha256(NAMESPACE, 'device').subarray(0, 16));

/**
 * The group that a log becomes: a UUIDv7 whose time is the log's first, and whose random part is derived from the log's
 * name and first line. A log that has grown keeps its group; another log that happens to be named alike gets its own.
 */
export function roomOfLog({ name, lines }: ImportedLog): RoomId {
  const random = sha256(NAMESPACE, 'room', name, lines[0]?.line ?? '').subarray(0, 10);
  return idFromBytes(
    'room',
    clientMessageIdToBytes(nextClientMessageId(undefined, lines[0]?.sentAt ?? 0, random)),
  );
}

/** The id of a log's command: 0 makes the group, 1 is the first line. Strictly rising. */
export function commandOfLog({ lines }: ImportedLog, room: RoomId, number: number): ClientMessageId {
  // A millisecond each: what else of the id would rise?
  const time = (lines[0]?.sentAt ?? 0) + number;
  return nextClientMessageId(undefined, time, sha256(NAMESPACE, 'command', room).subarray(0, 10));
}
