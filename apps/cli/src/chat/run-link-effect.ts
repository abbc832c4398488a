/** What `maru chat` does about links into groups. */
import type { Sending } from '@maru/client';
import type { LinkCode, RoomId } from '@maru/protocol';
import type { EffectDeps } from './effect-deps.ts';
import { say, showLinks } from './say.ts';
import type { LinkEffect } from './state/effect.ts';
import { nameOf } from './state/world.ts';
import { urlFrom } from './url-from.ts';
import { whenText } from './view/times.ts';

type Of<K extends LinkEffect['kind']> = LinkEffect & { kind: K };

/** Does what is to be done about links. Resolves with the command that it gave, if it is one. */
export async function runLinkEffect(effect: LinkEffect, deps: EffectDeps): Promise<Sending | undefined> {
  switch (effect.kind) {
    case 'links':
      await listLinks(effect, deps);
      return undefined;
    case 'make-link':
      return makeLink(effect, deps);
    case 'join':
      return join(effect, deps);
    case 'forget':
      await forget(effect, deps);
      return undefined;
  }
}

/** Drops what is kept of a group that the user is out of, and goes on to another. */
async function forget({ room }: Of<'forget'>, { client, dispatch, world }: EffectDeps): Promise<void> {
  await client.forget(room);
  const [next] = world().rooms;
  if (next !== undefined) dispatch({ kind: 'go', room: next.room });
}

/** Makes a link, and shows it when the server has it. */
async function makeLink({ room, options }: Of<'make-link'>, deps: EffectDeps): Promise<Sending> {
  const { code, sending } = await deps.client.commands.makeLink(room, options);
  sending.outcome().then(
    async (outcome) => {
      if (outcome.kind === 'failed') return;
      const { texts } = deps.world();
      const text = `${await urlOf(room, code, deps)}\n\n${texts.linkHint}`;
      showLinks(deps.dispatch, texts.linkTitle(isChannel(room, deps)), text, texts.linkParted);
    },
    () => undefined,
  );
  return sending;
}

/** Comes in, and goes to the room; or has asked, and says so, and later that somebody has said yes. */
async function join({ code }: Of<'join'>, { client, world, dispatch }: EffectDeps): Promise<Sending> {
  const sending = await client.commands.join(code);
  const { room } = sending;
  const isIn = () => client.room(room)?.membership === 'member';
  sending.outcome().then(
    async (outcome) => {
      if (outcome.kind === 'failed') return;
      const { standing, name } = await client.lookAtLink(code);
      if (standing === 'requested') {
        say(dispatch, 'good', world().texts.hasAsked(name));
        await client.until(isIn);
        // In the place of what was said before.
        say(dispatch, 'good', world().texts.youAreIn(name));
        return;
      }
      await client.until(isIn);
      dispatch({ kind: 'go', room });
    },
    () => undefined,
  );
  return sending;
}

/** Shows the links into a group, and who asks to join. */
async function listLinks({ room }: Of<'links'>, deps: EffectDeps): Promise<void> {
  const { client, dispatch } = deps;
  const { links, requests } = await client.links(room);
  await client.lookUp([...links.map(({ by }) => by), ...requests.map(({ user }) => user)]);
  const now = deps.world();
  const { texts } = now;
  const lines = links.map((link, index) => {
    const uses = texts.linkUses(link.uses, link.usesMax);
    const ends = link.expiresAt === undefined ? [] : [texts.linkEnds(whenText(link.expiresAt, now))];
    const asks = link.approval ? [texts.linkAsks] : [];
    const about = [nameOf(now, link.by), uses, ...ends, ...asks].join(' · ');
    return `${index + 1}. ${about}\n${link.url ?? urlFrom(deps.folder, 'join', link.code)}`;
  });
  const asking = requests.map(({ handle, name }) => `@${handle}  ${name}`);
  const text = [
    ...(lines.length === 0 ? [texts.noLinks] : lines),
    ...(asking.length === 0 ? [] : ['', texts.whoAsks, ...asking]),
  ].join('\n');
  showLinks(dispatch, texts.linksTitle(isChannel(room, deps)), text, texts.linkParted);
}

function isChannel(room: RoomId, { client }: EffectDeps): boolean {
  return client.room(room)?.roomKind === 'channel';
}

/** As the server says that people reach it, else as this machine does. */
async function urlOf(room: RoomId, code: LinkCode, { client, folder }: EffectDeps): Promise<string> {
  const listed = await client.links(room).catch(() => undefined);
  return listed?.links.find((link) => link.code === code)?.url ?? urlFrom(folder, 'join', code);
}
