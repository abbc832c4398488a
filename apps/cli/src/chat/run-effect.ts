import {
  ApiError,
  Disconnected,
  InvalidCommand,
  type MaruClient,
  type Member,
  NetworkError,
  RequestRefused,
  type Sending,
} from '@maru/client';
import { type ErrorBody, type RoomId, type Seq, seq as seqSchema, type UserId } from '@maru/protocol';
import { UsageError } from '../command.ts';
import { findPerson } from '../commands/find-room.ts';
import type { ProfileFolder } from '../profile/profile.ts';
import { mentionsIn } from './mentions.ts';
import type { ClientEffect, UnseenCommand } from './state/effect.ts';
import type { UiEvent } from './state/update.ts';
import { nameOf, roomTitle, type World } from './state/world.ts';
import { shownInline } from './text/shown-text.ts';
import { errorText } from './texts/error-texts.ts';

export interface EffectDeps {
  readonly client: MaruClient;
  readonly folder: ProfileFolder;
  readonly world: () => World;
  readonly dispatch: (event: UiEvent) => void;
  /** The SDK has learnt these names. */
  readonly learnt: (users: Iterable<UserId>) => void;
}

/** Does what is to be done, and tells the state what came of it. Never rejects for what is to be expected. */
export async function runEffect(effect: ClientEffect, deps: EffectDeps): Promise<void> {
  try {
    await perform(effect, deps);
  } catch (error) {
    const text = explain(error, effect, deps.world());
    if (text === undefined) throw error;
    if (text !== '') sayBad(text, deps);
  }
}

async function perform(effect: ClientEffect, deps: EffectDeps): Promise<void> {
  const { client, dispatch } = deps;
  switch (effect.kind) {
    case 'older':
      await client.loadOlder(effect.room);
      return;
    case 'newer':
      await client.loadNewer(effect.room);
      return;
    case 'end':
      return client.jumpToEnd(effect.room);
    case 'jump':
      await client.jumpTo(effect.room, effect.seq);
      dispatch({ kind: 'jumped', room: effect.room });
      return;
    case 'read':
      client.markRead(effect.room);
      return;
    case 'mark':
      client.markUnread(effect.room);
      return;
    case 'typing':
      client.typing(effect.room);
      return;
    case 'members':
      return showMembers(effect.room, deps);
    case 'whole':
    case 'edit-whole':
      return fetchWhole(effect, deps);
    case 'direct':
      return direct(effect, deps);
    case 'group':
      return group(effect, deps);
    case 'send': {
      const { text, replyTo } = effect;
      await client.commands.send(effect.room, text, {
        ...mentions(effect, deps),
        ...(replyTo !== undefined && { replyTo }),
      });
      return;
    }
    default:
      watch(await command(effect, deps), deps, true);
  }
}

/** Commands of which nothing is seen if they fail. */
async function command(effect: UnseenCommand, deps: EffectDeps): Promise<Sending | undefined> {
  const { commands } = deps.client;
  switch (effect.kind) {
    case 'edit':
      return commands.edit(effect.room, effect.seq, effect.text, {
        ...mentions(effect, deps),
        ...replyOf(effect, deps),
      });
    case 'delete':
      return commands.delete(effect.room, effect.seq);
    case 'leave':
      return commands.leave(effect.room);
    case 'rename':
      return commands.rename(effect.room, effect.name);
    case 'describe':
      return commands.describe(effect.room, effect.description);
    case 'add':
      return commands.addMembers(effect.room, await find(effect.handles, deps));
    case 'remove': {
      const [user] = await find([effect.handle], deps);
      return user === undefined ? undefined : commands.removeMember(effect.room, user);
    }
    case 'resend':
      await commands.resend(effect.room, effect.id);
      return undefined;
    case 'discard':
      await commands.discard(effect.room, effect.id);
      return undefined;
  }
}

/**
 * Says it if the server refuses. What is seen nowhere is let go of then; a room that could not be made stays in the list
 * with what was written to it, until that is discarded.
 */
function watch(sending: Sending | undefined, deps: EffectDeps, unseen: boolean): void {
  sending?.outcome().then(
    async (outcome) => {
      if (outcome.kind === 'accepted') return;
      sayBad(refused(outcome.error, deps.world()), deps);
      if (unseen) await deps.client.commands.discard(sending.room, sending.clientMessageId);
    },
    // The client was closed before: it goes out the next time.
    () => undefined,
  );
}

function sayBad(text: string, { dispatch }: EffectDeps): void {
  dispatch({ kind: 'notice', notice: { tone: 'bad', text } });
}

function mentions({ room, text }: { room: RoomId; text: string }, { client }: EffectDeps) {
  const entities = mentionsIn(text, client.room(room)?.members?.values() ?? []);
  return entities.length === 0 ? {} : { entities };
}

/** What a message answers stays when its text is changed. */
function replyOf({ room, seq }: { room: RoomId; seq: Seq }, { client }: EffectDeps) {
  const content = client.room(room)?.messages.find((message) => message.seq === seq)?.content;
  const replyTo =
    content?.type === 'text' && 'replyTo' in content ? seqSchema.safeParse(content.replyTo) : undefined;
  return replyTo?.success === true ? { replyTo: replyTo.data } : {};
}

async function direct(
  { handle, text }: Extract<ClientEffect, { kind: 'direct' }>,
  deps: EffectDeps,
): Promise<void> {
  const { client, dispatch } = deps;
  const [user] = await find([handle], deps);
  if (user === undefined) return;
  const { room, sending } = await client.commands.openDirect(user);
  watch(sending, deps, false);
  dispatch({ kind: 'go', room });
  if (text !== '') await client.commands.send(room, text);
}

async function group(
  { name, handles }: Extract<ClientEffect, { kind: 'group' }>,
  deps: EffectDeps,
): Promise<void> {
  const { client, dispatch } = deps;
  const sending = await client.commands.createGroup(name, await find(handles, deps));
  watch(sending, deps, false);
  dispatch({ kind: 'go', room: sending.room });
}

async function find(handles: readonly string[], { client, folder, learnt }: EffectDeps): Promise<UserId[]> {
  const users: UserId[] = [];
  for (const handle of handles) {
    try {
      users.push(await findPerson(client, folder, handle));
    } catch (error) {
      if (error instanceof ApiError && error.code === 'not-found') throw new Nobody(handle);
      throw error;
    }
  }
  // Their names, for the list; without a server they follow later.
  await client.lookUp(users).then(
    () => learnt(users),
    () => undefined,
  );
  return users;
}

class Nobody extends Error {
  override readonly name = 'Nobody';
}

async function showMembers(room: RoomId, { client, world, dispatch, learnt }: EffectDeps): Promise<void> {
  await client.loadMembers(room);
  const now = world();
  const snapshot = client.room(room);
  if (snapshot === undefined) return;
  const members = [...(snapshot.members?.values() ?? [])];
  learnt(members.map(({ user }) => user));
  const states = { active: now.texts.active, away: now.texts.away, offline: '' };
  const lines = members.map((member) => {
    if (member.user === client.user) return memberLine(now, member, `(${now.texts.you})`);
    const state = snapshot.presence?.users.find(({ user }) => user === member.user)?.state ?? 'offline';
    return memberLine(now, member, states[state]);
  });
  const title = `${now.texts.membersOf(roomTitle(now, snapshot))} · ${members.length}`;
  dispatch({
    kind: 'panel',
    panel: { kind: 'members', title, text: lines.sort((a, b) => a.localeCompare(b)).join('\n'), scroll: 0 },
  });
}

/** What the list of the members says of each. */
function memberLine(world: World, { user, handle }: Member, state: string): string {
  const at = handle === undefined ? '' : ` @${handle}`;
  return `${nameOf(world, user)}${at}${state === '' ? '' : `  ${state}`}`;
}

async function fetchWhole(
  { kind, room, seq }: Extract<ClientEffect, { kind: 'whole' | 'edit-whole' }>,
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  const content = await client.openBody(room, seq);
  const text = 'text' in content ? String(content.text) : '';
  if (kind === 'edit-whole') {
    dispatch({ kind: 'edit', room, seq, text });
    return;
  }
  const now = world();
  const sender = client.room(room)?.messages.find((message) => message.seq === seq)?.sender;
  const title = now.texts.wholeText(sender === undefined ? '' : nameOf(now, sender));
  dispatch({ kind: 'panel', panel: { kind: 'text', title, text, scroll: 0 } });
}

/** What to say of an error; `''`: nothing; `undefined`: it is a fault. */
function explain(error: unknown, effect: ClientEffect, world: World): string | undefined {
  const { texts } = world;
  if (error instanceof Nobody) return texts.nobody(error.message);
  if (error instanceof UsageError) return texts.oneself;
  if (error instanceof InvalidCommand || error instanceof ApiError || error instanceof RequestRefused) {
    return refused(error.body, world);
  }
  // Nobody asked for it.
  if (error instanceof Disconnected && effect.kind === 'older' && effect.quiet === true) return '';
  if (error instanceof NetworkError) return texts.needsServer;
  if (error instanceof Disconnected)
    return effect.kind === 'older' || effect.kind === 'newer' || effect.kind === 'jump'
      ? texts.historyOffline
      : texts.needsServer;
  return undefined;
}

function refused(body: ErrorBody, { language }: World): string {
  return shownInline(errorText(body, language));
}
