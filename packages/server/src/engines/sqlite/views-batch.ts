import { COUNTS_FLAG, MARKS_KIND, MESSAGE_KIND, REFUSAL_KIND } from './log-row.ts';

/** The columns of a log entry that every projection needs, in the order of {@link VIEW_ROW_SQL}. */
export type ViewRow = readonly [
  position: number,
  kind: number,
  roomHex: string,
  seq: number,
  at: number,
  sender: Uint8Array | null,
  senderHex: string,
  device: Uint8Array | null,
  command: Uint8Array | null,
  ordinal: number,
];

export const VIEW_ROW_SQL = `SELECT position, kind, hex(room), seq, at, sender, hex(sender), device, command, ordinal
  FROM entries WHERE position > ? AND position <= ? ORDER BY position`;

export interface CommandRow {
  readonly device: Uint8Array;
  readonly id: Uint8Array;
  readonly position: number;
}

/** `seq` of a user's counting events in a room, rising. */
export interface OwnSeqs {
  readonly user: Uint8Array;
  readonly seqs: number[];
}

/** What a stretch of the log says of one room. */
export class RoomBatch {
  /** The newest event. */
  seq = 0;
  ordinal = 0;
  at = 0;
  position = 0;
  /** The newest time of anything. */
  time = 0;
  /** Positions of the events, from the first one in the stretch. */
  readonly positions: number[] = [];
  readonly commands: CommandRow[] = [];
  /** By the user's id in hex. */
  readonly own = new Map<string, OwnSeqs>();
  /** Positions of the events that do more than add a message. */
  readonly rare: number[] = [];
}

/** A stretch of the log, sorted by room. */
export class ViewsBatch {
  /** By the room's id in hex. */
  readonly rooms = new Map<string, RoomBatch>();

  add(row: ViewRow): void {
    const [position, kind, roomHex, seq, at, sender, senderHex, device, command, ordinal] = row;
    if (kind === MARKS_KIND) return;
    let room = this.rooms.get(roomHex);
    if (room === undefined) {
      room = new RoomBatch();
      this.rooms.set(roomHex, room);
    }
    if (at > room.time) room.time = at;
    if (device !== null && command !== null) room.commands.push({ device, id: command, position });
    if (kind === REFUSAL_KIND) return;
    room.seq = seq;
    room.ordinal = ordinal;
    room.at = at;
    room.position = position;
    room.positions.push(position);
    if ((kind & ~COUNTS_FLAG) !== MESSAGE_KIND) room.rare.push(position);
    if ((kind & COUNTS_FLAG) === 0 || sender === null) return;
    const own = room.own.get(senderHex);
    if (own === undefined) room.own.set(senderHex, { user: sender, seqs: [seq] });
    else own.seqs.push(seq);
  }
}
