import { type Beat, CLIENT_MESSAGE_ID_PATTERN, limits, ROOM_ID_PATTERN, type Send } from '@maru/protocol';

const SEND_BEGINNING = '{"kind":"send",';
const BEAT_BEGINNING = '{"kind":"beat",';
/** Longer ones are looked over before they are parsed (`json-bounds.ts`). */
const CHARS_MAX = 4_096;

/**
 * The two most frequent frames, a message of text and nothing else and a beat, read by hand: under load the schemas
 * take a sixth of a message's whole way. Gives what they would, or nothing where a frame has anything more or anything
 * wrong: then they decide.
 */
export function parsePlainFrame(text: string): Send | Beat | undefined {
  if (text.length > CHARS_MAX) return undefined;
  const isPlain = text.startsWith(SEND_BEGINNING)
    ? isPlainSend
    : text.startsWith(BEAT_BEGINNING)
      ? isPlainBeat
      : undefined;
  if (isPlain === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isPlain(value) ? value : undefined;
}

function isPlainSend(value: unknown): value is Send {
  if (!hasKeys(value, 4)) return false;
  const { kind, room, clientMessageId, content } = value as { [key in keyof Send]?: unknown };
  if (kind !== 'send' || !hasKeys(content, 2)) return false;
  const { type, text } = content as { type?: unknown; text?: unknown };
  return (
    typeof room === 'string' &&
    ROOM_ID_PATTERN.test(room) &&
    typeof clientMessageId === 'string' &&
    CLIENT_MESSAGE_ID_PATTERN.test(clientMessageId) &&
    type === 'text' &&
    typeof text === 'string'
  );
}

function isPlainBeat(value: unknown): value is Beat {
  if (!hasKeys(value, 3)) return false;
  const { kind, state, cursor } = value as { [key in keyof Beat]?: unknown };
  return (
    kind === 'beat' &&
    (state === 'active' || state === 'away') &&
    typeof cursor === 'string' &&
    cursor.length > 0 &&
    cursor.length <= limits.CURSOR_CHARS_MAX
  );
}

/** An object with so many keys, all of them its own, as those from JSON are. */
function hasKeys(value: unknown, count: number): value is object {
  if (typeof value !== 'object' || value === null) return false;
  let keys = 0;
  for (const _ in value) keys++;
  return keys === count;
}
