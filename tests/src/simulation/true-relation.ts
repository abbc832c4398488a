import type { Change, UserId } from '@maru/protocol';

/** One person's side of a direct room, as plainly as can be. */
interface Side {
  wrote: boolean;
  heard: boolean;
  contact: boolean;
  blocks: boolean;
  asks: boolean;
  asked: boolean;
}

const blank = (): Side => ({
  ...{ wrote: false, heard: false, contact: false },
  ...{ blocks: false, asks: false, asked: false },
});

/** What two people are to each other, folded from their room's log by rules written a second time (REL3–REL8). */
export class TrueRelation {
  readonly #sides = new Map<UserId, Side>();
  /** To whom the room is not there. */
  hiddenFrom: UserId | undefined;

  constructor(people: readonly UserId[]) {
    for (const person of people) this.#sides.set(person, blank());
  }

  /** What somebody does. `write` is a message, whether or not it says what it changes. */
  does(who: UserId, act: (Change & { type: 'related' })['act']): void {
    const mine = this.#sides.get(who) ?? blank();
    const [other = who] = [...this.#sides.keys()].filter((person) => person !== who);
    const theirs = this.#sides.get(other) ?? blank();
    const contacts = () => {
      for (const side of [mine, theirs]) Object.assign(side, { contact: true, asks: false, asked: false });
    };
    if (act === 'write') {
      if (mine.asked) contacts();
      mine.wrote = true;
      theirs.heard = true;
    }
    if (act === 'accept' && !mine.asked && !theirs.asks) {
      mine.wrote = true;
      theirs.heard = true;
    } else if (act === 'accept' || (act === 'request' && (theirs.contact || theirs.asks))) contacts();
    else if (act === 'request') {
      mine.asks = true;
      theirs.asked = true;
    }
    if (act === 'cancel') {
      mine.asks = false;
      theirs.asked = false;
    }
    if (act === 'unblock') theirs.asked = false;
    if (['refuse', 'remove', 'block', 'unblock'].includes(act)) Object.assign(mine, blank());
    if (act === 'block') mine.blocks = true;
    if (act === 'unblock' && this.hiddenFrom === other) this.hiddenFrom = undefined;
  }

  /** What is told of it to one of the two. */
  state(of: UserId): string {
    const side = this.#sides.get(of) ?? blank();
    if (side.blocks) return 'blocked';
    if (side.contact) return 'contact';
    if (side.asks) return 'requested-by-me';
    if (side.asked) return 'requested-by-them';
    if (side.wrote && side.heard) return 'open';
    if (side.heard) return 'stranger';
    return side.wrote ? 'writing' : 'none';
  }

  get isCut(): boolean {
    return [...this.#sides.values()].some(({ blocks }) => blocks);
  }

  /** Whether somebody blocks the other. */
  blocks(who: UserId): boolean {
    return this.#sides.get(who)?.blocks === true;
  }

  /** Whether the other is told what is soft of somebody. */
  shows(who: UserId): boolean {
    const side = this.#sides.get(who);
    return side !== undefined && !this.isCut && (side.wrote || side.contact || side.asks);
  }

  has(who: UserId): boolean {
    return this.#sides.has(who);
  }
}
