import type { ErrorBody, UserId } from '@maru/protocol';
import type { CommandBody } from '../../core/room/command.ts';
import { recordedError } from '../../core/room/refuse.ts';
import type { Directory } from '../../ports/directory.ts';
import type { Inboxes } from '../../ports/inboxes.ts';

export interface PeopleSources {
  readonly directory: Pick<Directory, 'users'>;
  readonly relations: Pick<Inboxes, 'severedFrom' | 'mayAdd'>;
}

/** A body with what is known of the people whom it names. */
export type PeopledBody = CommandBody & { readonly mayWrite?: boolean };

/** Whether those whom a command names are there, and let its sender name them. */
export async function checkPeople(
  { directory, relations }: PeopleSources,
  by: UserId,
  body: CommandBody,
  users: readonly UserId[],
): Promise<{ kind: 'checked'; body: PeopledBody } | { kind: 'refused'; error: ErrorBody }> {
  const wanted = new Set(users);
  const found = await directory.users([...wanted]);
  const there = found.filter((record) => record.deletedAt === undefined);
  if (there.length < wanted.size) return refused('recipient-unavailable');
  // A direct room says itself who may make it; for most people the answer is known here.
  if ('roomKind' in body && body.roomKind === 'direct') {
    const isOpen = there.every(({ whoMayWrite }) => whoMayWrite === 'everyone');
    return { kind: 'checked', body: isOpen ? { ...body, mayWrite: true } : body };
  }
  // Into a group nobody brings whom they block, nor who blocks them (`[REL9]`).
  const severed = await relations.severedFrom(by);
  if (severed !== undefined && users.some((other) => severed.has(other)))
    return refused('recipient-unavailable');
  // Who asked to come in has said that they want to, whatever others may do unasked.
  if (body.kind === 'answer-join') return { kind: 'checked', body };
  return (await relations.mayAdd(by, there)) ? { kind: 'checked', body } : refused('contacts-only');
}

function refused(code: 'recipient-unavailable' | 'contacts-only'): { kind: 'refused'; error: ErrorBody } {
  return { kind: 'refused', error: recordedError(code, { field: 'users' }) };
}
