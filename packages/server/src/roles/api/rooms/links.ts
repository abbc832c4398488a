import { linkCodeOf, type RoomId, readLinkCode, routes } from '@maru/protocol';
import type { OpenRoomLink } from '../../../ports/rooms.ts';
import { joinLink } from '../../edge/invite-link.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound, refuse } from '../handler.ts';
import type { Register } from '../register.ts';

/** Links into groups. What is wrong with one is not told. */
export function registerLinks(register: Register, { rooms, directory, settings }: ApiDeps): void {
  const shown = (room: RoomId, { secret, seq: _seq, ...link }: OpenRoomLink) => {
    const code = linkCodeOf(room, secret);
    const { publicUrl } = settings;
    return { ...link, code, ...(publicUrl !== undefined && { url: joinLink(publicUrl.href, code) }) };
  };

  register(routes.getLinks, async ({ identity, params: { room } }) => {
    const found = await rooms.links(room, identity.user);
    if (found === undefined) return notFound('room');
    if (found.kind === 'refused') return found;
    const people = await directory.users(found.requests.map(({ user }) => user));
    const byId = new Map(people.map((person) => [person.user, person]));
    const requests = found.requests.flatMap(({ user, link }) => {
      const person = byId.get(user);
      // Of a deleted account there is no name any more; it is listed as long as it waits, so that it can be answered.
      return person === undefined ? [] : [{ user, link, handle: person.handle, name: person.name }];
    });
    return done({ links: found.links.map((link) => shown(room, link)), requests });
  });

  register(routes.lookAtLink, async ({ identity, body: { code } }) => {
    const { room, secret } = readLinkCode(code);
    const preview = await rooms.previewLink(room, identity.user, secret);
    return preview === undefined
      ? refuse('link-invalid', 'This link lets nobody in (any more). Ask for another.')
      : done({ room, ...preview });
  });
}
