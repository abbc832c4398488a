/** Ids that follow from a number, and commands with defaults. For tests. */
import type { ClientMessageId, DeviceId, RoomId, Seq, UserId } from '@maru/protocol';
import { idFromBytes, nextClientMessageId } from '@maru/protocol';
import type { CommandBody, MemberLimits, RoomCommand, Stamped } from '../command.ts';
import type { EncodedContent } from '../event.ts';

function bytesOf(kind: number, number: number): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes[0] = kind;
  bytes[6] = 0x70;
  bytes[8] = 0x80;
  new DataView(bytes.buffer).setUint32(12, number);
  return bytes;
}

export function user(number: number): UserId {
  return idFromBytes('user', bytesOf(1, number));
}

export function device(ofUser: number, number: number): DeviceId {
  return idFromBytes('device', bytesOf(2, ofUser * 10_000 + number));
}

export function group(number = 0): RoomId {
  return idFromBytes('room', bytesOf(3, number));
}

/** The id that a device would mint at `time`, `number` telling apart those of one millisecond. */
export function idAt(time: number, number = 0): ClientMessageId {
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, number);
  return nextClientMessageId(undefined, time, random);
}

export const seq = (number: number): Seq => number as Seq;
export const content = (text: string): EncodedContent =>
  JSON.stringify({ type: 'text', text }) as EncodedContent;

/** 2026-01-01. */
export const START = 1_767_225_600_000;

export type Stamp = Partial<Stamped & MemberLimits>;

/** A command of user 0's first device, unless said otherwise. */
export function command(body: CommandBody, stamp: Stamp = {}): RoomCommand {
  return {
    room: group(),
    sender: user(0),
    device: device(0, 0),
    clientMessageId: idAt(START),
    now: START,
    groupMembersMax: 500,
    ...stamp,
    ...body,
  };
}
