import { CLIENT_MESSAGE_ID_PATTERN, ROOM_ID_PATTERN, type Send } from '@maru/protocol';

const BEGINNING = '{"kind":"send",';
/** Longer ones are looked over before they are parsed (`json-bounds.ts`). */
const CHARS_MAX = 4_096;

/**
 * The most frequent frame of all, a message of text and nothing else, read by hand: under load the schemas take a
 * sixth of a message's whole way. Gives what they would, or nothing where a frame has anything more or anything wrong:
 * then they decide.
 */
export function parsePlainSend(text: string): Send | undefined {
  if (text.length > CHARS_MAX || !text.startsWith(BEGINNING)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isPlainSend(value) ? value : undefined;
}

function isPlainSend(value: unknown): value is Send {
  if (!hasKeys(value, 4) || !('content' in value) || !('kind' in value) || value.kind !== 'send')
    return false;
  const { room, clientMessageId, content } = value as { [key in keyof Send]?: unknown };
  return (
    typeof room === 'string' &&
    ROOM_ID_PATTERN.test(room) &&
    typeof clientMessageId === 'string' &&
    CLIENT_MESSAGE_ID_PATTERN.test(clientMessageId) &&
    hasKeys(content, 2) &&
    'type' in content &&
    content.type === 'text' &&
    'text' in content &&
    typeof content.text === 'string'
  );
}

/** An object with so many keys, all of them its own, as those from JSON are. */
function hasKeys(value: unknown, count: number): value is object {
  if (typeof value !== 'object' || value === null) return false;
  let keys = 0;
  for (const _ in value) keys++;
  return keys === count;
}
