import type { Message } from '@maru/client';

/** Messages of one person within so long of each other are one group of bubbles. */
const GROUP_MS_MAX = 5 * 60_000;

/** One row of a conversation, in the order in which they stand. */
export type TimelineRow =
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  /** Everything below it was new when the user came. */
  | { readonly kind: 'new'; readonly key: string }
  /** Something that happened to the room. */
  | { readonly kind: 'event'; readonly key: string; readonly message: Message }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: Message;
      /** Whether it begins, and whether it ends, a group of bubbles of one person. */
      readonly first: boolean;
      readonly last: boolean;
    };

/**
 * @param newAfter the number of the last message that was read when the user came; `undefined`: nothing was new
 * @param isSameDay whether two moments are of the same day where the device is
 */
export function timelineRows(
  messages: readonly Message[],
  newAfter: number | undefined,
  isSameDay: (a: number, b: number) => boolean,
): TimelineRow[] {
  const rows: TimelineRow[] = [];
  let before: Message | undefined;
  let isNew = newAfter === undefined;
  messages.forEach((message, index) => {
    const beginsDay = before === undefined || !isSameDay(before.at, message.at);
    if (beginsDay) rows.push({ kind: 'day', key: `day ${message.key}`, at: message.at });
    const beginsNew =
      !isNew &&
      (message.seq ?? 0) > (newAfter ?? 0) &&
      message.state === 'received' &&
      message.kind === 'message';
    if (beginsNew) {
      rows.push({ kind: 'new', key: 'new' });
      isNew = true;
    }
    if (message.kind === 'message') {
      const after = messages[index + 1];
      const first = beginsDay || beginsNew || !isJoined(before, message);
      const last = !isJoined(message, after) || !isSameDay(message.at, after?.at ?? 0);
      rows.push({ kind: 'message', key: message.key, message, first, last });
    } else rows.push({ kind: 'event', key: message.key, message });
    before = message;
  });
  return rows;
}

function isJoined(before: Message | undefined, after: Message | undefined): boolean {
  if (before?.kind !== 'message' || after?.kind !== 'message') return false;
  return before.sender === after.sender && after.at - before.at < GROUP_MS_MAX;
}
