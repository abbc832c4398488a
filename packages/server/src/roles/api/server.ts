import { PROTOCOL_VERSION, routes } from '@maru/protocol';
import { inviteLink } from '../edge/invite-link.ts';
import { hashCode, newCode } from '../edge/secrets.ts';
import type { ApiDeps } from './deps.ts';
import { gatewayTicket } from './gateway-ticket.ts';
import { done } from './handler.ts';
import type { Register } from './register.ts';

export function registerServer(register: Register, deps: ApiDeps): void {
  const { directory, clock, random, settings } = deps;

  register(routes.getServer, async () =>
    done({
      name: 'maru' as const,
      version: settings.version,
      protocolVersions: [PROTOCOL_VERSION],
      signUp: settings.signUp,
      limits: settings.limits,
    }),
  );

  register(routes.getGateway, async ({ identity, arrival }) => done(gatewayTicket(deps, identity, arrival)));

  register(routes.createInvite, async ({ identity, body }) => {
    const invite = newCode(random);
    const expiresAt = clock.now() + body.expiresInS * 1000;
    await directory.createInvite(hashCode(invite), identity.user, expiresAt, false);
    const link =
      settings.publicUrl === undefined ? {} : { link: inviteLink(settings.publicUrl.href, invite) };
    return done({ invite, ...link, expiresAt });
  });
}
