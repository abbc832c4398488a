import type { RoomSnapshot } from '@maru/client';
import { countCodePoints, limits, type Draft as OwnDraft, type RoomId } from '@maru/protocol';
import { EMPTY, withText } from '../composer/composer.ts';
import type { Effect } from './effect.ts';
import type { Draft, Purpose, Ui } from './ui.ts';
import { nameOf, type World } from './world.ts';

/** What the user's other devices are told of what is being written; `undefined`: nothing, or a command. */
export function draftOf(ui: Pick<Ui, 'composer' | 'purpose' | 'stashed'>): OwnDraft | undefined {
  const { composer, purpose } = ui.stashed ?? ui;
  const { text } = composer;
  const isCommand = text.startsWith('/') && !text.startsWith('//') && purpose.kind === 'message';
  if (text.trim() === '' || isCommand || countCodePoints(text) > limits.MESSAGE_CHARS_MAX) return undefined;
  switch (purpose.kind) {
    case 'message':
      return { text };
    case 'edit':
      return { text, editOf: purpose.seq };
    case 'reply':
      return { text, replyTo: purpose.seq };
  }
}

export function isSameDraft(a: OwnDraft | undefined, b: OwnDraft | undefined): boolean {
  return a?.text === b?.text && a?.replyTo === b?.replyTo && a?.editOf === b?.editOf;
}

/** What the SDK is to be told after a step. */
export function draftEffects(before: Ui, after: Ui): Effect[] {
  if (before.room === undefined || before.going || before.appends) return [];
  if (before.room !== after.room) return [{ kind: 'flush-draft', room: before.room }];
  const draft = draftOf(after);
  return isSameDraft(draftOf(before), draft) ? [] : [{ kind: 'draft', room: before.room, draft }];
}

/** What is to stand in a room's input: as it was left here, unless another device has gone on with it, or sent it. */
export function draftIn(drafts: Ui['drafts'], room: RoomId, world: World): Draft {
  const left = drafts.get(room);
  const own = world.snapshot(room)?.draft;
  if (left !== undefined) {
    const shared = draftOf({ ...left, stashed: undefined });
    // A command, or what is too long for the others, is here alone.
    if (shared === undefined || isSameDraft(shared, own)) return left;
  }
  return asWritten(own, world, world.snapshot(room));
}

/** The SDK has another draft of the open room than before: it stands in the input, where nothing else was begun. */
export function withDraft(ui: Ui, seen: OwnDraft | undefined, world: World): Ui {
  const { room } = world;
  if (room === undefined || ui.stashed !== undefined || ui.appends) return ui;
  const here = draftOf(ui);
  if (!isSameDraft(here, seen) || isSameDraft(here, room.draft)) return ui;
  if (here === undefined && ui.composer.text !== '') return ui;
  return { ...ui, ...asWritten(room.draft, world, room), completion: undefined };
}

function asWritten(own: OwnDraft | undefined, world: World, room: RoomSnapshot | undefined): Draft {
  if (own === undefined) return { composer: EMPTY, purpose: { kind: 'message' } };
  return { composer: withText(own.text), purpose: purposeOf(own, world, room) };
}

function purposeOf({ editOf, replyTo }: OwnDraft, world: World, room: RoomSnapshot | undefined): Purpose {
  if (editOf !== undefined) return { kind: 'edit', seq: editOf };
  if (replyTo === undefined) return { kind: 'message' };
  const sender = room?.messages.find(({ seq }) => seq === replyTo)?.sender;
  return {
    kind: 'reply',
    seq: replyTo,
    name: sender === undefined ? world.texts.somebody : nameOf(world, sender),
  };
}
