import { type DownFrame, type UpFrame, type UpKind, upFrame } from '@maru/protocol';
import type { Environment, HttpRequest, HttpResponse } from '../environment.ts';
import type { ConnectionHandlers } from '../wire/transport.ts';
import { settle, VirtualClock } from './virtual-clock.ts';

type Up<K extends UpKind> = Extract<UpFrame, { kind: K }>;

/** The server's end of a connection: a test reads what came and says what goes. */
export class ScriptedConnection {
  readonly url: string;
  readonly #handlers: ConnectionHandlers;
  readonly received: UpFrame[] = [];
  /** Whether the client closed it. */
  closed = false;

  constructor(url: string, handlers: ConnectionHandlers) {
    this.url = url;
    this.#handlers = handlers;
  }

  receive(text: string): void {
    this.received.push(upFrame.parse(JSON.parse(text)));
  }

  open(): void {
    if (!this.closed) this.#handlers.onOpen();
  }

  async push(...frames: DownFrame[]): Promise<void> {
    for (const frame of frames) if (!this.closed) this.#handlers.onFrame(JSON.stringify(frame));
    await settle();
  }

  async pushText(text: string): Promise<void> {
    if (!this.closed) this.#handlers.onFrame(text);
    await settle();
  }

  async close(code: number): Promise<void> {
    if (!this.closed) this.#handlers.onClose(code);
    this.closed = true;
    await settle();
  }

  /** All frames of a kind that came so far. */
  all<K extends UpKind>(kind: K): Up<K>[] {
    return this.received.filter((frame): frame is Up<K> => frame.kind === kind);
  }

  /** The newest frame of a kind. */
  last<K extends UpKind>(kind: K): Up<K> {
    const frame = this.all(kind).at(-1);
    if (frame === undefined)
      throw new Error(`no ${kind} came, only ${this.received.map((each) => each.kind).join(', ')}`);
    return frame;
  }
}

/** A server that says what a test tells it to, on virtual time. The wire is the boundary: nothing of the SDK is replaced. */
export class ScriptedServer {
  readonly clock = new VirtualClock();
  readonly connections: ScriptedConnection[] = [];
  readonly requests: HttpRequest[] = [];
  /** Answers HTTP. What it doesn't know has no answer. */
  http: (request: HttpRequest) => HttpResponse | undefined = () => undefined;
  /** Whether nothing answers. */
  down = false;
  #random = 1;
  #tickets = 0;

  get environment(): Environment {
    return {
      clock: this.clock,
      random: (count) => Uint8Array.from({ length: count }, () => this.#nextByte()),
      transport: {
        connect: (url, handlers) => {
          const connection = new ScriptedConnection(url, handlers);
          this.connections.push(connection);
          return {
            send: (text) => connection.receive(text),
            close: () => {
              connection.closed = true;
            },
          };
        },
      },
      http: async (request) => {
        this.requests.push(request);
        const response = this.down ? undefined : (this.http(request) ?? this.#gateway(request));
        if (response === undefined) throw new Error('connection refused');
        return response;
      },
    };
  }

  /** The newest connection. */
  get connection(): ScriptedConnection {
    const connection = this.connections.at(-1);
    if (connection === undefined) throw new Error('nobody has connected');
    return connection;
  }

  #gateway({ url }: HttpRequest): HttpResponse | undefined {
    if (!url.endsWith('/v1/gateway')) return undefined;
    const ticket = `ticket-${++this.#tickets}`;
    return json(200, {
      url: 'wss://gateway-7.example.org/v1/socket',
      ticket,
      expiresAt: this.clock.now() + 60_000,
    });
  }

  /** Park–Miller, so that a test always sees the same chance. */
  #nextByte(): number {
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    return this.#random & 255;
  }
}

export function json(status: number, body: unknown): HttpResponse {
  return { status, body: new TextEncoder().encode(JSON.stringify(body)) };
}

export function bytes(status: number, body: Uint8Array): HttpResponse {
  return { status, body };
}
