import type { Change } from './event.ts';
import type { UserId } from './ids.ts';
import type { Create } from './up/create.ts';

type Given = Pick<Extract<Create, { roomKind: 'channel' }>, 'name' | 'description' | 'public'>;

/** What the first event of a channel says: the server writes it, and who makes one shows it before the server answers. */
export function channelCreated(
  owner: UserId,
  { name, description, public: isPublic }: Given,
): Extract<Change, { type: 'created' }> {
  return {
    ...{ type: 'created', roomKind: 'channel', name, history: 'all', members: [owner] },
    ...(description !== '' && { description }),
    ...(isPublic && { public: isPublic }),
  };
}
