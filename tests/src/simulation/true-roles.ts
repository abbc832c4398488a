import type { Change, UserId } from '@maru/protocol';

/** What of an event roles follow from. */
interface RoleEvent {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly sender: UserId;
  readonly change: Change | undefined;
}

/** Who is what in a group, and what the group lets them do, by its log alone; and what somebody did who may not. */
export class TrueRoles {
  owner: UserId | undefined;
  administrators: UserId[] = [];
  readonly rights: Record<string, string> = {};
  readonly wrong: string[] = [];
  /** Messages that slow mode should have kept back, if the server's clock went on steadily. */
  readonly tooSoon: string[] = [];
  slowMs = 0;
  readonly #wrote = new Map<UserId, number>();
  /** A group or a channel. */
  #isGroup = false;
  #isChannel = false;
  /** Longest-standing first; of one event, in the order of their ids. */
  #members: UserId[] = [];

  take(event: RoleEvent): void {
    const { change, sender } = event;
    if (change?.type === 'created') {
      this.#isGroup = change.roomKind !== 'direct';
      this.#isChannel = change.roomKind === 'channel';
      if (this.#isChannel)
        Object.assign(this.rights, { send: 'administrators', add: 'administrators', pin: 'administrators' });
      this.owner = this.#isGroup ? sender : undefined;
    }
    if (this.#isGroup && change?.type !== 'created') this.#check(event);
    if (event.kind === 'message') this.#wrote.set(sender, event.at);
    if (change?.type === 'slow-mode-set') this.slowMs = change.seconds * 1_000;
    if (change?.type === 'created') this.#members = change.members.toSorted();
    if (change?.type === 'joined') this.#members.push(...change.users.toSorted());
    if (change?.type === 'left') this.#goes(sender);
    if (change?.type === 'removed') this.#goes(change.user);
    if (change?.type === 'rights-set') Object.assign(this.rights, change.rights);
    if (change?.type !== 'role-set') return;
    const { user, role } = change;
    this.administrators = this.administrators.filter((one) => one !== user);
    if (role === 'administrator') this.administrators.push(user);
    if (role !== 'owner') return;
    this.administrators.push(sender);
    this.owner = user;
  }

  #goes(user: UserId): void {
    this.#members = this.#members.filter((one) => one !== user);
    const following = this.administrators.find((one) => one !== user);
    this.administrators = this.administrators.filter((one) => one !== user);
    if (this.#isChannel) {
      if (this.owner === user) this.owner = following ?? user;
      this.administrators = this.administrators.filter((one) => one !== this.owner);
      return;
    }
    if (!this.#isGroup || this.owner !== user || this.#members.length === 0) return;
    this.owner = this.#members.find((one) => this.administrators.includes(one)) ?? this.#members[0];
    this.administrators = this.administrators.filter((one) => one !== this.owner);
  }

  #check({ change, sender, kind, seq, at }: RoleEvent): void {
    const rank = (user: UserId) => (user === this.owner ? 2 : this.administrators.includes(user) ? 1 : 0);
    const least = (right: string, unset: number) => {
      const level = this.rights[right];
      return level === undefined ? unset : ['everyone', 'administrators', 'owner'].indexOf(level);
    };
    const needs: Readonly<Record<string, number>> = {
      message: least('send', 0),
      edit: least('send', 0),
      joined: change?.type === 'joined' && change.users[0] === sender ? 0 : least('add', 0),
      pinned: this.#isChannel ? least('pin', 0) : 0,
      reaction: this.#isChannel ? least('send', 0) : 0,
      'link-made': least('add', 0),
      'join-refused': change?.type === 'join-refused' && change.user === sender ? 0 : least('add', 0),
      renamed: least('rename', 1),
      described: least('describe', 1),
      'history-set': least('history', 1),
      removed: change?.type === 'removed' ? rank(change.user) + 1 : 1,
      'role-set': change?.type === 'role-set' && change.user === sender ? 1 : 2,
      'rights-set': 2,
      'slow-mode-set': 1,
    };
    const waited = at - (this.#wrote.get(sender) ?? 0);
    if (kind === 'message' && rank(sender) === 0 && waited < this.slowMs)
      this.tooSoon.push(`${kind} ${seq} came ${waited} ms after the last`);
    if (rank(sender) < (needs[kind] ?? 0)) this.wrong.push(`${kind} ${seq} by ${sender}, who may not`);
  }
}
