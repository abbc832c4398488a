import type { Message } from '@maru/client';
import { handle as handleSchema, type RoomId, type Seq } from '@maru/protocol';
import { shownInline } from '../text/shown-text.ts';
import type { Effect } from './effect.ts';
import { type Step, step, warn } from './step.ts';
import type { Ui } from './ui.ts';
import { roomTitle, type World } from './world.ts';

/** Where a command acts, with what was written behind it. */
export interface Given {
  readonly ui: Ui;
  readonly world: World;
  readonly rest: string;
  readonly usage: Step;
}

export function inRoom({ ui, world }: Given, act: (room: NonNullable<World['room']>) => Step): Step {
  return world.room === undefined ? warn(ui, world.texts.noRoomOpen) : act(world.room);
}

/** A message of which there is still something to be read. */
export function isThere({ kind, deleted, expired }: Pick<Message, 'kind' | 'deleted' | 'expired'>): boolean {
  return kind === 'message' && !deleted && !expired;
}

/** What failed is discarded. */
export function isSaid({ kind, state }: Message): boolean {
  return kind === 'message' && state !== 'failed';
}

/** Does something of which nothing else is seen, and says so. */
export function told({ ui }: Pick<Given, 'ui'>, text: string, effect: Effect): Step {
  return step({ ...ui, notice: { tone: 'good', text } }, effect);
}

/** The message that an arrow key has chosen. */
export function chosen({ selected }: Ui, { room }: World): Message | undefined {
  return selected === undefined ? undefined : room?.messages.find(({ key }) => key === selected);
}

/** The last message here that the server has and of which there is still something to be read. */
export function lastSent({ room }: World): Message | undefined {
  return room?.messages.findLast((each) => isThere(each) && each.seq !== undefined);
}

/** Does something with a message that the server has, or says why that can't be; `none`: that there is nothing like it. */
export function withSent(
  ui: Ui,
  message: Message | undefined,
  { room, texts }: World,
  none: string,
  act: (room: NonNullable<World['room']>, seq: Seq, message: Message) => Step,
): Step {
  if (room === undefined || message === undefined || !isThere(message)) return warn(ui, none);
  return message.seq === undefined ? warn(ui, texts.notYetSent) : act(room, message.seq, message);
}

export function inGroup(given: Given, act: (room: RoomId, title: string) => Step): Step {
  return inRoom(given, (room) =>
    room.roomKind !== 'direct'
      ? act(room.room, roomTitle(given.world, room))
      : warn(given.ui, given.world.texts.groupsOnly),
  );
}

/** Goes on with the handles that were written, if they can be such. */
export function withHandles(
  ui: Ui,
  given: readonly string[],
  { texts }: World,
  act: (handles: readonly string[]) => Step,
): Step {
  const handles = given.map((word) => handleSchema.safeParse(word.replace(/^[@＠]/, '').toLowerCase()));
  const wrong = handles.findIndex(({ success }) => !success);
  if (wrong !== -1) return warn(ui, texts.badHandle(shownInline(given[wrong] ?? '')));
  return act(handles.flatMap(({ data }) => data ?? []));
}

/** What a word stands for, however its letters are put together. */
export function meantBy<T>(word: string, table: Readonly<Record<string, T>>): T | undefined {
  const given = word.normalize('NFC').toLowerCase();
  return Object.hasOwn(table, given) ? table[given] : undefined;
}

/** Asks before something is done. */
export function ask(ui: Ui, question: string, effect: Effect): Step {
  return step({ ...ui, confirm: { question, effect }, completion: undefined });
}
