import type { RoomId, UserId } from '@maru/protocol';
import { hasBlocked, type TrueRoom } from './truth.ts';

interface Unread {
  readonly reader: UserId;
  readonly room: RoomId;
  /** What counts as unread for them, by `seq`. */
  readonly unread: readonly number[];
  readonly truth: ReadonlyMap<RoomId, TrueRoom>;
}

/**
 * TEXT5: a device shows which unread messages name its user. Of those by somebody whom the user has ever blocked it hangs
 * on when the device last asked, where it does not hold them all itself: they are left out.
 */
export function mentionFaults(shown: readonly number[], { reader, room, unread, truth }: Unread): string[] {
  const state = truth.get(room);
  const isSure = (seq: number) => {
    const author = state?.events[seq - 1]?.sender;
    return author === undefined || !hasBlocked(truth, reader, author);
  };
  const seen = shown.filter(isSure).join();
  const should = state?.naming(reader, unread).filter(isSure).join();
  return seen === should ? [] : [`${reader} ${room}: named in ${seen}, should be ${should}`];
}
