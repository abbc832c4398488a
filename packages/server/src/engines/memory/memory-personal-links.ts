import type { PersonalCode, UserId } from '@maru/protocol';

/** The personal links of the memory engine. */
export class MemoryPersonalLinks {
  readonly #codes = new Map<UserId, PersonalCode>();
  readonly #users = new Map<PersonalCode, UserId>();

  of(user: UserId): PersonalCode | undefined {
    return this.#codes.get(user);
  }

  whose(code: PersonalCode): UserId | undefined {
    return this.#users.get(code);
  }

  give(user: UserId, code: PersonalCode, renew: boolean): PersonalCode {
    const known = this.#codes.get(user);
    if (known !== undefined && !renew) return known;
    this.revoke(user);
    this.#codes.set(user, code);
    this.#users.set(code, user);
    return code;
  }

  revoke(user: UserId): void {
    const known = this.#codes.get(user);
    if (known !== undefined) this.#users.delete(known);
    this.#codes.delete(user);
  }
}
