import { type LinkSecret, linkIdOf, mayDo, refusal, type UserId } from '@maru/protocol';
import { asksToJoin } from '../../core/room/asks-to-join.ts';
import { isRemovedSince } from '../../core/room/is-removed-since.ts';
import type { RoomState } from '../../core/room/state.ts';
import type { RoomStore } from '../../ports/room-store.ts';
import type { LinkPreview, RoomLinks } from '../../ports/rooms.ts';

/** A room's links with their secrets, for a member who may add. The secrets stand in the events that made the links. */
export async function readLinks(store: RoomStore, state: RoomState, user: UserId): Promise<RoomLinks> {
  if (!mayDo(state, user, 'add')) {
    const error = refusal('forbidden', 'Its links are for those who may add people.', { field: 'add' });
    return { kind: 'refused', error };
  }
  const links = await Promise.all(
    (state.facts.links ?? []).map(async (link) => {
      const [made] = await store.events(state.room, link.seq, link.seq);
      return made?.secret === undefined ? [] : [{ ...link, secret: made.secret }];
    }),
  );
  return { kind: 'links', links: links.flat(), requests: state.facts.requests ?? [] };
}

/**
 * What a link leads to, for who has its secret. `undefined` for one by which they can't come in, whatever the reason:
 * to who is in the room, or asks to be, it stays what it was as long as it is listed.
 */
export async function previewLink(
  store: RoomStore,
  state: RoomState,
  user: UserId,
  secret: LinkSecret,
  now: number,
): Promise<LinkPreview | undefined> {
  const id = linkIdOf(secret);
  const { facts, memberCount, name = '' } = state;
  const link = facts.links?.find((one) => one.link === id);
  if (link === undefined || memberCount === 0) return undefined;
  const preview = {
    ...{ name, memberCount, approval: link.approval },
    ...(facts.description !== undefined && { description: facts.description }),
  };
  const last = (await store.intervals(state.room, user)).at(-1);
  if (last !== undefined && last.left === undefined) return { ...preview, standing: 'member' };
  if (last?.how === 'removed' && isRemovedSince(state, last.left ?? 0, link.seq)) return undefined;
  if (link.approval && asksToJoin(state, user)) return { ...preview, standing: 'requested' };
  const { expiresAt = Number.POSITIVE_INFINITY, usesMax = Number.POSITIVE_INFINITY, uses } = link;
  if (expiresAt <= Math.max(state.at, now) || uses >= usesMax) return undefined;
  return { ...preview, standing: 'stranger' };
}
