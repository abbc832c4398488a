import type { ScheduledId, UserId } from '@maru/protocol';
import type { ScheduledLimits, ScheduledRecord, ScheduledState, Schedules } from '../../ports/schedules.ts';
import type { MemoryWriter } from './memory-writer.ts';

interface Stored extends Omit<ScheduledRecord, 'state' | 'message'> {
  readonly state: ScheduledState;
  readonly message: string | undefined;
  readonly revision: number;
}

/** The scheduled messages of the memory engine. Each method is one transaction: it changes all or nothing, at once. */
export class MemorySchedules {
  readonly #items = new Map<ScheduledId, Stored>();
  #revision = 0;

  add(item: Parameters<Schedules['add']>[0], limits: ScheduledLimits): Awaited<ReturnType<Schedules['add']>> {
    if (this.#items.has(item.scheduled)) return 'known';
    if (this.#isFull(item.user, item.message, limits)) return 'full';
    const revision = ++this.#revision;
    this.#items.set(item.scheduled, { ...item, state: 'waiting', error: undefined, attempt: 1, revision });
    return 'added';
  }

  change(
    ...[user, scheduled, { at, message }, limits]: Parameters<Schedules['change']>
  ): Awaited<ReturnType<Schedules['change']>> {
    const item = this.#own(user, scheduled);
    if (item === undefined || item.state === 'cancelled') return 'unknown';
    if (item.state === 'sent' || item.state === 'firing') return 'sent';
    if (message !== undefined && this.#isFull(user, message, limits, scheduled)) return 'full';
    // What was refused may be on record under the name of that attempt.
    const attempt = item.state === 'failed' ? item.attempt + 1 : item.attempt;
    this.#put({
      ...{ ...item, attempt, state: 'waiting', error: undefined },
      ...(at !== undefined && { at }),
      ...(message !== undefined && { message }),
    });
    return 'changed';
  }

  remove(user: UserId, scheduled: ScheduledId): Awaited<ReturnType<Schedules['remove']>> {
    const item = this.#own(user, scheduled);
    if (item === undefined) return 'unknown';
    if (item.state === 'cancelled') return 'removed';
    if (item.state === 'sent' || item.state === 'firing') return 'sent';
    this.#put({ ...item, state: 'cancelled', message: undefined, error: undefined });
    return 'removed';
  }

  list(user?: UserId): ScheduledRecord[] {
    const left = [...this.#items.values()].flatMap((item) => {
      const { state, message, revision: _revision, ...rest } = item;
      if (state === 'sent' || state === 'cancelled' || message === undefined) return [];
      return user === undefined || user === item.user ? [{ ...rest, state, message }] : [];
    });
    return left.sort((a, b) => a.at - b.at || (a.scheduled < b.scheduled ? -1 : 1));
  }

  revision(user: UserId): number | undefined {
    if (this.list(user).length === 0) return undefined;
    const own = this.#items.values().filter((item) => item.user === user);
    return Math.max(...own.map(({ revision }) => revision));
  }

  claim(through: number, limit: number): ScheduledRecord[] {
    const due = this.list().filter(({ state, at }) => state === 'waiting' && at <= through);
    const claimed = due.slice(0, limit).map((item): ScheduledRecord => ({ ...item, state: 'firing' }));
    for (const { scheduled } of claimed) {
      const item = this.#items.get(scheduled);
      if (item !== undefined) this.#items.set(scheduled, { ...item, state: 'firing' });
    }
    return claimed;
  }

  settle(outcomes: Parameters<Schedules['settle']>[0]): void {
    for (const { scheduled, error } of outcomes) {
      const item = this.#items.get(scheduled);
      if (item?.state !== 'firing') continue;
      if (error === undefined) this.#put({ ...item, state: 'sent', message: undefined });
      else this.#put({ ...item, state: 'failed', error });
    }
  }

  /** The account is gone. */
  forget(user: UserId): void {
    for (const [scheduled, item] of this.#items) if (item.user === user) this.#items.delete(scheduled);
  }

  #own(user: UserId, scheduled: ScheduledId): Stored | undefined {
    const item = this.#items.get(scheduled);
    return item?.user === user ? item : undefined;
  }

  #put(item: Omit<Stored, 'revision'>): void {
    this.#items.set(item.scheduled, { ...item, revision: ++this.#revision });
  }

  #isFull(user: UserId, message: string, limits: ScheduledLimits, except?: ScheduledId): boolean {
    const others = this.list(user).filter(({ scheduled }) => scheduled !== except);
    const chars = others.reduce((sum, other) => sum + other.message.length, message.length);
    return others.length >= limits.count || chars > limits.chars;
  }
}

/** `Schedules` over what the memory engine holds: reads see it as it is, writes wait for the writer. */
export function memorySchedules(items: MemorySchedules, writer: MemoryWriter): Schedules {
  const write = <T>(change: () => T) => writer.write('directory', change);
  return {
    add: (item, limits) => write(() => items.add(item, limits)),
    change: (...args) => write(() => items.change(...args)),
    remove: (user, scheduled) => write(() => items.remove(user, scheduled)),
    claim: (through, limit) => write(() => items.claim(through, limit)),
    settle: (outcomes) => write(() => items.settle(outcomes)),
    list: async (user) => items.list(user),
    revision: async (user) => items.revision(user),
    async revisions() {
      const users = new Set(items.list().map(({ user }) => user));
      return [...users].map((user) => ({ user, revision: items.revision(user) ?? 0 }));
    },
    next: async () => items.list().find(({ state }) => state === 'waiting')?.at,
    firing: async () => items.list().filter(({ state }) => state === 'firing'),
  };
}
