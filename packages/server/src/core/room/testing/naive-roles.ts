/** Who is what in a group, by its events alone and told as simply as can be. For tests. */
import type { UserId } from '@maru/protocol';
import type { RoomEvent } from '../event.ts';

export class NaiveRoles {
  owner: UserId | undefined;
  readonly administrators = new Set<UserId>();
  /** Longest-standing first; those of one event by their ids. */
  members: UserId[] = [];
  readonly rights = new Map<string, string>();
  /** Milliseconds between two messages of a member, and when each wrote last. */
  #slowMs = 0;
  readonly #wrote = new Map<UserId, number>();
  /** What was done by somebody who may not. */
  readonly wrong: string[] = [];

  /** @param clockBehind whether the server's clock was behind the room's time */
  take(event: RoomEvent, clockBehind = false): void {
    const { change, sender } = event;
    this.#check(event, clockBehind);
    if (event.kind === 'message') this.#wrote.set(sender, event.at);
    switch (change?.type) {
      case 'created':
        this.owner = sender;
        this.members = [...change.members].sort();
        break;
      case 'joined':
        this.members.push(...[...change.users].sort());
        break;
      case 'left':
        this.#goes(sender);
        break;
      case 'removed':
        this.#goes(change.user);
        break;
      case 'role-set':
        this.administrators.delete(change.user);
        if (change.role === 'administrator') this.administrators.add(change.user);
        if (change.role !== 'owner') break;
        this.administrators.add(sender);
        this.owner = change.user;
        break;
      case 'slow-mode-set':
        this.#slowMs = change.seconds * 1_000;
        break;
      case 'rights-set':
        for (const [right, level] of Object.entries(change.rights)) this.rights.set(right, String(level));
        break;
    }
  }

  #goes(user: UserId): void {
    this.members = this.members.filter((one) => one !== user);
    this.administrators.delete(user);
    if (this.owner !== user) return;
    this.owner = this.members.find((one) => this.administrators.has(one)) ?? this.members[0];
    if (this.owner !== undefined) this.administrators.delete(this.owner);
  }

  #check({ change, sender, kind, seq, at }: RoomEvent, clockBehind: boolean): void {
    if (change?.type === 'created') return;
    const rank = (user: UserId) => (user === this.owner ? 2 : this.administrators.has(user) ? 1 : 0);
    const mine = rank(sender);
    const needs = (right: string, least: number) => {
      const set = this.rights.get(right);
      return set === undefined ? least : set === 'owner' ? 2 : set === 'administrators' ? 1 : 0;
    };
    const waited = at - (this.#wrote.get(sender) ?? 0) >= this.#slowMs;
    if (kind === 'message' && mine === 0 && !waited && !clockBehind)
      this.wrong.push(`${kind} ${seq} came too soon`);
    // A stranger: whether the link lets them in is another matter.
    const comesByLink =
      change?.type === 'join-requested' ||
      (change?.type === 'joined' && change.link !== undefined && change.users[0] === sender);
    const ok = (() => {
      switch (change?.type) {
        case 'joined':
          return comesByLink || mine >= needs('add', 0);
        case 'join-refused':
          return change.user === sender || mine >= needs('add', 0);
        case 'link-made':
          return mine >= needs('add', 0);
        case 'removed':
          return mine > rank(change.user);
        case 'renamed':
          return mine >= needs('rename', 1);
        case 'described':
          return mine >= needs('describe', 1);
        case 'pinned':
          return mine >= needs('pin', 0);
        case 'history-set':
          return mine >= needs('history', 1);
        case 'role-set':
          return mine === 2 || (change.user === sender && change.role === 'member');
        case 'slow-mode-set':
          return mine >= 1;
        case 'rights-set':
          return mine === 2;
        default:
          return kind !== 'message' && kind !== 'edit' ? true : mine >= needs('send', 0);
      }
    })();
    if (!ok || this.members.includes(sender) === comesByLink) this.wrong.push(`${kind} ${seq} by ${sender}`);
  }
}
