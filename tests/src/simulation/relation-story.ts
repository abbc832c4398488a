import type { MaruClient } from '@maru/client';
import type { UserId } from '@maru/protocol';
import type { SimDevice } from './sim-device.ts';
import type { StoryDeps } from './stage.ts';

/** How often a step of the story is one of these, too. */
const CHANCE = 0.08;
/** So many of the acts are the device's own, the others go by HTTP. */
const OWN_CHANCE = 0.6;
const ACTS = ['request', 'accept', 'refuse', 'remove', 'block', 'unblock', 'unblock'] as const;
type Act = (typeof ACTS)[number];

export interface RelationStoryDeps extends StoryDeps {
  /** Whether devices block with a report, and never without one. */
  readonly reports: boolean;
}

/** Who asks whom to be a contact, answers, ends it, and blocks: as things stand on the server, or as the device sees them. */
export class RelationStory {
  readonly #deps: RelationStoryDeps;

  constructor(deps: RelationStoryDeps) {
    this.#deps = deps;
  }

  step({ client, identity }: SimDevice): void {
    const { random, users, note, tried, reports } = this.#deps;
    if (!random.chance(CHANCE)) return;
    const user = random.pick(users.filter((other) => other !== identity.user));
    const act = random.pick(ACTS);
    const isOwn = random.chance(OWN_CHANCE);
    const ends = random.chance(0.5) ? 'cancel' : 'removeContact';
    if (client === undefined) return;
    note(act);
    tried(isOwn ? given(client, user, act, ends, reports) : asked(client, user, act));
  }
}

/** By the outbox, offline too. */
async function given(
  { commands }: MaruClient,
  user: UserId,
  act: Act,
  ends: 'cancel' | 'removeContact',
  reports: boolean,
): Promise<unknown> {
  if (act === 'request') return commands.request(user, 'hello');
  if (act === 'block') return reports ? commands.block(user, { reason: 'spam' }) : commands.block(user);
  return commands[act === 'remove' ? ends : act](user);
}

/** By HTTP. */
function asked({ api }: MaruClient, user: UserId, act: Act): Promise<unknown> {
  const params = { user };
  switch (act) {
    case 'request':
      return api.requestContact({ params, body: { note: { type: 'text', text: act } } });
    case 'accept':
    case 'refuse':
      return api.answerRequest({ params, body: { accept: act === 'accept' } });
    case 'remove':
      return api.removeContact({ params });
    case 'block':
    case 'unblock':
      return api.blockPerson({ params, body: { blocked: act === 'block' } });
  }
}
