import type { MaruClient } from '@maru/client';
import type { RoomId, Seq } from '@maru/protocol';
import type { StoryDeps } from './stage.ts';

const HOUR_MS = 3_600_000;
/** The newest messages, of which some are hidden. */
const HIDDEN_AMONG = 40;

/** What people keep for themselves, on devices that come and go. */
export class OwnStory {
  readonly #deps: StoryDeps;
  #count = 0;

  constructor(deps: StoryDeps) {
    this.#deps = deps;
  }

  step(): void {
    const { random, devices, note, tried } = this.#deps;
    const { client, store } = random.pick(devices);
    const rooms = (client?.allRooms ?? []).map(({ room }) => room).sort();
    if (client === undefined || rooms.length === 0 || random.chance(0.4)) return;
    const room = random.pick(rooms);
    const what = random.pick(['list', 'list', 'draft', 'draft', 'hide', 'reply', 'star', 'folder'] as const);
    note(`own ${what}`);
    switch (what) {
      case 'list':
        tried(this.#list(client, room, rooms));
        return;
      case 'draft':
        tried(this.#draft(client, room));
        return;
      case 'hide': {
        const chance = random.next();
        tried(
          store.events(room, 1, 10_000).then((events) => {
            const among = events.slice(-HIDDEN_AMONG).map(({ seq }) => seq);
            const from = Math.floor(chance * among.length);
            return client.settings.hideMessages(room, among.slice(from, from + 3));
          }),
        );
        return;
      }
      case 'star':
        tried(client.settings.star(room, random.between(1, 9) as Seq, random.chance(0.7)));
        return;
      case 'folder':
        tried(
          random.chance(0.1)
            ? client.settings.removeFolder('가족')
            : client.settings.putInFolder(random.pick(['가족', 'work']), room, random.chance(0.7)),
        );
        return;
      case 'reply': {
        const shortcut = random.pick(['a', '나', 'c']);
        tried(
          random.chance(0.3)
            ? client.settings.removeQuickReply(shortcut)
            : client.settings.keepQuickReply(shortcut, `reply ${this.#count++}`),
        );
        return;
      }
    }
  }

  #list({ settings }: MaruClient, room: RoomId, rooms: readonly RoomId[]): Promise<void> {
    const { random } = this.#deps;
    const other = random.pick(rooms);
    const until = random.pick([1, 5_000, 1_000 * HOUR_MS]) + Date.parse('2026-01-01T00:00:00Z');
    return random.pick([
      () => settings.mute(room, { mentions: random.chance(0.5) }),
      () => settings.mute(room, { until }),
      () => settings.unmute(room),
      () => settings.archive(room),
      () => settings.unarchive(room),
      () => settings.pin(room, other),
      () => settings.unpin(room),
    ])();
  }

  async #draft({ settings }: MaruClient, room: RoomId): Promise<void> {
    const { random } = this.#deps;
    settings.setDraft(room, random.chance(0.3) ? undefined : { text: `draft ${this.#count++}` });
    if (random.chance(0.3)) await settings.flushDraft(room);
  }
}
