import type { UserId } from '@maru/protocol';
import type { SeededRandom } from './seeded-random.ts';
import type { SimDevice } from './sim-device.ts';

/** How often a step of the story is one of these, too. */
const CHANCE = 0.08;
const ACTS = ['request', 'accept', 'refuse', 'remove', 'block', 'unblock', 'unblock'] as const;

export interface RelationStoryDeps {
  readonly random: SeededRandom;
  readonly users: readonly UserId[];
  readonly note: (what: string) => void;
  readonly tried: (work: Promise<unknown>) => void;
}

/** Who asks whom to be a contact, answers, ends it, and blocks, by HTTP. */
export class RelationStory {
  readonly #deps: RelationStoryDeps;

  constructor(deps: RelationStoryDeps) {
    this.#deps = deps;
  }

  step({ client, identity }: SimDevice): void {
    const { random, users, note, tried } = this.#deps;
    if (!random.chance(CHANCE)) return;
    const params = { user: random.pick(users.filter((other) => other !== identity.user)) };
    const act = random.pick(ACTS);
    if (client === undefined) return;
    note(act);
    const { api } = client;
    const asked = {
      request: () => api.requestContact({ params, body: { note: { type: 'text', text: act } } }),
      accept: () => api.answerRequest({ params, body: { accept: true } }),
      refuse: () => api.answerRequest({ params, body: { accept: false } }),
      remove: () => api.removeContact({ params }),
      block: () => api.blockPerson({ params, body: { blocked: true } }),
      unblock: () => api.blockPerson({ params, body: { blocked: false } }),
    };
    tried(asked[act]());
  }
}
