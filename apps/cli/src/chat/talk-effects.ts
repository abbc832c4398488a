/** Things that are done to messages and bring a panel. */
import type { MaruClient } from '@maru/client';
import type { RoomId, Seq } from '@maru/protocol';
import type { EffectDeps } from './effect-deps.ts';
import { say, showText } from './say.ts';
import type { TalkEffect } from './state/effect.ts';
import { nameOf, roomTitle, textOf, type World, wholeLength } from './state/world.ts';
import { shownInline } from './text/shown-text.ts';
import { wholeWhenText } from './view/times.ts';

export async function runTalkEffect(effect: TalkEffect, deps: EffectDeps): Promise<void> {
  switch (effect.kind) {
    case 'reactions':
      return showReactions(effect, deps);
    case 'forward':
      return forward(effect, deps);
    case 'versions':
      return showVersions(effect, deps);
  }
}

/** Sends a message on; what becomes of it there is seen there. */
async function forward(
  { room, seq, to, named }: Extract<TalkEffect, { kind: 'forward' }>,
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  await client.forward(room, seq, to, { named });
  const now = world();
  const titles = to.map(now.snapshot).flatMap((there) => (there === undefined ? [] : roomTitle(now, there)));
  say(dispatch, 'good', now.texts.forwardedTo(titles.join(', ')));
}

/** Shows what a message said, version by version. */
async function showVersions(
  { room, seq }: { readonly room: RoomId; readonly seq: Seq },
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  const { versions, omitted } = await client.versions(room, seq);
  const now = world();
  const blocks = versions.map(({ at, content }) => {
    const more = wholeLength({ content }) === undefined ? '' : ' …';
    return `${wholeWhenText(at, now)}\n${textOf({ content }) ?? now.texts.notText(shownInline(content.type))}${more}`;
  });
  if (omitted > 0) blocks.splice(1, 0, now.texts.versionsOmitted(omitted));
  const title = now.texts.versionsOf(senderOf(client, room, seq, now));
  showText(dispatch, title, blocks.join('\n\n'));
}

function senderOf(client: MaruClient, room: RoomId, seq: Seq, world: World): string {
  const sender = client.room(room)?.messages.find((message) => message.seq === seq)?.sender;
  return sender === undefined ? world.texts.somebody : nameOf(world, sender);
}

/** Shows who has put what on a message. */
async function showReactions(
  { room, seq }: { readonly room: RoomId; readonly seq: Seq },
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  const { reactions } = await client.reactions(room, seq);
  const users = [...new Set(reactions.flatMap((kind) => kind.users))];
  await client.lookUp(users);
  const now = world();
  const lines = reactions.map(({ reaction, count, users: some }) => {
    const names = some.map((user) => (user === now.me ? now.texts.you : nameOf(now, user))).join(', ');
    return `${reaction} ${count}  ${names}`;
  });
  const title = now.texts.reactionsTo(senderOf(client, room, seq, now));
  showText(dispatch, title, lines.join('\n'));
}
