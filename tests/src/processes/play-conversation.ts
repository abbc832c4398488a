import type { MaruClient } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import type { SeededRandom } from '../simulation/seeded-random.ts';
import type { Conversation } from './conversations.ts';
import type { SaidMessages } from './said.ts';

/** The devices of the people of a conversation, in the order of its speakers. */
export type Cast = readonly (readonly MaruClient[])[];

export interface Stage {
  readonly cast: Cast;
  readonly said: SaidMessages;
  readonly random: SeededRandom;
  /** Called after each line of the conversation. */
  readonly played: (line: number) => void;
}

/** Lines that may be on their way at a time. */
const WINDOW_LINES = 64;

/** Plays a conversation in a room of all its people: each line from one of its speaker's devices. */
export async function playConversation(
  { lines, speakers }: Conversation,
  name: string,
  { cast, said, random, played }: Stage,
): Promise<RoomId> {
  const places = new Map(speakers.map((speaker, place) => [speaker, place]));
  const [maker] = cast[0] ?? [];
  if (maker === undefined) throw new Error('a conversation of nobody');
  const users = new Set(cast.map(([client]) => client?.user).filter((user) => user !== undefined));
  users.delete(maker.user);
  const creating = await maker.commands.createGroup(name, [...users]);
  await creating.outcome();
  const { room } = creating;
  const underWay = new Set<Promise<unknown>>();
  for (const [n, { speaker, text }] of lines.entries()) {
    const client = random.pick(cast[places.get(speaker) ?? 0] ?? []);
    const answer = said.say(client, room, text).then((sending) => sending.outcome());
    const done = answer.finally(() => underWay.delete(done));
    underWay.add(done);
    played(n);
    while (underWay.size >= WINDOW_LINES) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  return room;
}

/** Two people in their direct room: one asks, and the other answers what came in on their device. */
export async function playPairs(
  pairs: readonly (readonly [question: string, answer: string])[],
  [askers, answerers]: readonly [readonly MaruClient[], readonly MaruClient[]],
  { said, random }: Pick<Stage, 'said' | 'random'>,
): Promise<RoomId> {
  const [maker] = askers;
  const [other] = answerers;
  if (maker === undefined || other === undefined) throw new Error('two people have to talk');
  const { room, sending } = await maker.commands.openDirect(other.user);
  await sending?.outcome();
  for (const [question, answer] of pairs) {
    const asking = await said.say(random.pick(askers), room, question);
    const outcome = await asking.outcome();
    if (outcome.kind === 'failed') throw new Error(`a question was refused: ${outcome.error.code}`);
    const answerer = random.pick(answerers);
    await answerer.until(() => (answerer.room(room)?.latest?.seq ?? 0) >= outcome.seq);
    await said.say(answerer, room, answer);
  }
  return room;
}
