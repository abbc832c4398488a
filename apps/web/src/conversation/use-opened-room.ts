import { Disconnected, type MaruClient, RequestRefused, type RoomSnapshot } from '@maru/client';
import type { RoomId, Seq } from '@maru/protocol';
import { useEffect, useState } from 'react';
import { useClient } from '../state/client-context.tsx';
import { pacedChanges } from '../state/paced-changes.ts';

/** How a conversation was found. */
export interface Opened {
  /** The last message that was read; absent: nothing was new. */
  readonly newAfter?: number;
}

/** Opens a room as long as it is shown; `undefined` until its messages are here. */
export function useOpenedRoom(room: RoomId, isKnown: boolean): Opened | undefined {
  const client = useClient();
  const [opened, setOpened] = useState<Opened>();
  useEffect(() => {
    if (!isKnown) return;
    let isOver = false;
    const open = async () => {
      const found = await openAtUnread(client, room);
      if (isOver) return;
      // Its messages are shown from there: they have to be drawn with it.
      pacedChanges(client).flush();
      setOpened(found);
    };
    void open();
    return () => {
      isOver = true;
      // A store that fails is told of elsewhere.
      void client.settings.flushDraft(room).catch(() => undefined);
      client.close(room);
    };
  }, [client, isKnown, room]);
  return opened;
}

/** Loads the end of a room, or, where more is new than that has, the place where the new messages begin. */
async function openAtUnread(client: MaruClient, room: RoomId): Promise<Opened> {
  const before = client.room(room);
  await client.open(room);
  if (before === undefined || before.unreadCount === 0) return {};
  const { read } = before;
  const first = firstSeq(client.room(room));
  if (first !== undefined && first > read + 1) {
    try {
      await client.jumpTo(room, Math.max(read, 1) as Seq);
    } catch (error) {
      // The end is better than nothing: there is no session, or the room was closed to the user meanwhile.
      if (!(error instanceof Disconnected || error instanceof RequestRefused)) throw error;
    }
  }
  return { newAfter: read };
}

function firstSeq(snapshot: RoomSnapshot | undefined): number | undefined {
  return snapshot?.messages[0]?.seq;
}
