import { type Method, nextClientMessageId, type SignedIn } from '@maru/protocol';

/** A client of nothing but fetch and WebSocket, as anybody might write one. */
export class PlainClient {
  readonly url: string;
  token: string | undefined;
  #lastId: ReturnType<typeof nextClientMessageId> | undefined;

  constructor(url: string, token?: string) {
    this.url = url;
    this.token = token;
  }

  async request(method: Method, path: string, body?: unknown): Promise<Response> {
    return fetch(this.url + path, {
      method,
      headers: {
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** The answer of a request that must succeed; its form is the caller's to know. */
  async call<T>(method: Method, path: string, body?: unknown): Promise<T> {
    const response = await this.request(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async signUp(handle: string, more: object = {}): Promise<SignedIn & { recoveryCodes: string[] }> {
    const device = { name: 'laptop' };
    const account = { handle, name: handle, password: 'correct horse', device, ...more };
    const made = await this.call<SignedIn & { recoveryCodes: string[] }>('POST', '/v1/accounts', account);
    this.token = made.token;
    return made;
  }

  nextId(): string {
    this.#lastId = nextClientMessageId(this.#lastId, Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    return this.#lastId;
  }

  /** Opens a session and waits for the greeting. */
  async connect(): Promise<PlainSession> {
    const { url, ticket } = await this.call<{ url: string; ticket: string }>('GET', '/v1/gateway');
    const session = new PlainSession(url);
    await session.opened;
    session.say({ kind: 'hello', versions: [1], ticket });
    await session.take('welcome');
    return session;
  }
}

type Frame = { readonly kind: string } & Readonly<Record<string, unknown>>;

export class PlainSession {
  readonly opened: Promise<unknown>;
  readonly closed: Promise<CloseEvent>;
  readonly #socket: WebSocket;
  readonly #frames: Frame[] = [];
  #wake: (() => void) | undefined;

  constructor(url: string) {
    this.#socket = new WebSocket(url, 'maru.v1');
    this.opened = new Promise((resolve) => this.#socket.addEventListener('open', resolve));
    this.closed = new Promise((resolve) => this.#socket.addEventListener('close', resolve));
    this.#socket.addEventListener('message', ({ data }) => {
      this.#frames.push(JSON.parse(String(data)));
      this.#wake?.();
    });
  }

  say(frame: object): void {
    this.#socket.send(JSON.stringify(frame));
  }

  /** The first frame of a kind that has not been taken. */
  async take(kind: string): Promise<Frame> {
    for (;;) {
      const at = this.#frames.findIndex((frame) => frame.kind === kind);
      const [frame] = at === -1 ? [] : this.#frames.splice(at, 1);
      if (frame !== undefined) return frame;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#socket.close();
  }
}
