/** Things that are done to messages and bring a panel. */
import type { MaruClient } from '@maru/client';
import type { RoomId, Seq, UserId } from '@maru/protocol';
import type { UiEvent } from './state/update.ts';
import { nameOf, type World } from './state/world.ts';

interface TalkDeps {
  readonly client: MaruClient;
  readonly world: () => World;
  readonly dispatch: (event: UiEvent) => void;
  readonly learnt: (users: Iterable<UserId>) => void;
}

/** Shows who has put what on a message. */
export async function showReactions(
  { room, seq }: { readonly room: RoomId; readonly seq: Seq },
  { client, world, dispatch, learnt }: TalkDeps,
): Promise<void> {
  const { reactions } = await client.reactions(room, seq);
  const users = [...new Set(reactions.flatMap((kind) => kind.users))];
  await client.lookUp(users);
  learnt(users);
  const now = world();
  const lines = reactions.map(({ reaction, count, users: some }) => {
    const names = some.map((user) => (user === now.me ? now.texts.you : nameOf(now, user))).join(', ');
    return `${reaction} ${count}  ${names}`;
  });
  const sender = client.room(room)?.messages.find((message) => message.seq === seq)?.sender;
  const title = now.texts.reactionsTo(sender === undefined ? now.texts.somebody : nameOf(now, sender));
  dispatch({ kind: 'panel', panel: { kind: 'text', title, text: lines.join('\n'), scroll: 0 } });
}
