import type { Change, EventKind, Seq } from '@maru/protocol';
import { countsAsUnread } from '@maru/protocol';
import type { RoomCommand } from './command.ts';
import type { RoomEvent } from './event.ts';

/** An event that is being made. */
export type EventDraft = { -readonly [K in keyof RoomEvent]: RoomEvent[K] };

/** The next event of a room, with what every kind has. `head` is the state before it, or nothing yet. */
export function draftEvent(
  head: { readonly seq: number; readonly ordinal: number },
  command: RoomCommand,
  at: number,
  kind: EventKind,
  change?: Change,
): EventDraft {
  const counts = countsAsUnread(kind);
  const draft: EventDraft = {
    seq: (head.seq + 1) as Seq,
    at,
    kind,
    sender: command.sender,
    counts,
    ordinal: counts ? head.ordinal + 1 : head.ordinal,
  };
  if (command.device !== undefined) draft.device = command.device;
  if (command.clientMessageId !== undefined) draft.clientMessageId = command.clientMessageId;
  if (change !== undefined) draft.change = change;
  return draft;
}
