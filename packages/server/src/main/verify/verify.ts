import { type DeviceId, idToBytes, type RoomId, type UserId } from '@maru/protocol';
import type { Engine } from '../../ports/engine.ts';
import type { LogEntry, RoomLogEntry } from '../../ports/log.ts';
import type { Position } from '../../ports/position.ts';
import { checkBody } from './check-body.ts';
import { checkCommand } from './check-command.ts';
import { compareRoom } from './compare-room.ts';
import { compareSettings } from './compare-settings.ts';
import { compareUser } from './compare-user.ts';
import { type Finding, Findings } from './finding.ts';
import { ReplayedRooms } from './replayed-rooms.ts';

/** About so many entries are replayed into memory at a time; a bigger log is walked several times, some rooms a time. */
const ENTRIES_A_PASS = 200_000;

export interface Verification {
  /** Entries of the log. */
  readonly entries: number;
  readonly rooms: number;
  /** The first findings; `found` is how many there are. */
  readonly findings: readonly Finding[];
  readonly found: number;
}

export interface VerifyOptions {
  /** Entries looked at and entries to look at. */
  readonly onProgress?: (done: number, all: number) => void;
  readonly entriesAPass?: number;
}

/**
 * Walks the whole log and compares everything that can be read with what a replay of the log gives: gaps, doubles,
 * ordinals, memberships, commands, projections. Nothing else may be at work on the engine meanwhile.
 */
export async function verify(engine: Engine, options: VerifyOptions = {}): Promise<Verification> {
  const { onProgress, entriesAPass = ENTRIES_A_PASS } = options;
  const findings = new Findings();
  const { head } = engine.log;
  const passes = Math.max(1, Math.ceil(head / entriesAPass));
  let rooms = 0;
  for (let pass = 0; pass < passes; pass++) {
    const verifier = new PassVerifier(engine, findings, (id) => partOf(id, passes) === pass);
    rooms += await verifier.run(pass === 0, (done) => onProgress?.(pass * head + done, passes * head));
  }
  return { entries: head, rooms, findings: findings.list, found: findings.count };
}

function partOf(id: RoomId | UserId, parts: number): number {
  const bytes = idToBytes(id);
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(12) % parts;
}

/** One walk through the log, on which some of the rooms and of the users' settings are looked at. */
class PassVerifier {
  readonly #engine: Engine;
  readonly #findings: Findings;
  readonly #isMine: (id: RoomId | UserId) => boolean;
  readonly #replayed: ReplayedRooms;
  readonly #devices = new Map<RoomId, Set<DeviceId>>();
  readonly #users = new Map<RoomId, Set<UserId>>();
  /** Users with settings. */
  readonly #keepers = new Set<UserId>();

  constructor(engine: Engine, findings: Findings, isMine: (id: RoomId | UserId) => boolean) {
    this.#engine = engine;
    this.#findings = findings;
    this.#isMine = isMine;
    this.#replayed = new ReplayedRooms(findings);
  }

  /** @returns how many rooms there were */
  async run(checksPlaces: boolean, onProgress: (done: number) => void): Promise<number> {
    if (await this.#guarded({}, () => this.#walk(checksPlaces, onProgress))) await this.#compare();
    return this.#replayed.roomCount;
  }

  async #walk(checksPlaces: boolean, onProgress: (done: number) => void): Promise<void> {
    let last = 0;
    for await (const batch of this.#engine.log.replay(0 as Position)) {
      for (const entry of batch) {
        if (checksPlaces && entry.position !== last + 1) {
          const code = entry.position <= last ? 'double' : 'gap';
          const detail = `after place ${last} of the log comes ${entry.position}`;
          this.#findings.add({ code, detail, position: entry.position });
        }
        last = entry.position;
        if (this.#isMine(entry.type === 'setting' ? entry.user : entry.room)) await this.#look(entry);
      }
      await this.#replayed.flush();
      onProgress(last);
    }
  }

  async #look(entry: LogEntry): Promise<void> {
    if (entry.type === 'setting') {
      this.#keepers.add(entry.user);
      this.#replayed.addSetting(entry);
    } else {
      await this.#lookAtRoom(entry);
    }
  }

  async #lookAtRoom(entry: RoomLogEntry): Promise<void> {
    const { room, position } = entry;
    await this.#guarded({ room, position }, async () => {
      const command = await checkCommand(this.#engine, entry, this.#findings);
      if (command !== undefined) note(this.#devices, room, command.device);
      if (entry.type === 'event') {
        await checkBody(this.#engine, entry, this.#findings);
        note(this.#users, room, entry.event.sender);
        for (const { user } of entry.members ?? []) note(this.#users, room, user);
      }
      if (entry.type === 'reader') note(this.#users, room, entry.reader.user);
    });
    this.#replayed.add(entry);
  }

  async #compare(): Promise<void> {
    const sound = new Set(this.#replayed.sound());
    const everybody = new Set<UserId>();
    for (const room of sound) {
      const users = [...(this.#users.get(room) ?? [])];
      for (const user of users) everybody.add(user);
      await this.#guarded({ room }, () =>
        compareRoom(this.#engine, this.#replayed, room, users, this.#findings),
      );
      await this.#guarded({ room }, () => this.#compareWindows(room));
    }
    for (const user of everybody) {
      await this.#guarded({ user }, () =>
        compareUser(this.#engine, this.#replayed, user, sound, this.#findings),
      );
    }
    for (const user of this.#keepers) {
      everybody.add(user);
      await this.#guarded({ user }, () =>
        compareSettings(this.#engine, this.#replayed, user, this.#findings),
      );
    }
    await this.#guarded({}, () => this.#compareExpiring(sound));
    await this.#guarded({}, () => this.#checkAccounts([...everybody]));
  }

  async #compareWindows(room: RoomId): Promise<void> {
    for (const device of this.#devices.get(room) ?? []) {
      const expected = await this.#replayed.engine.rooms.window(room, device);
      if (Bun.deepEquals(await this.#engine.rooms.window(room, device), expected)) continue;
      this.#findings.add({
        code: 'projection',
        detail: `commands of ${device}: not what a replay gives`,
        room,
      });
    }
  }

  /** What will vanish must be found when its time is over. */
  async #compareExpiring(sound: ReadonlySet<RoomId>): Promise<void> {
    const of = async (engine: Engine) => {
      const all = await engine.rooms.expiring(Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER);
      const mine = all.filter(({ room }) => sound.has(room));
      return new Map(mine.map((one) => [`${one.room} ${one.seq}`, one]));
    };
    const [stored, expected] = [await of(this.#engine), await of(this.#replayed.engine)];
    for (const [key, { room, seq }] of [...expected, ...stored]) {
      if (Bun.deepEquals(stored.get(key), expected.get(key))) continue;
      this.#findings.add({
        code: 'projection',
        detail: 'when it expires: not what a replay gives',
        room,
        seq,
      });
      expected.delete(key);
      stored.delete(key);
    }
  }

  async #checkAccounts(users: readonly UserId[]): Promise<void> {
    const known = new Set((await this.#engine.directory.users(users)).map(({ user }) => user));
    for (const user of users) {
      if (!known.has(user)) this.#findings.add({ code: 'user', detail: 'has no account', user });
    }
  }

  /** What can't be read is a finding, and the rest is looked at all the same. */
  async #guarded(where: Partial<Finding>, look: () => Promise<void>): Promise<boolean> {
    try {
      await look();
      return true;
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.#findings.add({ code: 'unreadable', detail, ...where });
      return false;
    }
  }
}

function note<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}
