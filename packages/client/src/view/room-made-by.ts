import { type Create, channelCreated, factsAfter, NO_FACTS, type Seq, type UserId } from '@maru/protocol';
import type { RoomSnapshot } from './view.ts';

const FIRST = 1 as Seq;

type Made = Pick<RoomSnapshot, 'roomKind' | 'name' | 'memberCount' | 'history' | 'facts'>;

/** What a room will be that this device is making. */
export function roomMadeBy(create: Create, me: UserId): Made {
  const { roomKind } = create;
  switch (roomKind) {
    case 'direct':
      return { roomKind, name: undefined, memberCount: 2, history: 'all', facts: NO_FACTS };
    case 'group': {
      const { name, history, users } = create;
      return { roomKind, name, memberCount: users.length + 1, history, facts: NO_FACTS };
    }
    case 'channel': {
      const change = channelCreated(me, create);
      const facts = factsAfter(NO_FACTS, { kind: 'created', seq: FIRST, sender: me, change });
      return { roomKind, name: create.name, memberCount: 1, history: 'all', facts };
    }
  }
}
