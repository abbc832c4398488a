/** HTTP/1.1 as one device speaks it: its own connections, kept open and used again, every byte counted. */
import type { Http, HttpRequest, HttpResponse } from '@maru/client';
import type { Socket } from 'bun';

/** What went over a device's connections. */
export class WireCounts {
  handshakes = 0;
  bytesUp = 0;
  bytesDown = 0;
  requests = 0;
  /** Answers that brought nothing new. */
  empty = 0;
}

interface Waiting {
  readonly resolve: (response: HttpResponse) => void;
  readonly reject: (error: Error) => void;
}

interface Line {
  waiting: Waiting | undefined;
  received: Buffer;
}

const NOTHING_NEW = /"frames":\[(\{"kind":"beat","cursor":"[^"]*","changed":\[\],"sync":false\})?\]/;
const HEAD_END = '\r\n\r\n';

export class CountingHttp {
  readonly counts: WireCounts;
  readonly #port: number;
  readonly #idle: Socket<Line>[] = [];

  constructor(port: number, counts: WireCounts) {
    this.#port = port;
    this.counts = counts;
  }

  readonly http: Http = async (request) => {
    const kept = this.#idle.pop();
    try {
      return await this.#ask(kept ?? (await this.#open()), request);
    } catch (error) {
      // The server may have closed what was kept while this was on its way.
      if (kept === undefined) throw error;
      return await this.#ask(await this.#open(), request);
    }
  };

  async #open(): Promise<Socket<Line>> {
    this.counts.handshakes += 1;
    return await Bun.connect<Line>({
      hostname: '127.0.0.1',
      port: this.#port,
      data: { waiting: undefined, received: Buffer.alloc(0) },
      socket: {
        data: (socket, chunk) => this.#receive(socket, chunk),
        close: (socket) => this.#gone(socket),
        error: (socket) => this.#gone(socket),
      },
    });
  }

  #ask(socket: Socket<Line>, { method, url, headers, body = '' }: HttpRequest): Promise<HttpResponse> {
    const { pathname } = new URL(url);
    const lines = Object.entries({
      ...{ host: `127.0.0.1:${this.#port}`, connection: 'keep-alive' },
      ...headers,
      ...(body !== '' && { 'content-length': Buffer.byteLength(body) }),
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const text = `${method} ${pathname} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
    this.counts.bytesUp += Buffer.byteLength(text);
    return new Promise((resolve, reject) => {
      socket.data.waiting = { resolve, reject };
      socket.write(text);
    });
  }

  #receive(socket: Socket<Line>, chunk: Buffer): void {
    const line = socket.data;
    this.counts.bytesDown += chunk.length;
    line.received = line.received.length === 0 ? chunk : Buffer.concat([line.received, chunk]);
    const end = line.received.indexOf(HEAD_END);
    if (end === -1) return;
    const head = line.received.toString('latin1', 0, end);
    const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
    const whole = end + HEAD_END.length + length;
    if (line.received.length < whole) return;
    const body = line.received.subarray(end + HEAD_END.length, whole);
    const { waiting } = line;
    line.waiting = undefined;
    line.received = Buffer.alloc(0);
    this.#idle.push(socket);
    waiting?.resolve({ status: Number(head.slice(9, 12)), body });
  }

  #gone(socket: Socket<Line>): void {
    const at = this.#idle.indexOf(socket);
    if (at !== -1) this.#idle.splice(at, 1);
    socket.data.waiting?.reject(new Error('the connection was closed'));
    socket.data.waiting = undefined;
  }
}

/** Counts polls, and those that brought nothing new: no frame, or that a beat was heard. */
export function countingPolls(http: Http, counts: WireCounts): Http {
  return async (request) => {
    counts.requests += 1;
    const response = await http(request);
    if (NOTHING_NEW.test(Buffer.from(response.body).toString('latin1'))) counts.empty += 1;
    return response;
  };
}
