import type { CommandFrame } from '@maru/protocol';
import type { CommandBody } from '../../core/room/command.ts';
import { encodeNote } from './checked-content.ts';
import { frameBody } from './frame-body.ts';

type Refused = Extract<ReturnType<typeof encodeNote>, { kind: 'refused' }>;

/** What a `create` asks for, the note of a direct room encoded. */
export function createBody(
  frame: CommandFrame & { kind: 'create' },
): (CommandBody & { kind: 'create' }) | Refused {
  if (frame.roomKind !== 'direct') return frameBody(frame);
  const { kind, roomKind, user, relate } = frame;
  if (relate === undefined) return { kind, roomKind, user };
  const noted = encodeNote(relate.note);
  return noted.kind === 'refused'
    ? noted
    : { kind, roomKind, user, relate: { act: relate.act, ...noted.note } };
}

/** What a `relate` asks for, its note encoded. */
export function relateBody({
  kind,
  act,
  basedOn,
  note,
}: CommandFrame & { kind: 'relate' }): (CommandBody & { kind: 'relate' }) | Refused {
  const noted = encodeNote(note);
  return noted.kind === 'refused' ? noted : { kind, act, basedOn, ...noted.note };
}
