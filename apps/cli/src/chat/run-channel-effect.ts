/** What `maru chat` does about channels. */
import type { Sending } from '@maru/client';
import type { ListedChannel, RoomId } from '@maru/protocol';
import type { EffectDeps } from './effect-deps.ts';
import { say, showText } from './say.ts';
import { fold } from './state/completion.ts';
import type { ChannelEffect } from './state/effect.ts';
import { shownInline } from './text/shown-text.ts';
import { signOf } from './view/sign-of.ts';

type Of<K extends ChannelEffect['kind']> = ChannelEffect & { kind: K };

/** Does what is to be done about channels. Resolves with the command that it gave, if it is one. */
export async function runChannelEffect(
  effect: ChannelEffect,
  deps: EffectDeps,
): Promise<Sending | undefined> {
  switch (effect.kind) {
    case 'channel':
      return make(effect, deps);
    case 'channels':
      await show(effect, deps);
      return undefined;
    case 'join-channel':
      return join(effect, deps);
  }
}

async function make({ name, isPublic }: Of<'channel'>, { client, dispatch }: EffectDeps): Promise<Sending> {
  const sending = await client.commands.createChannel(name, { public: isPublic });
  dispatch({ kind: 'go', room: sending.room });
  return sending;
}

async function show({ words }: Of<'channels'>, { client, world, dispatch }: EffectDeps): Promise<void> {
  const { channels, more } = await client.channels(words);
  const { texts } = world();
  const lines = channels.map(({ name, description, memberCount }) => {
    const about = description === undefined ? '' : `\n   ${shownInline(description)}`;
    return `${signOf({ roomKind: 'channel' })} ${shownInline(name)} · ${texts.members(memberCount)}${about}`;
  });
  const found = lines.length === 0 ? [texts.noChannels] : [...lines, ...(more ? [texts.moreChannels] : [])];
  const text = [...found, '', texts.channelsHint].join('\n');
  showText(dispatch, texts.channelsTitle, text);
}

/** Comes into the channel of this name, and goes there. */
async function join({ name }: Of<'join-channel'>, deps: EffectDeps): Promise<Sending | undefined> {
  const { client, world, dispatch } = deps;
  const { channels } = await client.channels(name);
  const found = channelOf(name, channels);
  if (found === undefined) {
    say(dispatch, 'warning', world().texts.noSuchChannel(shownInline(name)));
    return undefined;
  }
  const isInside = () => client.room(found)?.membership === 'member';
  if (isInside()) {
    dispatch({ kind: 'go', room: found });
    return undefined;
  }
  const sending = await client.commands.joinChannel(found);
  sending.outcome().then(
    async (outcome) => {
      if (outcome.kind === 'failed') return;
      await client.until(isInside);
      dispatch({ kind: 'go', room: found });
    },
    () => undefined,
  );
  return sending;
}

/** The one of this name, the biggest where several have it; or the only one that has the words. */
function channelOf(name: string, channels: readonly ListedChannel[]): RoomId | undefined {
  const named = channels.find((channel) => fold(channel.name) === fold(name));
  return (named ?? (channels.length === 1 ? channels[0] : undefined))?.room;
}
