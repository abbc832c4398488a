import { type Circle, directRoomId, type UserId } from '@maru/protocol';
import { isSevered, sidesOf } from '../../core/room/relation.ts';
import type { Directory, UserRecord } from '../../ports/directory.ts';
import type { Inbox, Place } from './inbox.ts';
import type { InboxMemory } from './inbox-memory.ts';

/** People of whom it is kept that everybody may write to them, so that who writes to somebody silent asks once. */
const OPEN_KEPT_MAX = 10_000;

export interface CirclesDeps {
  readonly memory: Pick<InboxMemory, 'need'>;
  readonly directory: Pick<Directory, 'user'>;
}

/** Who is close enough to somebody to write first, to bring them into a group, to find them (`[PEOPLE7]`–`[PEOPLE9]`). */
export class Circles {
  readonly #deps: CirclesDeps;
  readonly #open = new Set<UserId>();
  #changes = 0;

  constructor(deps: CirclesDeps) {
    this.#deps = deps;
  }

  /** Whether `to` lets somebody write whom they have not accepted. Known at once of whom it was asked lately. */
  mayWrite(by: UserId, to: UserId): boolean | Promise<boolean> {
    return this.#open.has(to) || this.#ask(by, to);
  }

  /** Whether all of these let the user bring them into a group. */
  async mayAdd(by: UserId, people: readonly UserRecord[]): Promise<boolean> {
    // One after the other: each may have to be read into memory.
    for (const { user, whoMayAdd } of people) {
      if (user !== by && !(await this.#isWithin(whoMayAdd, user, by))) return false;
    }
    return true;
  }

  /**
   * Whether the person has the other as a contact, by what there is of the other, who asks: so that it takes as long
   * whether there is such a person or not.
   */
  async isContact(user: UserId, other: UserId): Promise<boolean> {
    const place = (await this.#deps.memory.need(other)).places.get(directRoomId(user, other));
    return place !== undefined && isWhoseContact(place, other);
  }

  /** The user's settings are stored: what was known of them is so no more. */
  changed(user: UserId): void {
    this.#changes++;
    this.#open.delete(user);
  }

  async #ask(by: UserId, to: UserId): Promise<boolean> {
    const before = this.#changes;
    const person = await this.#deps.directory.user(to);
    // Whether somebody is there at all is not asked here.
    if (person !== undefined && person.whoMayWrite !== 'everyone')
      return this.#isWithin(person.whoMayWrite, to, by);
    if (this.#open.size >= OPEN_KEPT_MAX) this.#open.clear();
    // What was read may be older than a change that came meanwhile.
    if (before === this.#changes) this.#open.add(to);
    return true;
  }

  async #isWithin(circle: Circle, user: UserId, other: UserId): Promise<boolean> {
    if (circle === 'everyone') return true;
    const contacts = contactsOf(await this.#deps.memory.need(user));
    if (contacts.has(other)) return true;
    if (circle === 'contacts' || contacts.size === 0) return false;
    for (const friend of whoseContact(await this.#deps.memory.need(other))) {
      if (contacts.has(friend)) return true;
    }
    return false;
  }
}

/** Whom the user has as contacts. */
function contactsOf({ user, places }: Inbox): Set<UserId> {
  const contacts = new Set<UserId>();
  for (const { peer, in: room } of places.values()) {
    if (peer !== undefined && !isSevered(room) && sidesOf(room, user)?.mine.contact === true)
      contacts.add(peer);
  }
  return contacts;
}

/** Who has the user as a contact. */
function* whoseContact({ user, places }: Inbox): Generator<UserId> {
  for (const place of places.values()) {
    if (place.peer !== undefined && isWhoseContact(place, user)) yield place.peer;
  }
}

function isWhoseContact({ in: room }: Place, user: UserId): boolean {
  return !isSevered(room) && sidesOf(room, user)?.others.contact === true;
}
