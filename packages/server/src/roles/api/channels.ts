import { routes } from '@maru/protocol';
import { channelWords } from '../../core/projection/channel-search.ts';
import type { ApiDeps } from './deps.ts';
import { done } from './handler.ts';
import type { Register } from './register.ts';

/** The directory of public channels: the same for everybody. */
export function registerChannels(register: Register, { rooms }: ApiDeps): void {
  register(routes.listChannels, async ({ query: { query, after, limit } }) => {
    const found = await rooms.channels({ words: channelWords(query), after, limit: limit + 1 });
    const channels = found.slice(0, limit);
    return done({ channels, more: found.length > channels.length });
  });
}
