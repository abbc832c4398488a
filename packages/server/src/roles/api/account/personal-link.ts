import { newPersonalCode, type PersonalCode, routes } from '@maru/protocol';
import { userLink } from '../../edge/invite-link.ts';
import type { ApiDeps } from '../deps.ts';
import { done, notFound, nothing } from '../handler.ts';
import type { Register } from '../register.ts';

/** The link by which somebody lets themselves be found (`[FIND1]`). Who follows one asks `people.ts`. */
export function registerPersonalLink(register: Register, { directory, random, settings }: ApiDeps): void {
  const { publicUrl } = settings;
  const shown = (code: PersonalCode | undefined) =>
    code === undefined
      ? notFound('link')
      : done({ code, ...(publicUrl !== undefined && { url: userLink(publicUrl.href, code) }) });

  register(routes.getMyLink, async ({ identity }) => shown(await directory.personalLink(identity.user)));

  register(routes.putMyLink, async ({ identity, body }) => {
    const code = newPersonalCode(random.bytes(16));
    return shown(await directory.givePersonalLink(identity.user, code, body.renew));
  });

  register(routes.deleteMyLink, async ({ identity }) => {
    await directory.revokePersonalLink(identity.user);
    return nothing();
  });
}
