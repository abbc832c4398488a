import type { RoomId } from '@maru/protocol';
import type { StoryDeps } from './stage.ts';

/** Of so many steps of a story one is followed by something about a channel. */
const CHANCE = 0.1;
const CHANNELS_MAX = 2;

/** Beside a story, and by a chance of its own: people make channels, come, go, and are removed. */
export class ChannelStory {
  readonly #deps: StoryDeps;
  /** Whatever became of them. */
  readonly #channels: RoomId[] = [];
  #count = 0;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { devices, users, random, note, tried } = this.#deps;
    if (!random.chance(CHANCE)) return;
    const { client } = random.pick(devices);
    const user = random.pick(users);
    const act = random.pick(['join', 'join', 'join', 'leave', 'remove'] as const);
    const isPublic = random.chance(0.8);
    const name = `channel ${this.#count++}`;
    if (client === undefined) return;
    const { commands } = client;
    if (this.#channels.length < CHANNELS_MAX && random.chance(0.5)) {
      note('channel');
      tried(
        commands.createChannel(name, { public: isPublic }).then(({ room }) => {
          this.#channels.push(room);
        }),
      );
      return;
    }
    if (this.#channels.length === 0) return;
    const channel = random.pick(this.#channels);
    note(`channel ${act}`);
    const acts = {
      join: () => commands.joinChannel(channel),
      leave: () => commands.leave(channel),
      remove: () => commands.removeMember(channel, user),
    };
    tried(acts[act]());
  }
}
