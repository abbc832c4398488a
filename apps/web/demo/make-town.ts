import type { MaruClient } from '@maru/client';
import type { LinkCode, RoomId, Seq } from '@maru/protocol';
import { Actor } from './actor.ts';
import { CAST, VISITOR } from './cast.ts';
import { STRANGERS } from './talk/directs.ts';
import type { Line, Scene, Stage } from './talk/scene.ts';
import { STAGES } from './talk/stages.ts';

/** A room that was made, with what is still to be said in it. */
export interface PlayedRoom {
  readonly room: RoomId;
  readonly stage: Stage;
}

export interface DemoTown extends AsyncDisposable {
  readonly actors: ReadonlyMap<string, Actor>;
  readonly rooms: readonly PlayedRoom[];
}

export interface TownOptions {
  readonly url: string;
  /** Of all accounts. */
  readonly password: string;
  /** Makes the visitor the administrator. */
  readonly invite?: string;
}

/** How many sign up at once: the server makes their passwords one after the other anyway. */
const SIGN_UPS_AT_ONCE = 4;

/** Signs the cast up, makes the rooms, and plays in each its first scene. */
export async function makeTown(options: TownOptions): Promise<DemoTown> {
  const actors = new Map<string, Actor>();
  const dispose = async () => {
    await Promise.all([...actors.values()].map((actor) => actor[Symbol.asyncDispose]()));
  };
  try {
    for (let from = 0; from < CAST.length; from += SIGN_UPS_AT_ONCE) {
      const some = CAST.slice(from, from + SIGN_UPS_AT_ONCE).map(async (character) => {
        const { invite, ...all } = options;
        const own = character.handle === VISITOR && invite !== undefined ? { invite } : {};
        actors.set(character.handle, await Actor.signUp({ ...all, ...own, character }));
      });
      await Promise.all(some);
    }
    const rooms: PlayedRoom[] = [];
    for (const stage of STAGES) {
      const room = await makeRoom(actors, stage);
      await read(actors, room, stage.scenes[0], await playAtOnce(actors, room, stage.scenes[0]));
      rooms.push({ room, stage });
    }
    await knock(actors);
    return { actors, rooms, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function makeRoom(actors: DemoTown['actors'], stage: Stage): Promise<RoomId> {
  const [maker = '', ...others] = stage.members;
  const client = clientOf(actors, maker);
  const users = others.map((handle) => actorOf(actors, handle).user);
  switch (stage.kind) {
    case 'direct':
      return befriend(actors, maker, others[0] ?? '');
    case 'group': {
      const { room } = await client.commands.createGroup(stage.name, users);
      if (stage.description !== undefined)
        await done(await client.commands.describe(room, stage.description));
      return room;
    }
    case 'channel': {
      const { description } = stage;
      const options = { public: true, ...(description !== undefined && { description }) };
      const { room } = await client.commands.createChannel(stage.name, options);
      await client.until(() => client.room(room)?.membership === 'member');
      const { code, sending } = await client.commands.makeLink(room);
      await done(sending);
      await Promise.all(others.map((handle) => join(clientOf(actors, handle), code)));
      return room;
    }
  }
}

async function join(client: MaruClient, code: LinkCode): Promise<void> {
  await done(await client.commands.join(code));
}

/** Two people who have each other among their contacts. */
async function befriend(actors: DemoTown['actors'], one: string, other: string): Promise<RoomId> {
  const asked = await clientOf(actors, one).commands.request(actorOf(actors, other).user);
  await done(asked);
  const client = clientOf(actors, other);
  await client.until(() => client.contacts.incoming.some(({ user }) => user === actorOf(actors, one).user));
  await done(await client.commands.accept(actorOf(actors, one).user));
  return asked.room;
}

/** Who is not known yet writes to the visitor. */
async function knock(actors: DemoTown['actors']): Promise<void> {
  for (const [handle, text] of STRANGERS) {
    const actor = actorOf(actors, handle);
    const { room } = await clientOf(actors, handle).commands.openDirect(actorOf(actors, VISITOR).user);
    await actor.say(room, text);
  }
}

async function playAtOnce(actors: DemoTown['actors'], room: RoomId, scene: Scene): Promise<Seq[]> {
  const said: Seq[] = [];
  for (const line of scene) {
    const [handle, text, { answers } = {}] = line;
    const seq = await actorOf(actors, handle).say(
      room,
      text,
      answers === undefined ? undefined : said.at(-answers),
    );
    said.push(seq);
    await Promise.all(likersOf(actors, room, line).map(({ liker, emoji }) => liker.react(room, seq, emoji)));
  }
  return said;
}

/** Everybody has read all of it; the visitor what came before they last spoke. */
async function read(
  actors: DemoTown['actors'],
  room: RoomId,
  scene: Scene,
  said: readonly Seq[],
): Promise<void> {
  const lastOf = (handle: string) => said[scene.findLastIndex(([speaker]) => speaker === handle)];
  for (const { client, character } of actors.values()) {
    if (client?.room(room)?.membership !== 'member') continue;
    const upTo = character.handle === VISITOR ? lastOf(VISITOR) : said.at(-1);
    if (upTo === undefined) continue;
    await client.until(() => Number(client.room(room)?.latest?.seq ?? 0) >= upTo);
    client.markRead(room, upTo);
  }
}

/** Who puts the emojis of a line on it: members who are there, the first first. */
export function likersOf(
  actors: DemoTown['actors'],
  room: RoomId,
  [handle, , { likes = [] } = {}]: Line,
): { readonly liker: Actor; readonly emoji: string }[] {
  const members = [...actors.values()].filter(
    (actor) => actor.character.handle !== handle && actor.client?.room(room)?.membership === 'member',
  );
  return likes.flatMap((emoji, at) => {
    const liker = members[at];
    return liker === undefined ? [] : [{ liker, emoji }];
  });
}

async function done(sending: Awaited<ReturnType<MaruClient['commands']['react']>>): Promise<void> {
  const outcome = await sending.outcome();
  if (outcome.kind === 'failed') throw new Error(outcome.error.message);
}

function actorOf(actors: DemoTown['actors'], handle: string): Actor {
  const actor = actors.get(handle);
  if (actor === undefined) throw new Error(`a scene names ${handle}, who is not in the cast`);
  return actor;
}

function clientOf(actors: DemoTown['actors'], handle: string): MaruClient {
  const { client } = actorOf(actors, handle);
  if (client === undefined) throw new Error(`${handle} is away`);
  return client;
}
