import type { MaruClient } from '@maru/client';
import type { RoomId, UserId } from '@maru/protocol';
import type { BegunStage } from '../simulation/cast.ts';
import type { SeededRandom } from '../simulation/seeded-random.ts';
import type { SimDevice } from '../simulation/sim-device.ts';
import { anyMessage } from '../simulation/talk-story.ts';
import type { StagedScene } from './scene.ts';

/** After so many lines comes one of these. */
const CHANCE = 0.6;
/** How long a device, its network or the server is away, in virtual time. */
const AWAY_MS_MAX = [2_000, 10_000, 60_000] as const;

/** What is done in the rooms of a played session, by who may, beside what the simulation's stories do anywhere. */
const ACTS = [
  ...(['edit', 'edit', 'edit', 'delete', 'react', 'react', 'remove', 'remove', 'bring back'] as const),
  ...([
    'bring back',
    'bring back',
    'bring back',
    'role',
    'relate',
    'relate',
    'relate',
    'off',
    'off',
    'offline',
  ] as const),
  ...(['restart', 'keep for ever'] as const),
];

/** Does one thing or another in a played town, chance says which. */
export class TownActs {
  readonly #stage: BegunStage;
  readonly #random: SeededRandom;
  readonly #scenes: readonly StagedScene[];
  readonly #userOf: (name: string) => UserId;
  #count = 0;

  constructor(
    stage: BegunStage,
    random: SeededRandom,
    scenes: readonly StagedScene[],
    userOf: (name: string) => UserId,
  ) {
    this.#stage = stage;
    this.#random = random;
    this.#scenes = scenes;
    this.#userOf = userOf;
  }

  step(): void {
    const { devices, note, time, server } = this.#stage;
    if (!this.#random.chance(CHANCE)) return;
    const what = this.#random.pick(ACTS);
    const [device, staged] = [this.#random.pick(devices), this.#random.pick(this.#scenes)];
    const awayMs = this.#random.between(0, this.#random.pick(AWAY_MS_MAX));
    note(what);
    switch (what) {
      case 'off':
        device.crash();
        time.after(awayMs, () => void device.start());
        return;
      case 'offline':
        device.offline = true;
        device.cut(false);
        time.after(awayMs, () => {
          device.offline = false;
        });
        return;
      case 'restart':
        if (!server.running) return;
        server.crash();
        time.after(awayMs / 4, () => {
          if (!server.running) server.start();
        });
        return;
      case 'remove':
      case 'bring back':
      case 'role':
      case 'keep for ever':
        this.#manage(staged, what);
        return;
      default:
        this.#talk(this.#speaking(staged) ?? device, staged, what);
    }
  }

  /** A device that is on of somebody who has something to say in a scene. */
  #speaking({ scene }: StagedScene): SimDevice | undefined {
    const user = this.#userOf(this.#random.pick(scene.speakers));
    return this.#stage.devices.find(({ identity, client }) => identity.user === user && client !== undefined);
  }

  #manage(staged: StagedScene, what: 'remove' | 'bring back' | 'role' | 'keep for ever'): void {
    const { room, scene } = staged;
    const { devices, tried } = this.#stage;
    const user = this.#userOf(this.#random.pick(scene.speakers));
    const role = this.#random.pick([
      'administrator',
      'administrator',
      'administrator',
      'member',
      'owner',
    ] as const);
    const may = {
      remove: 'remove',
      'bring back': 'add',
      role: 'set-role',
      'keep for ever': 'set-timer',
    } as const;
    const hosts = devices.flatMap(({ client }) => {
      const snapshot = client?.room(room);
      return client !== undefined && snapshot?.membership === 'member' && snapshot.can[may[what]]
        ? [client]
        : [];
    });
    if (hosts.length === 0) return;
    const host = this.#random.pick(hosts);
    const { commands } = host;
    switch (what) {
      case 'remove':
        tried(commands.removeMember(room, user));
        return;
      case 'bring back': {
        const out = devices.filter(({ client }) => (client?.room(room)?.membership ?? 'member') !== 'member');
        const [someone] = out;
        if (someone !== undefined) tried(commands.addMembers(room, [someone.identity.user]));
        return;
      }
      case 'role':
        tried(commands.setRole(room, user, role));
        return;
      case 'keep for ever':
        if (host.room(room)?.facts.expiresAfter !== undefined) tried(commands.setTimer(room, 0));
        return;
    }
  }

  /** Changes, deletes or marks something that was said, or answers whom one talks with. */
  #talk(device: SimDevice, { room, scene }: StagedScene, what: 'edit' | 'delete' | 'react' | 'relate'): void {
    const { tried } = this.#stage;
    const [chance, roll, text] = [this.#random.next(), this.#random.next(), `edited ${this.#count++}`];
    const other = this.#userOf(this.#random.pick(scene.speakers));
    const { client } = device;
    if (client === undefined) return;
    if (what === 'relate') tried(this.#relate(client, other, roll));
    else tried(this.#mark(device, client, room, { what, chance, text }));
  }

  async #mark(
    device: SimDevice,
    { commands }: MaruClient,
    room: RoomId,
    { what, chance, text }: { what: 'edit' | 'delete' | 'react'; chance: number; text: string },
  ): Promise<void> {
    const { user } = device.identity;
    const target = await anyMessage(device, room, chance, ({ sender }) =>
      what === 'react' ? sender !== user : sender === user,
    );
    if (target === undefined) return;
    if (what === 'react') await commands.react(room, target, '🙏');
    else await (what === 'edit' ? commands.edit(room, target, text) : commands.delete(room, target));
  }

  /** What people do who talk with each other: they let each other in, fall out, and make up. */
  async #relate({ commands, contacts, user }: MaruClient, other: UserId, roll: number): Promise<void> {
    const [asking, blocked, contact] = [contacts.incoming[0], contacts.blocked[0], contacts.contacts[0]];
    if (asking !== undefined)
      await (roll < 0.7 ? commands.accept(asking.user) : commands.refuse(asking.user));
    else if (blocked !== undefined && roll < 0.6) await commands.unblock(blocked.user);
    else if (contact !== undefined && roll < 0.5) {
      await (roll < 0.2 ? commands.removeContact(contact.user) : commands.block(contact.user));
    } else if (other !== user)
      await (roll < 0.75 ? commands.request(other, '안녕하세요') : commands.block(other));
  }
}
