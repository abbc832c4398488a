import type { Change, LinkId, UserId } from '@maru/protocol';

interface TrueLink {
  readonly by: UserId;
  readonly seq: number;
  readonly usesMax: number;
  readonly approval: boolean;
  used: number;
}

/** What of an event links follow from. */
interface LinkEvent {
  readonly seq: number;
  readonly sender: UserId;
  readonly change: Change | undefined;
}

/** The links into a room by its log alone, and what came about by one that should not have. */
export class TrueLinks {
  readonly wrong: string[] = [];
  readonly #links = new Map<LinkId, TrueLink>();
  readonly #asking = new Map<UserId, LinkId>();
  readonly #removed = new Map<UserId, number>();

  take({ seq, sender, change }: LinkEvent): void {
    if (change?.type === 'link-made') {
      const { link, usesMax = Number.POSITIVE_INFINITY, approval, over = [] } = change;
      for (const one of over) this.#links.delete(one);
      this.#links.set(link, { by: sender, seq, usesMax, approval, used: 0 });
    }
    if (change?.type === 'link-revoked') this.#links.delete(change.link);
    if (change?.type === 'join-requested') this.#comes(seq, sender, change.link, true);
    if (change?.type === 'join-refused') this.#answered(change.user, undefined);
    if (change?.type === 'left') this.#removed.delete(sender);
    if (change?.type === 'removed') {
      this.#removed.set(change.user, seq);
      for (const [id, { by }] of this.#links) if (by === change.user) this.#links.delete(id);
    }
    if (change?.type !== 'joined') return;
    const [first] = change.users;
    if (change.link !== undefined && first === sender) this.#comes(seq, sender, change.link, false);
    for (const user of change.users) this.#answered(user, change.link);
  }

  /** How often each link was used, in the order of their making. */
  get uses(): number[] {
    return [...this.#links.values()].map(({ used }) => used);
  }

  get asking(): UserId[] {
    return [...this.#asking.keys()];
  }

  #comes(seq: number, user: UserId, id: LinkId, asks: boolean): void {
    const link = this.#links.get(id);
    if (link === undefined) {
      this.wrong.push(`${seq}: ${user} comes by a link that is not there`);
      return;
    }
    link.used++;
    if (asks) this.#asking.set(user, id);
    if (link.approval !== asks) this.wrong.push(`${seq}: ${user} did not ${asks ? 'have' : 'wait'} to ask`);
    if (link.used > link.usesMax) this.wrong.push(`${seq}: use ${link.used} of ${link.usesMax}`);
    if ((this.#removed.get(user) ?? 0) > link.seq) this.wrong.push(`${seq}: ${user} was removed`);
  }

  #answered(user: UserId, by: LinkId | undefined): void {
    const asked = this.#asking.get(user);
    if (asked === undefined) return;
    this.#asking.delete(user);
    const link = this.#links.get(asked);
    if (asked !== by && link !== undefined) link.used--;
  }
}
