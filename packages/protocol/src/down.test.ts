import { describe, expect, test } from 'bun:test';
import { downFrame } from './down.ts';
import { newRoomId, newUserId } from './id-codec.ts';

const room = newRoomId();
const sender = newUserId();
const message = {
  seq: 1,
  at: 1_767_225_600_000,
  kind: 'message',
  sender,
  counts: true,
  ordinal: 1,
  content: { type: 'text', text: '안녕' },
};
const events = (...of: unknown[]) => ({ kind: 'events', room, events: of });

describe('a frame from a server', () => {
  test("[WIRE2] is read without the fields that this version doesn't know", () => {
    const frame = events({ ...message, ofALaterVersion: 1 });
    expect(downFrame.parse({ ...frame, more: true })).toEqual(events(message) as never);
  });

  test("[WIRE2] brings events of kinds and changes that this version doesn't know, and the others with them", () => {
    const later = {
      ...message,
      seq: 2,
      kind: 'reaction',
      counts: false,
      change: { type: 'reacted', emoji: '👍' },
    };
    const { change: _change, ...known } = later;
    expect(downFrame.parse(events(message, later))).toEqual(events(message, known) as never);
  });

  test('[WIRE2] brings a refusal with a code of a later version', () => {
    const clientMessageId = '01890a5d-ac96-774b-bcce-b302099a8057';
    const frame = {
      kind: 'refused',
      room,
      clientMessageId,
      code: 'blocked',
      message: 'They blocked you.',
      retryable: false,
    };
    expect(downFrame.parse(frame)).toMatchObject({ code: 'internal', retryable: false });
  });

  test("of an unknown kind is not read: a client passes over what it doesn't know", () => {
    expect(downFrame.safeParse({ kind: 'of-a-later-version' }).success).toBe(false);
  });
});
