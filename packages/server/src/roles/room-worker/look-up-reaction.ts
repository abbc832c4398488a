import { withReaction } from '@maru/protocol';
import type { ReactionFacts, RoomCommand, SeenTarget, TargetFacts } from '../../core/room/command.ts';
import type { ReactedBy, RoomStore } from '../../ports/room-store.ts';
import type { Submission } from './live-room.ts';

type React = RoomCommand & { kind: 'react' };

/** What a reaction's decision must know of the message. */
export async function reactionTarget(
  store: RoomStore,
  pending: readonly Submission[],
  command: React,
  target: TargetFacts,
): Promise<SeenTarget & ReactionFacts> {
  const { room, refersTo, sender } = command;
  const [seen, reacted] = await Promise.all([
    seenTarget(store, command, target),
    store.reacted(room, refersTo, sender),
  ]);
  return { ...seen, ...withPending(reacted, pending, command) };
}

/** Whether the sender of a command may see its target, as far as the store knows. */
export async function seenTarget(
  store: RoomStore,
  { room, refersTo, sender }: Pick<React, 'room' | 'refersTo' | 'sender'>,
  target: TargetFacts,
): Promise<SeenTarget> {
  const intervals = await store.intervals(room, sender);
  const wasSeen = intervals.some(
    ({ visibleFrom, left }) => refersTo >= visibleFrom && (left === undefined || refersTo < left),
  );
  return { ...target, wasSeen };
}

function withPending({ all, own }: ReactedBy, pending: readonly Submission[], command: React): ReactionFacts {
  let kinds = all?.kinds ?? [];
  const owned = new Map(own.map((one) => [one.reaction, one.seq]));
  for (const { entry } of pending) {
    if (entry?.type !== 'event' || entry.event.refersTo !== command.refersTo) continue;
    const { change, sender, seq } = entry.event;
    if (change?.type !== 'reacted') continue;
    // What was committed while the store was asked is in its answer.
    if (seq > (all?.seq ?? 0)) kinds = withReaction(kinds, { ...change, mine: false });
    if (sender !== command.sender) continue;
    if (change.on) owned.set(change.reaction, seq);
    else owned.delete(change.reaction);
  }
  return {
    kinds: kinds.map(({ reaction }) => reaction),
    own: Array.from(owned, ([reaction, seq]) => ({ reaction, seq })),
  };
}
