import { systemEnvironment, type WebSocketLike, webSocketTransport } from '@maru/client';
import type { SeededRandom } from '../simulation/seeded-random.ts';

/** Connections of devices that a test cuts as a lost network does. */
export class CuttableSockets {
  readonly #open = new Set<WebSocket>();
  readonly environment = systemEnvironment(
    webSocketTransport((url, subprotocol) => this.#connect(url, subprotocol)),
  );
  cuts = 0;

  /** Cuts one of those that are open, without a close frame. */
  cutOne(random: SeededRandom): void {
    const open = [...this.#open].filter(({ readyState }) => readyState === WebSocket.OPEN);
    if (open.length === 0) return;
    random.pick(open).terminate();
    this.cuts++;
  }

  #connect(url: string, subprotocol: string): WebSocketLike {
    const socket = new WebSocket(url, subprotocol);
    this.#open.add(socket);
    socket.addEventListener('close', () => this.#open.delete(socket));
    return socket as WebSocketLike;
  }
}
