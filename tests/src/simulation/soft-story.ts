import type { StoryDeps } from './stage.ts';

/** How likely something of this happens beside a step of the story. */
const CHANCE = 0.2;
/** Virtual time for which a device reads nothing, at most. */
const STALL_MS_MAX = 60_000;

/**
 * What happens beside the story, by a chance of its own, so that the story of a seed is the same with and without it:
 * people come to their devices and go, hide that they are there, and devices stop reading.
 */
export class SoftStory {
  readonly #deps: StoryDeps;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { random, devices, time, note, tried } = this.#deps;
    if (!random.chance(CHANCE)) return;
    const device = random.pick(devices);
    const { client } = device;
    const what = random.pick(['active', 'away', 'hide', 'stall', 'stall'] as const);
    const chance = random.next();
    note(what);
    switch (what) {
      case 'active':
      case 'away':
        client?.setPresence(what);
        return;
      case 'hide':
        if (client !== undefined) tried(client.api.updateMe({ body: { hidePresence: chance < 0.5 } }));
        return;
      case 'stall':
        device.stalledUntil = time.elapsed + chance * STALL_MS_MAX;
        return;
    }
  }
}
