import type { SocketData } from '../../roles/gateway/ws-transport.ts';
import type { WiredGateway } from './wired-gateway.ts';

/** Sockets of the runtime's own before the gateway, all from one address. */
export function serveGateway({ gateway }: WiredGateway): Bun.Server<SocketData> {
  return Bun.serve<SocketData>({
    port: 0,
    hostname: '127.0.0.1',
    websocket: gateway.websocket,
    fetch: (request, server) =>
      gateway.upgrade(request, server, {
        address: '192.0.2.1',
        host: request.headers.get('host') ?? '',
        secure: false,
      }),
  });
}
