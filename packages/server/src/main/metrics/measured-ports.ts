/** Ports with a meter in them: put between the roles when metrics are on, and not there at all when they are off. */
import type { Log } from '../../ports/log.ts';
import type { Rooms } from '../../ports/rooms.ts';
import type { Meters } from './meters.ts';

export function measuredLog(log: Log, { commitEntries, commitSeconds }: Meters): Log {
  return {
    get head() {
      return log.head;
    },
    get epoch() {
      return log.epoch;
    },
    async append(entries) {
      const begin = performance.now();
      await log.append(entries);
      commitEntries.observe(entries.length);
      commitSeconds.observe((performance.now() - begin) / 1_000);
    },
    replay: (after) => log.replay(after),
  };
}

export function measuredRooms(rooms: Rooms, { commands, refusals }: Meters): Rooms {
  return {
    async submit(command) {
      const answer = await rooms.submit(command);
      commands.inc({ kind: command.kind, outcome: answer.kind });
      if (answer.kind === 'refused') refusals.inc({ code: answer.error.code });
      return answer;
    },
    status: (...args) => rooms.status(...args),
    page: (...args) => rooms.page(...args),
    body: (...args) => rooms.body(...args),
    versions: (...args) => rooms.versions(...args),
    reactions: (...args) => rooms.reactions(...args),
    members: (...args) => rooms.members(...args),
    channels: (...args) => rooms.channels(...args),
    links: (...args) => rooms.links(...args),
    previewLink: (...args) => rooms.previewLink(...args),
    access: (...args) => rooms.access(...args),
  };
}
