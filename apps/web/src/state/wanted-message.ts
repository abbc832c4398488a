import type { RoomId, Seq } from '@maru/protocol';
import { sharedValue, useSharedValue } from './shared-value.ts';

/** A message that is to be shown as soon as its room is: what a search has found, or a star leads to. */
export interface WantedMessage {
  readonly room: RoomId;
  readonly seq: Seq;
}

const wanted = sharedValue<WantedMessage | undefined>(undefined);

/** Shows a message in its conversation; the caller opens that. `undefined`: it is shown. */
export function wantMessage(message: WantedMessage | undefined): void {
  wanted.set(message);
}

export function useWantedMessage(): WantedMessage | undefined {
  return useSharedValue(wanted);
}
