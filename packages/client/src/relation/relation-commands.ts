import type {
  BlockReport,
  ClientMessageId,
  CommandFrame,
  Content,
  RelationAct,
  RoomId,
  UserId,
} from '@maru/protocol';
import { blockReport, countCodePoints, directRoomId, limits, refusal } from '@maru/protocol';
import type { ContentCodec } from '../content-codec.ts';
import type { Device } from '../device.ts';
import { InvalidCommand } from '../errors.ts';
import { isRelation } from './is-relation.ts';

type Build = (common: { room: RoomId; clientMessageId: ClientMessageId }) => CommandFrame;

/** What goes to the administrators with a block: as `POST /v1/reports` takes it, but for whom it is about. */
export type ReportDetails = Omit<BlockReport, 'include'> & { readonly include?: boolean };

/** What an act says beside itself. */
export interface Said {
  readonly note?: string | undefined;
  readonly report?: ReportDetails | undefined;
}

interface Sealed {
  readonly note?: Content | undefined;
  readonly report?: BlockReport | undefined;
}

/** Builds what changes a relation, based on what this device knows of it (`[REL2]`). */
export class RelationCommands {
  readonly #device: Device;
  readonly #codec: ContentCodec;

  constructor(device: Device, codec: ContentCodec) {
    this.#device = device;
    this.#codec = codec;
  }

  /** A command about somebody, to their direct room. */
  about(
    user: UserId,
    act: RelationAct,
    { note, report }: Said,
  ): { readonly room: RoomId; readonly build: Build } {
    const { me } = this.#device;
    if (user === me.user)
      throw new InvalidCommand(refusal('bad-request', 'That is yourself.', { field: 'user' }));
    const room = directRoomId(me.user, user);
    const sealed = note === undefined || note.trim() === '' ? undefined : this.#note(room, note);
    const told = report && this.#report(report);
    return { room, build: this.#build(room, user, act, { note: sealed, report: told }) };
  }

  /** A command that failed, to be given again: based on what the user sees by now. */
  renewed(command: CommandFrame): Build | undefined {
    if (!isRelation(command)) return undefined;
    const { room } = command;
    if (command.kind === 'relate') return this.#build(room, undefined, command.act, command);
    return this.#build(room, command.user, command.relate.act, command.relate);
  }

  #build(room: RoomId, user: UserId | undefined, act: RelationAct, { note, report }: Sealed): Build {
    const { rooms, relations } = this.#device;
    const said = { ...(note && { note }), ...(report && { report }) };
    if (user !== undefined && !relations.isMade(room)) {
      // One event, for a room that is perhaps not there yet.
      if (act === 'request' || act === 'block')
        return (common) => ({
          kind: 'create',
          roomKind: 'direct',
          ...common,
          user,
          relate: { act, ...said },
        });
      throw new InvalidCommand(refusal('not-found', 'There is nothing between you and this person.'));
    }
    const basedOn = rooms.get(room)?.record.relation?.seq ?? 0;
    return (common) => ({ kind: 'relate', ...common, act, basedOn, ...said });
  }

  #report(report: ReportDetails): BlockReport {
    const checked = blockReport.safeParse(report);
    if (checked.success) return checked.data;
    const max = limits.REPORT_NOTE_CHARS_MAX;
    const sentence = `A report has a reason, and a note of at most ${max} characters.`;
    throw new InvalidCommand(refusal('bad-request', sentence, { field: 'report' }));
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
