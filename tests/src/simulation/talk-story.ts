import type { Event, RoomId, Seq } from '@maru/protocol';
import type { SimDevice } from './sim-device.ts';
import type { StoryDeps } from './stage.ts';

/** Of so many steps of a story one is followed by something about a message. */
const CHANCE = 0.3;
/** One of them has two code points, another lacks the one by which it is an emoji. */
const EMOJI = ['👍', '❤️', '\u2764'] as const;
/** More than a room of a story has. */
const EVENTS_MAX = 10_000;

/** Beside a story, and by a chance of its own: messages are answered, reacted to and pinned. */
export class TalkStory {
  readonly #deps: StoryDeps;
  #count = 0;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { random, devices, note, tried } = this.#deps;
    if (!random.chance(CHANCE)) return;
    const device = random.pick(devices);
    const what = random.pick(['react', 'react', 'react', 'pin', 'answer', 'answer'] as const);
    const rooms = (device.client?.rooms ?? []).map(({ room }) => room).sort();
    if (rooms.length === 0) return;
    const room = random.pick(rooms);
    note(what);
    tried(what === 'answer' ? this.#answer(device, room) : this.#mark(device, room, what));
  }

  /** Answers any message that the device has. */
  async #answer(device: SimDevice, room: RoomId): Promise<void> {
    const [chance, text] = [this.#deps.random.next(), `answer ${this.#count++}`];
    const replyTo = await anyMessage(device, room, chance);
    if (replyTo !== undefined) await device.say(room, text, { replyTo });
  }

  /** Puts something on any message that the device has, or takes it off; or pins it, or takes it down. */
  async #mark(device: SimDevice, room: RoomId, what: 'react' | 'pin'): Promise<void> {
    const { random } = this.#deps;
    const [chance, on, emoji] = [random.next(), random.chance(0.7), random.pick(EMOJI)];
    const target = await anyMessage(device, room, chance);
    const commands = device.client?.commands;
    if (target === undefined || commands === undefined) return;
    await (what === 'pin' ? commands.pin(room, target, on) : commands.react(room, target, emoji, on));
  }
}

/** Any message that a device has of a room and is meant; `undefined`: it has none. */
export async function anyMessage(
  { store }: SimDevice,
  room: RoomId,
  chance: number,
  isMeant: (message: Event) => boolean = () => true,
): Promise<Seq | undefined> {
  const events = await store.events(room, 1, EVENTS_MAX);
  const messages = events.filter((event) => event.kind === 'message' && isMeant(event));
  return messages[Math.floor(chance * messages.length)]?.seq;
}
