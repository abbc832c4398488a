import { WebSocket as WsWebSocket } from 'ws';
import type { Environment } from '../environment.ts';
import { systemEnvironment } from '../system-environment.ts';
import { type WebSocketLike, webSocketTransport } from '../wire/websocket-transport.ts';

/** Real time, chance and network of Node: its own WebSocket (22 and later), or that of `ws` (Node 20). */
export function nodeEnvironment(): Environment {
  return systemEnvironment('WebSocket' in globalThis ? webSocketTransport() : wsTransport());
}

/** The transport over `ws`. */
export function wsTransport(): ReturnType<typeof webSocketTransport> {
  return webSocketTransport(
    (url, subprotocol) => new WsWebSocket(url, subprotocol, { perMessageDeflate: false }) as WebSocketLike,
  );
}
