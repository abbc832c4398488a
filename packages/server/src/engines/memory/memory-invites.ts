import type { UserId } from '@maru/protocol';
import { type Directory, INVITE_ID_CHARS, type InviteRecord } from '../../ports/directory.ts';

interface Invite extends InviteRecord {
  used: boolean;
}

/** The invites of the memory engine, by hash. */
export class MemoryInvites {
  readonly #invites = new Map<string, Invite>();

  create(hash: string, by: UserId | undefined, expiresAt: number, administrator: boolean): void {
    if (administrator) this.endAdministrators();
    const id = hash.slice(0, INVITE_ID_CHARS);
    this.#invites.set(hash, { id, by, expiresAt, administrator, used: false });
  }

  usable(hash: string, now: number): InviteRecord | undefined {
    const invite = this.#invites.get(hash);
    if (invite === undefined || invite.used || invite.expiresAt <= now) return undefined;
    const { used: _used, ...record } = invite;
    return record;
  }

  use(hash: string): void {
    const invite = this.#invites.get(hash);
    if (invite !== undefined) invite.used = true;
  }

  /** Nobody becomes the first administrator by those that are left. */
  endAdministrators(): void {
    for (const [hash, { used, administrator }] of this.#invites) {
      if (administrator && !used) this.#invites.delete(hash);
    }
  }

  open({ now, after, limit }: Parameters<Directory['openInvites']>[0]): InviteRecord[] {
    const open = this.#invites.values().filter(({ used, expiresAt }) => !used && expiresAt > now);
    const isBehind = (invite: InviteRecord) => after === undefined || inOrder(after, invite) < 0;
    const page = [...open].sort(inOrder).filter(isBehind).slice(0, limit);
    return page.map(({ used: _used, ...invite }) => invite);
  }

  revoke(id: string): boolean {
    for (const [hash, invite] of this.#invites) {
      if (invite.id === id && !invite.used) return this.#invites.delete(hash);
    }
    return false;
  }
}

type Placed = Pick<InviteRecord, 'expiresAt' | 'id'>;

function inOrder(a: Placed, b: Placed): number {
  return a.expiresAt - b.expiresAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
