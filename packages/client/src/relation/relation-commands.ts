import type { ClientMessageId, CommandFrame, Content, RelationAct, RoomId, UserId } from '@maru/protocol';
import { countCodePoints, directRoomId, limits, refusal } from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { Device } from '../device.ts';
import { InvalidCommand } from '../errors.ts';
import { isRelation, makesDirect } from './is-relation.ts';

type Build = (common: { room: RoomId; clientMessageId: ClientMessageId }) => CommandFrame;

/** Builds what changes a relation, based on what this device knows of it (`[REL2]`). */
export class RelationCommands {
  readonly #device: Device;
  readonly #codec: ContentCodec;

  constructor(device: Device, codec: ContentCodec) {
    this.#device = device;
    this.#codec = codec;
  }

  /** A command about somebody, to their direct room. */
  about(user: UserId, act: RelationAct, note?: string): { readonly room: RoomId; readonly build: Build } {
    const { me } = this.#device;
    if (user === me.user)
      throw new InvalidCommand(refusal('bad-request', 'That is yourself.', { field: 'user' }));
    const room = directRoomId(me.user, user);
    const sealed = note === undefined || note.trim() === '' ? undefined : this.#note(room, note);
    return { room, build: this.#build(room, user, act, sealed) };
  }

  /** A command that failed, to be given again: based on what the user sees by now. */
  renewed(command: CommandFrame): Build | undefined {
    if (!isRelation(command)) return undefined;
    const { room } = command;
    if (command.kind === 'relate') return this.#build(room, undefined, command.act, command.note);
    return this.#build(room, command.user, command.relate.act, command.relate.note);
  }

  #build(room: RoomId, user: UserId | undefined, act: RelationAct, note: Content | undefined): Build {
    const { rooms, outbox } = this.#device;
    const known = rooms.get(room);
    const noted = note && { note };
    const isMade = outbox.pending(room).some(({ item }) => makesDirect(item.command));
    if (known === undefined && !isMade && user !== undefined) {
      // One event, for a room that is perhaps not there yet.
      if (act === 'request' || act === 'block')
        return (common) => ({
          kind: 'create',
          roomKind: 'direct',
          ...common,
          user,
          relate: { act, ...noted },
        });
      throw new InvalidCommand(refusal('not-found', 'There is nothing between you and this person.'));
    }
    const basedOn = known?.record.relation?.seq ?? 0;
    return (common) => ({ kind: 'relate', ...common, act, basedOn, ...noted });
  }

  #note(room: RoomId, text: string): Content {
    const given = countCodePoints(text);
    const value = limits.REQUEST_NOTE_CHARS_MAX;
    if (given > value) {
      const limit = { name: 'REQUEST_NOTE_CHARS_MAX', value };
      throw new InvalidCommand(refusal('message-too-long', 'The note is too long.', { limit, given }));
    }
    return this.#codec.seal(room, { type: 'text', text });
  }
}
