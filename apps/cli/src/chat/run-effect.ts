import {
  ApiError,
  Disconnected,
  InvalidCommand,
  NetworkError,
  RequestRefused,
  type Sending,
} from '@maru/client';
import { composeText, type ErrorBody, type RoomId, type UserId } from '@maru/protocol';
import { UsageError } from '../command.ts';
import { findPerson } from '../commands/find-room.ts';
import type { EffectDeps } from './effect-deps.ts';
import { Nobody, runPeopleEffect } from './people-effects.ts';
import { relate } from './relate.ts';
import { runAccountEffect } from './run-account-effect.ts';
import { runChannelEffect } from './run-channel-effect.ts';
import { runDeviceEffect } from './run-device-effect.ts';
import { runLinkEffect } from './run-link-effect.ts';
import { runMyLink } from './run-my-link.ts';
import { runOwnEffect } from './run-own-effect.ts';
import { say, showText } from './say.ts';
import { showMembers } from './show-members.ts';
import type { ClientEffect, UnseenCommand } from './state/effect.ts';
import { writtenOf } from './state/submit.ts';
import { nameOf, type World } from './state/world.ts';
import { runTalkEffect } from './talk-effects.ts';
import { shownInline } from './text/shown-text.ts';
import { errorText } from './texts/error-texts.ts';

/** Does what is to be done, and tells the state what came of it. Never rejects for what is to be expected. */
export async function runEffect(effect: ClientEffect, deps: EffectDeps): Promise<void> {
  try {
    await perform(effect, deps);
  } catch (error) {
    const text = explain(error, effect, deps.world());
    if (text === undefined) throw error;
    if (text !== '') say(deps.dispatch, 'bad', text);
  }
}

async function perform(effect: ClientEffect, deps: EffectDeps): Promise<void> {
  const { client } = deps;
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
      return jump(effect, deps);
    case 'read':
      return client.markRead(effect.room);
    case 'mark':
      return client.markUnread(effect.room);
    case 'typing':
      return client.typing(effect.room);
    case 'members':
      return showMembers(effect.room, deps);
    case 'reactions':
    case 'forward':
    case 'versions':
      return runTalkEffect(effect, deps);
    case 'whole':
    case 'edit-whole':
      return fetchWhole(effect, deps);
    case 'settings':
    case 'avatar':
      return runAccountEffect(effect, deps);
    case 'profile':
    case 'report':
    case 'whois':
      return runPeopleEffect(effect, deps);
    case 'direct':
      return direct(effect, deps);
    case 'group':
      return group(effect, deps);
    case 'send':
      return send(effect, deps);
    case 'mute':
    case 'unmute':
    case 'archive':
    case 'pin':
    case 'hide':
    case 'star':
    case 'folder':
    case 'drop-folder':
    case 'draft':
    case 'flush-draft':
    case 'keep-reply':
    case 'drop-reply':
      return runOwnEffect(effect, client);
    case 'device':
      return runDeviceEffect(effect, deps);
    case 'channel':
    case 'channels':
    case 'join-channel':
      watch(await runChannelEffect(effect, deps), effect, deps);
      return;
    case 'my-link':
      return runMyLink(effect, deps);
    case 'forget':
    case 'links':
    case 'make-link':
    case 'join':
      watch(await runLinkEffect(effect, deps), effect, deps);
      return;
    default:
      watch(await command(effect, deps), effect, deps);
  }
}

async function jump(
  { room, seq, choose }: Extract<ClientEffect, { kind: 'jump' }>,
  { client, dispatch }: EffectDeps,
): Promise<void> {
  await client.jumpTo(room, seq);
  dispatch({ kind: 'jumped', room, chosen: choose === true ? seq : undefined });
}

async function send(
  { room, text: written, replyTo, keepsDraft }: Extract<ClientEffect, { kind: 'send' }>,
  deps: EffectDeps,
): Promise<void> {
  const { text, options } = composed(room, written, deps);
  await deps.client.commands.send(room, text, {
    ...options,
    ...(replyTo !== undefined && { replyTo }),
    ...(keepsDraft !== undefined && { keepsDraft }),
  });
}

/** Commands of which nothing is seen if they fail. */
async function command(effect: UnseenCommand, deps: EffectDeps): Promise<Sending | undefined> {
  const { commands } = deps.client;
  switch (effect.kind) {
    case 'edit': {
      const { text, options } = composed(effect.room, effect.text, deps);
      return commands.edit(effect.room, effect.seq, text, options);
    }
    case 'delete':
      return commands.delete(effect.room, effect.seq);
    case 'react':
      return commands.react(effect.room, effect.seq, effect.reaction, effect.on);
    case 'pin-message':
      return commands.pin(effect.room, effect.seq, effect.on);
    case 'leave':
      return commands.leave(effect.room);
    case 'rename':
      return commands.rename(effect.room, effect.name);
    case 'describe':
      return commands.describe(effect.room, effect.description);
    case 'set-timer':
      return commands.setTimer(effect.room, effect.seconds);
    case 'schedule': {
      const { text, options } = composed(effect.room, effect.text, deps);
      return commands.schedule(effect.room, text, effect.at, { ...options, keepsDraft: true });
    }
    case 'reschedule':
      return reschedule(effect, deps);
    case 'unschedule':
      return commands.cancelScheduled(effect);
    case 'add':
      return commands.addMembers(effect.room, await find(effect.handles, deps));
    case 'remove': {
      const [user] = await find([effect.handle], deps);
      return user === undefined ? undefined : commands.removeMember(effect.room, user);
    }
    case 'role': {
      const [user] = await find([effect.handle], deps);
      return user === undefined ? undefined : commands.setRole(effect.room, user, effect.role);
    }
    case 'rights':
      return commands.setRights(effect.room, effect.rights);
    case 'slow':
      return commands.setSlowMode(effect.room, effect.seconds);
    case 'history':
      return commands.setHistory(effect.room, effect.history);
    case 'revoke-link':
      return commands.revokeLink(effect.room, effect.link);
    case 'answer-join': {
      const [user] = await find([effect.handle], deps);
      if (user === undefined) return undefined;
      return answersSomebody(effect, user, deps)
        ? commands.answerJoin(effect.room, user, effect.accept)
        : undefined;
    }
    case 'relate': {
      const user = await personOf(effect, deps);
      if (user === undefined) return undefined;
      return relate(effect, user, deps);
    }
    case 'resend':
      await commands.resend(effect.room, effect.id);
      return undefined;
    case 'discard':
      await commands.discard(effect.room, effect.id);
      return undefined;
  }
}

function reschedule(
  { room, scheduled, at, text: written, expiresAfter }: Extract<UnseenCommand, { kind: 'reschedule' }>,
  deps: EffectDeps,
): Promise<Sending> {
  const when = at === undefined ? {} : { at };
  const { commands } = deps.client;
  if (written === undefined) return commands.reschedule({ room, scheduled }, when);
  const { text, options } = composed(room, written, deps);
  return commands.reschedule(
    { room, scheduled },
    { ...when, said: text },
    { ...options, ...(expiresAfter !== undefined && { expiresAfter }) },
  );
}

async function personOf(
  person: Extract<UnseenCommand, { kind: 'relate' }>,
  deps: EffectDeps,
): Promise<UserId | undefined> {
  if ('user' in person) return person.user;
  if ('code' in person) return (await deps.client.findByLink(person.code)).user;
  return (await find([person.handle], deps))[0];
}

/**
 * Says it if the server refuses. What is seen nowhere is let go of then; a room that could not be made stays in the list
 * with what was written to it, until that is discarded.
 */
function watch(sending: Sending | undefined, effect: ClientEffect, deps: EffectDeps): void {
  sending?.outcome().then(
    async (outcome) => {
      if (outcome.kind === 'accepted') return;
      // What two people are to each other has changed: the user says whether it holds all the same (`[REL16]`).
      if (effect.kind === 'relate' && outcome.error.code === 'relation-changed') {
        say(deps.dispatch, 'bad', deps.world().texts.relationChanged);
        return;
      }
      const told = deps.world();
      const isUnasked = effect.kind === 'answer-join' && outcome.error.code === 'not-found';
      const text = isUnasked ? told.texts.hasNotAsked(`@${effect.handle}`) : refused(outcome.error, told);
      say(deps.dispatch, 'bad', text);
      if (effect.kind === 'direct' || effect.kind === 'group') return;
      await deps.client.commands.discard(sending.room, sending.clientMessageId);
    },
    // The client was closed before: it goes out the next time.
    () => undefined,
  );
}

/** Whether somebody asks to join, as far as is known here; says so where nobody does. */
function answersSomebody(
  { room, handle }: Extract<UnseenCommand, { kind: 'answer-join' }>,
  user: UserId,
  { client, world, dispatch }: EffectDeps,
): boolean {
  const requests = client.room(room)?.facts.requests ?? [];
  // Without a server somebody may ask of whom this device has not heard.
  if (client.connection.state !== 'online' || requests.some((one) => one.user === user)) return true;
  say(dispatch, 'warning', world().texts.hasNotAsked(`@${handle}`));
  return false;
}

/** What is sent of what was written. */
function composed(room: RoomId, written: string, { client, world, dispatch }: EffectDeps) {
  const { markup, person, texts } = world();
  const { members, peer, messages = [], can } = client.room(room) ?? {};
  // Without a server those are known who have said something here.
  const users = new Set([...messages.map(({ sender }) => sender), ...(peer === undefined ? [] : [peer])]);
  const people = members?.values() ?? [...users].map(person);
  const known = [...people].filter((each) => each !== undefined);
  const { text, entities: meant, mentionsAll } = composeText(written, known, { markup });
  const isAllowed = !mentionsAll || can?.['mention-all'] !== false;
  if (!isAllowed) say(dispatch, 'warning', texts.notAll);
  const entities = isAllowed ? meant : meant.filter(({ type }) => type !== 'mention-all');
  return { text, options: entities.length === 0 ? {} : { entities } };
}

async function direct(effect: Extract<ClientEffect, { kind: 'direct' }>, deps: EffectDeps): Promise<void> {
  const { handle, text } = effect;
  const { client, dispatch } = deps;
  const [user] = await find([handle], deps);
  if (user === undefined) return;
  const { room, sending } = await client.commands.openDirect(user);
  watch(sending, effect, deps);
  dispatch({ kind: 'go', room });
  if (text === '') return;
  const said = composed(room, text, deps);
  await client.commands.send(room, said.text, { ...said.options, keepsDraft: true });
}

async function group(effect: Extract<ClientEffect, { kind: 'group' }>, deps: EffectDeps): Promise<void> {
  const { name, handles, history } = effect;
  const { client, dispatch } = deps;
  const sending = await client.commands.createGroup(name, await find(handles, deps), history);
  watch(sending, effect, deps);
  dispatch({ kind: 'go', room: sending.room });
}

async function find(handles: readonly string[], { client, folder }: EffectDeps): Promise<UserId[]> {
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
  await client.lookUp(users).catch(() => undefined);
  return users;
}

async function fetchWhole(
  { kind, room, seq }: Extract<ClientEffect, { kind: 'whole' | 'edit-whole' }>,
  { client, world, dispatch }: EffectDeps,
): Promise<void> {
  const content = await client.openBody(room, seq);
  const now = world();
  if (kind === 'edit-whole') {
    dispatch({ kind: 'edit', room, seq, text: writtenOf({ content }, now) });
    return;
  }
  const text = 'text' in content ? String(content.text) : '';
  const sender = client.room(room)?.messages.find((message) => message.seq === seq)?.sender;
  const title = now.texts.wholeText(sender === undefined ? '' : nameOf(now, sender));
  showText(dispatch, title, text);
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
