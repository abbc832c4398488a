import type { Database, Statement } from 'bun:sqlite';
import { clientMessageIdToBytes, idToBytes, type UserId } from '@maru/protocol';
import type { MemberChange } from '../../core/room/event.ts';
import { type LogRow, MARKS_KIND, parseExtra, type RowExtra, SETTING_KIND } from './log-row.ts';

type Bindings = (string | number | Uint8Array | null)[];

/** Writes entries and all that their commit changes into `log.db`, within a transaction of the caller's. */
export class LogWriter {
  readonly #entry: Statement<unknown, Bindings>;
  readonly #body: Statement<unknown, Bindings>;
  readonly #opened: Statement<unknown, Bindings>;
  readonly #closed: Statement<unknown, Bindings>;
  readonly #marks: Statement<unknown, Bindings>;
  readonly #formerSetting: Statement<{ position: number }, Bindings>;
  readonly #setting: Statement<unknown, Bindings>;
  readonly #eraseContent: Statement<unknown, Bindings>;
  readonly #eraseBody: Statement<unknown, Bindings>;

  constructor(database: Database) {
    this.#entry = database.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
    this.#body = database.prepare('INSERT INTO bodies VALUES (?, ?)');
    // Who goes and comes back between two events of a channel has one membership of it.
    this.#opened = database.prepare(
      `INSERT INTO members VALUES (?, ?, ?, ?, NULL, NULL, ?, ?, ?) ON CONFLICT DO UPDATE SET "left" = NULL, how = NULL,
       position = excluded.position`,
    );
    this.#closed = database.prepare(
      'UPDATE members SET "left" = ?, how = ?, position = ? WHERE room = ? AND user = ? AND "left" IS NULL',
    );
    this.#marks = database.prepare(
      `INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET read = excluded.read,
       read_ordinal = excluded.read_ordinal, read_own = excluded.read_own, unread = excluded.unread,
       position = excluded.position`,
    );
    this.#formerSetting = database.prepare('SELECT position FROM settings WHERE user = ? AND name = ?');
    this.#setting = database.prepare(
      `INSERT INTO settings VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET position = excluded.position,
       bytes = excluded.bytes`,
    );
    this.#eraseContent = database.prepare('UPDATE entries SET content = NULL WHERE position = ?');
    this.#eraseBody = database.prepare('DELETE FROM bodies WHERE position = ?');
  }

  write(row: LogRow): void {
    const [position, kind, room, seq, at, sender, device, command, ordinal, refersTo, extra, content] = row;
    const roomBytes = idToBytes(room);
    const senderBytes = sender === null ? null : idToBytes(sender);
    this.#entry.run(
      position,
      kind,
      roomBytes,
      seq,
      at,
      senderBytes,
      device === null ? null : idToBytes(device),
      command === null ? null : clientMessageIdToBytes(command),
      ordinal,
      refersTo,
      extra,
      content,
    );
    if (kind === MARKS_KIND) {
      this.#marks.run(senderBytes, roomBytes, seq, ordinal, refersTo, at, position);
      return;
    }
    if (extra === null) return;
    const { members, erased, change, setting } = parseExtra(extra);
    if (kind === SETTING_KIND && senderBytes !== null) {
      this.#set(senderBytes, setting ?? '', position, content);
      return;
    }
    this.#erase(erased ?? []);
    const direct = change?.type === 'created' && change.roomKind === 'direct';
    for (const member of members ?? []) {
      const peer = direct ? change.members.find((user) => user !== member.user) : undefined;
      this.#changeMember(row, roomBytes, member, peer);
    }
  }

  writeBody(position: number, body: string): void {
    this.#body.run(position, body);
  }

  #set(user: Uint8Array, name: string, position: number, value: string | null): void {
    const former = this.#formerSetting.get(user, name);
    // A draft grows with every few words: what it was before would fill the log, and is nobody's to read.
    if (former !== null) this.#eraseContent.run(former.position);
    this.#setting.run(user, name, position, value === null ? null : Buffer.byteLength(value));
  }

  #erase(positions: NonNullable<RowExtra['erased']>): void {
    for (const position of positions) {
      this.#eraseContent.run(position);
      this.#eraseBody.run(position);
    }
  }

  #changeMember(row: LogRow, room: Uint8Array, change: MemberChange, peer: UserId | undefined): void {
    const [position, , , , , , , , ordinal] = row;
    const user = idToBytes(change.user);
    if (change.type === 'opened') {
      const peerBytes = peer === undefined ? null : idToBytes(peer);
      this.#opened.run(room, user, change.joined, change.visibleFrom, ordinal, peerBytes, position);
    } else {
      this.#closed.run(change.left, change.how, position, room, user);
    }
  }
}
