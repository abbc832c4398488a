import { expect, test } from 'bun:test';
import { raised } from './raised.ts';
import { RULES_VERSION } from './state.ts';
import { createGroup, roomOf, send } from './testing/room-of.ts';

test('[ORD6] an event raises its room to the rules that brought it, and never takes it back', () => {
  const { room, submit } = roomOf(createGroup(2));
  const decision = submit(send);
  const { state } = room;
  if (state === undefined || decision.kind !== 'event') throw new Error('nothing was sent');
  const next = RULES_VERSION + 1;
  expect(raised(state, next, decision)).toEqual({
    kind: 'event',
    event: { ...decision.event, rulesVersion: next },
  });
  for (const known of [RULES_VERSION - 1, RULES_VERSION])
    expect(raised(state, known, decision)).toBe(decision);
});
