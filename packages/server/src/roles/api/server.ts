import { PROTOCOL_VERSION, routes } from '@maru/protocol';
import type { ApiDeps } from './deps.ts';
import { gatewayTicket } from './gateway-ticket.ts';
import { done } from './handler.ts';
import type { Register } from './register.ts';

export function registerServer(register: Register, deps: ApiDeps): void {
  const { settings } = deps;

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
}
