import type { RoomId } from '@maru/protocol';
import type { SimDevice } from './sim-device.ts';
import type { StoryDeps } from './stage.ts';
import { anyMessage } from './talk-story.ts';

/** Of so many steps of a story one is followed by something that is sent on. */
const CHANCE = 0.08;

/** Beside a story, and by a chance of its own: messages are sent on to other rooms. */
export class ForwardStory {
  readonly #deps: StoryDeps;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { random, devices, note, tried } = this.#deps;
    if (!random.chance(CHANCE)) return;
    const device = random.pick(devices);
    const rooms = (device.client?.rooms ?? []).map(({ room }) => room).sort();
    const chance = random.next();
    if (rooms.length === 0) return;
    const [from, to] = [random.pick(rooms), random.pick(rooms)];
    note('forward');
    tried(forward(device, from, to, chance));
  }
}

async function forward(device: SimDevice, from: RoomId, to: RoomId, chance: number): Promise<void> {
  const seq = await anyMessage(device, from, chance);
  if (seq !== undefined) await device.forward(from, seq, to);
}
