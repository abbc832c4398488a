import { type Contact, directRoomId, type RelationAct, refusal, routes, type UserId } from '@maru/protocol';
import type { BlockReport } from '../../core/room/block-report.ts';
import { recordedError } from '../../core/room/refuse.ts';
import type { RelationOf } from '../../ports/inboxes.ts';
import type { Answer, SubmittedCommand } from '../../ports/rooms.ts';
import { encodeNote } from '../edge/checked-content.ts';
import { profileOf } from '../edge/profile-of.ts';
import { blockReport, refusedReport } from '../edge/with-reports.ts';
import type { ApiDeps } from './deps.ts';
import { done, notFound, nothing, type Reply } from './handler.ts';
import type { Register } from './register.ts';

/** What comes with an act. */
type Said = Extract<ReturnType<typeof encodeNote>, { kind: 'encoded' }>['note'] & {
  readonly report?: BlockReport;
};
type Refused = Extract<Reply<never>, { kind: 'refused' }>;

/**
 * Relations by the other person's id. What is asked for is a command without a device's name: it acts on the relation as it
 * stands on arrival, and asked for again it finds it so.
 */
export function registerContacts(register: Register, deps: ApiDeps): void {
  const { inboxes, directory } = deps;

  register(routes.listContacts, async ({ identity, query }) => {
    const { after, limit } = query;
    const { contacts, more } = await inboxes.contacts(identity.user, { after, limit });
    const records = await directory.users(contacts.map(({ user }) => user));
    const people = new Map(records.map((record) => [record.user, record]));
    const listed = contacts.flatMap(({ room, user, relation, since }) => {
      const person = people.get(user);
      if (person === undefined || person.deletedAt !== undefined) return [];
      return [{ ...profileOf(person), room, ...relation, state: stateOf(relation), since }];
    });
    return done({ contacts: listed, more });
  });

  register(routes.requestContact, async ({ identity, params, body }) => {
    const noted = encodeNote(body.note);
    if (noted.kind === 'refused') return noted;
    return answered(
      identity.user,
      params.user,
      await begin(deps, identity.user, params.user, 'request', noted.note),
    );
  });

  register(routes.removeContact, async ({ identity, params }) => {
    const removed = await relate(deps, identity.user, params.user, 'remove');
    if (!isRefusedAs(removed, 'relation-changed')) return emptied(removed);
    return emptied(await relate(deps, identity.user, params.user, 'cancel'));
  });

  register(routes.answerRequest, async ({ identity, params, body }) => {
    const answer = await relate(deps, identity.user, params.user, body.accept ? 'accept' : 'refuse');
    if (isRefusedAs(answer, 'not-found')) return notFound('person');
    return answered(identity.user, params.user, answer);
  });

  register(routes.blockPerson, async ({ identity, params, body }) => {
    const { blocked, report } = body;
    if (!blocked)
      return report ? refusedReport() : emptied(await relate(deps, identity.user, params.user, 'unblock'));
    const told = report && (await blockReport(deps.rooms, identity.user, report, params.user));
    return emptied(await begin(deps, identity.user, params.user, 'block', told && { report: told }));
  });
}

/** An act in the direct room of the two. `not-found` where there is none. */
async function relate(
  deps: ApiDeps,
  sender: UserId,
  user: UserId,
  act: RelationAct,
  said: Said = {},
): Promise<Answer> {
  if (sender === user) return refusedWith('That is you.');
  return deps.rooms.submit({ kind: 'relate', act, ...said, ...stamp(deps, sender, user) });
}

/** The same where there may be no room yet: it begins with the act. */
async function begin(
  deps: ApiDeps,
  sender: UserId,
  user: UserId,
  act: 'request' | 'block',
  said: Said = {},
): Promise<Answer> {
  const answer = await relate(deps, sender, user, act, said);
  if (!isRefusedAs(answer, 'not-found')) return answer;
  const person = await deps.directory.user(user);
  if (person === undefined || person.deletedAt !== undefined) {
    return { kind: 'refused', error: recordedError('recipient-unavailable', { field: 'users' }) };
  }
  const first = { act, ...said };
  return deps.rooms.submit({
    ...{ kind: 'create', roomKind: 'direct', user, relate: first },
    ...stamp(deps, sender, user),
  });
}

function stamp({ clock }: ApiDeps, sender: UserId, user: UserId) {
  const room = directRoomId(sender, user);
  return { room, sender, now: clock.now() } satisfies Partial<SubmittedCommand>;
}

function refusedWith(message: string): Answer {
  return { kind: 'refused', error: refusal('bad-request', message, { field: 'user' }) };
}

function isRefusedAs(answer: Answer, code: 'not-found' | 'relation-changed'): boolean {
  return answer.kind === 'refused' && answer.error.code === code;
}

function answered(sender: UserId, user: UserId, answer: Answer) {
  if (answer.kind === 'refused') return answer;
  return done({ room: directRoomId(sender, user), seq: answer.seq, at: answer.at });
}

/** Where there is no room there is nothing to end. */
function emptied(answer: Answer): Reply<unknown> | Refused {
  return answer.kind === 'refused' && answer.error.code !== 'not-found' ? answer : nothing();
}

function stateOf({ state }: RelationOf['relation']): Contact['state'] {
  if (state === 'contact' || state === 'blocked') return state;
  return state === 'requested-by-me' ? state : 'requested-by-them';
}
