/** A device over one of the SDK's transports: says hello, beats, and keeps the cursor; everything on its wire is counted. */
import {
  type Connection,
  pollTransport,
  systemEnvironment,
  type Transport,
  type WebSocketLike,
  webSocketTransport,
} from '@maru/client';
import { type DownFrame, limits } from '@maru/protocol';
import { CountingHttp, countingPolls, type WireCounts } from './counting-http.ts';
import { fail } from './report.ts';

export interface Carrier {
  readonly kind: 'websocket' | 'long-poll' | 'poll';
  /** Between plain polls. */
  readonly everyMs: number;
}

/** As the SDK's. */
const LONG_POLL_MS = 20_000;
/** A handshake's request and its answer, about. */
const UPGRADE_BYTES = { up: 260, down: 170 } as const;

export class CarriedDevice {
  readonly #port: number;
  readonly #token: string;
  readonly #carrier: Carrier;
  readonly #counts: WireCounts;
  readonly #http: CountingHttp;
  #connection: Connection | undefined;
  #cursor: string | undefined;

  constructor(port: number, token: string, carrier: Carrier, counts: WireCounts) {
    this.#port = port;
    this.#token = token;
    this.#carrier = carrier;
    this.#counts = counts;
    this.#http = new CountingHttp(port, counts);
  }

  /** Resolves when it is greeted; from then on it beats. */
  async open(onFrame: (frame: DownFrame) => void): Promise<void> {
    const { promise: greeted, resolve } = Promise.withResolvers<void>();
    const ticket = await this.#ticket();
    const take = (frame: DownFrame) => {
      if (frame.kind === 'welcome') resolve();
      if (frame.kind === 'welcome' || frame.kind === 'beat') this.#cursor = frame.cursor;
      else onFrame(frame);
    };
    const connection = this.#transport().connect(`ws://127.0.0.1:${this.#port}/v1/connect`, {
      onOpen: () => connection.send(JSON.stringify({ kind: 'hello', versions: [1], ticket })),
      onAlive: () => undefined,
      onFrame: (text) => take(JSON.parse(text)),
      onClose: (code) => fail(`a device was closed (code ${code})`),
    });
    this.#connection = connection;
    await greeted;
    // Not all at once.
    setTimeout(() => setInterval(() => this.#beat(), limits.BEAT_MS), Math.random() * limits.BEAT_MS);
  }

  send(frame: string): void {
    this.#connection?.send(frame);
  }

  #beat(): void {
    const beat = JSON.stringify({ kind: 'beat', state: 'active', cursor: this.#cursor });
    if (this.#connection?.sendAlong === undefined) this.#connection?.send(beat);
    else this.#connection.sendAlong(beat, false);
  }

  async #ticket(): Promise<string> {
    const { body } = await this.#http.http({
      method: 'GET',
      url: `http://127.0.0.1:${this.#port}/v1/gateway`,
      headers: { authorization: `Bearer ${this.#token}` },
      cookies: false,
    });
    return JSON.parse(new TextDecoder().decode(body)).ticket;
  }

  #transport(): Transport {
    const { kind, everyMs } = this.#carrier;
    if (kind === 'websocket')
      return webSocketTransport((url, subprotocol) => this.#openSocket(url, subprotocol));
    const environment = { ...systemEnvironment(), http: countingPolls(this.#http.http, this.#counts) };
    return pollTransport(environment, kind === 'poll' ? { kind, everyMs } : { kind, waitMs: LONG_POLL_MS });
  }

  #openSocket(url: string, subprotocol: string): WebSocketLike {
    const counts = this.#counts;
    const socket = new WebSocket(url, subprotocol);
    counts.handshakes += 1;
    counts.bytesUp += UPGRADE_BYTES.up;
    counts.bytesDown += UPGRADE_BYTES.down;
    socket.addEventListener('message', ({ data }) => {
      counts.bytesDown += framed(String(data));
    });
    const send = socket.send.bind(socket);
    // A client's frames carry a mask of four bytes (RFC 6455 §5.3).
    return Object.assign(socket, {
      send(text: string) {
        counts.bytesUp += framed(text) + 4;
        send(text);
      },
    }) as WebSocketLike;
  }
}

/** Bytes of a frame with its header (RFC 6455 §5.2). */
function framed(text: string): number {
  const bytes = Buffer.byteLength(text);
  return bytes + (bytes < 126 ? 2 : bytes < 65_536 ? 4 : 10);
}
