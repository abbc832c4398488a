import { SUBPROTOCOL } from '@maru/protocol';
import type { Connection, ConnectionHandlers, Transport } from './transport.ts';

/** The part of a WebSocket that is used: a browser's, Bun's, Node's (22 and later) or that of `ws`. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number): void;
}

export type OpenWebSocket = (url: string, subprotocol: string) => WebSocketLike;

/** WebSocket (RFC 6455) with the subprotocol `maru.v1`: a frame is one text message. */
export function webSocketTransport(open: OpenWebSocket = openGlobal): Transport {
  return { connect: (url, handlers) => new WebSocketConnection(open(url, SUBPROTOCOL), handlers) };
}

function openGlobal(url: string, subprotocol: string): WebSocketLike {
  return new WebSocket(url, subprotocol) as WebSocketLike;
}

class WebSocketConnection implements Connection {
  readonly #socket: WebSocketLike;
  #open = false;

  constructor(socket: WebSocketLike, handlers: ConnectionHandlers) {
    this.#socket = socket;
    socket.onopen = () => {
      this.#open = true;
      handlers.onOpen();
    };
    socket.onmessage = ({ data }) => {
      handlers.onAlive();
      if (typeof data === 'string') handlers.onFrame(data);
    };
    socket.onclose = ({ code }) => {
      this.#silence();
      handlers.onClose(code);
    };
    // A close event follows every error and says all there is to know.
    socket.onerror = () => undefined;
  }

  send(text: string): void {
    if (this.#open) this.#socket.send(text);
  }

  close(): void {
    this.#silence();
    this.#socket.close(1000);
  }

  #silence(): void {
    this.#open = false;
    this.#socket.onopen = null;
    this.#socket.onmessage = null;
    this.#socket.onclose = null;
    // `onerror` stays: `ws` throws an error that nobody listens to, and closing while connecting is one.
  }
}
