import type { MaruClient, RoomSummary } from '@maru/client';
import type { LinkCode, RoomId } from '@maru/protocol';
import type { SimDevice } from './sim-device.ts';
import type { StoryDeps } from './stage.ts';

/** Of so many steps of a story one is followed by something about a group. */
const CHANCE = 0.12;

/** Beside a story, and by a chance of its own: people are given roles, and groups rights. */
export class GroupStory {
  readonly #deps: StoryDeps;
  /** Of links that were made, whatever became of them. */
  readonly #codes: LinkCode[] = [];

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { devices, random } = this.#deps;
    if (!random.chance(CHANCE)) return;
    const device = random.pick(devices);
    const groups = device.client?.allRooms.filter(({ roomKind }) => roomKind === 'group') ?? [];
    if (this.#codes.length > 0 && random.chance(0.3)) {
      this.#join(device);
      return;
    }
    if (groups.length === 0) return;
    this.#act(device, random.pick(groups.toSorted((a, b) => (a.room < b.room ? -1 : 1))));
  }

  /** Whoever has a link may come, in the room or not. */
  #join({ client }: SimDevice): void {
    const { random, note, tried } = this.#deps;
    if (client === undefined) return;
    note('join');
    tried(client.commands.join(random.pick(this.#codes)));
  }

  async #makeLink(client: MaruClient, room: RoomId, usesMax: number, approval: boolean): Promise<void> {
    const { code } = await client.commands.makeLink(room, { usesMax, approval });
    this.#codes.push(code);
  }

  #act({ client }: SimDevice, { room }: RoomSummary): void {
    if (client === undefined) return;
    const { users, random, note, tried } = this.#deps;
    const { commands } = client;
    const role = random.pick(['owner', 'administrator', 'administrator', 'member'] as const);
    const right = random.pick(['send', 'add', 'rename', 'pin', 'mention-all'] as const);
    // Mostly everyone, so that stories go on.
    const level = random.pick(['everyone', 'everyone', 'administrators', 'owner'] as const);
    const user = random.pick(users);
    const seconds = random.pick([0, 0, 5, 20]);
    const [usesMax, approval] = [random.pick([1, 2]), random.chance(0.5)];
    const { requests: [asking] = [], links: [link] = [] } = client.room(room)?.facts ?? {};
    const acts = {
      role: () => commands.setRole(room, user, role),
      rights: () => commands.setRights(room, { [right]: level }),
      slow: () => commands.setSlowMode(room, seconds),
      link: () => this.#makeLink(client, room, usesMax, approval),
      answer: () => commands.answerJoin(room, asking?.user ?? user, approval),
      revoke: () => (link === undefined ? Promise.resolve() : commands.revokeLink(room, link.link)),
    };
    const what = random.pick([
      'role',
      'rights',
      'slow',
      'link',
      'link',
      'answer',
      'answer',
      'revoke',
    ] as const);
    note(what);
    tried(acts[what]());
  }
}
