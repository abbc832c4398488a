import {
  ApiError,
  createApi,
  createClient,
  type MaruClient,
  MemoryStore,
  systemEnvironment,
} from '@maru/client';
import type { RoomId, Seq, SignedIn } from '@maru/protocol';
import type { Character } from './cast.ts';

/** What a sign-up waits after a server that has enough to do with passwords has said so, in ms. */
const BUSY_MS = 300;

export interface ActorOptions {
  readonly url: string;
  readonly character: Character;
  readonly password: string;
  readonly invite?: string;
}

/** Somebody left in the middle of what they did. */
export class Gone extends Error {
  override readonly name = 'Gone';
}

/** Somebody of the cast with a device, which they open and close. */
export class Actor implements AsyncDisposable {
  readonly character: Character;
  readonly #url: string;
  readonly #signedIn: SignedIn;
  #client: MaruClient | undefined;
  #coming: Promise<void> | undefined;
  #isHandedOver = false;
  /** Ends when they leave. */
  #visit = new AbortController();

  private constructor(url: string, character: Character, signedIn: SignedIn) {
    this.#url = url;
    this.character = character;
    this.#signedIn = signedIn;
  }

  static async signUp({ url, character, password, invite }: ActorOptions): Promise<Actor> {
    const { handle, name, status } = character;
    const device = { name: 'demo' };
    const body = { handle, name, password, device, ...(invite !== undefined && { invite }) };
    const signedIn = await patiently(() => createApi({ baseUrl: url, http: HTTP }).signUp({ body }));
    const actor = new Actor(url, character, signedIn);
    await actor.come();
    if (status !== undefined) await actor.client?.updateProfile({ status });
    return actor;
  }

  /** Absent while they are away. */
  get client(): MaruClient | undefined {
    return this.#client;
  }

  /** Somebody else is this person now. */
  get isHandedOver(): boolean {
    return this.#isHandedOver;
  }

  get user() {
    return this.#signedIn.user;
  }

  /** Opens their device, once however many ask. Rejects with `Gone` if it is closed meanwhile. */
  async come(): Promise<void> {
    if (this.#client !== undefined || this.#isHandedOver) return;
    this.#coming ??= this.#open();
    try {
      await this.#coming;
    } finally {
      this.#coming = undefined;
    }
  }

  async leave(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#visit.abort();
    await client?.[Symbol.asyncDispose]();
  }

  /** Their device is gone for good: somebody else is this person from now on. */
  async handOver(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    this.#visit.abort();
    this.#isHandedOver = true;
    await client?.signOut();
    await client?.[Symbol.asyncDispose]();
  }

  /** Resolves with the message's number; rejects with `Gone`, or where the server refuses. */
  say(room: RoomId, text: string, replyTo?: Seq): Promise<Seq> {
    return this.#whileHere(async (client) => {
      await client.until(() => client.room(room) !== undefined);
      const sending = await client.commands.send(room, text, replyTo === undefined ? {} : { replyTo });
      const outcome = await sending.outcome();
      if (outcome.kind === 'failed') throw new Error(`${this.character.handle}: ${outcome.error.message}`);
      return outcome.seq;
    });
  }

  /** Rejects with `Gone`, or where the server refuses. */
  react(room: RoomId, seq: Seq, emoji: string): Promise<void> {
    return this.#whileHere(async (client) => {
      const outcome = await (await client.commands.react(room, seq, emoji)).outcome();
      if (outcome.kind === 'failed') throw new Error(`${this.character.handle}: ${outcome.error.message}`);
    });
  }

  /** Says that they type. Rejects with `Gone`. */
  type(room: RoomId): Promise<void> {
    return this.#whileHere(async (client) => {
      await client.until(() => client.room(room) !== undefined);
      client.typing(room);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }

  async #open(): Promise<void> {
    const { user, device, token } = this.#signedIn;
    const signedIn = { user, device, token };
    const client = await createClient({ baseUrl: this.#url, store: new MemoryStore(), signedIn });
    if (this.#isHandedOver) return client[Symbol.asyncDispose]();
    this.#visit = new AbortController();
    this.#client = client;
    await this.#whileHere(() => client.online());
  }

  /** What a device was about to do when it was closed has no end. */
  async #whileHere<T>(act: (client: MaruClient) => Promise<T>): Promise<T> {
    const gone = Promise.withResolvers<never>();
    const { signal } = this.#visit;
    const leave = () => gone.reject(new Gone(`${this.character.handle} has left`));
    signal.addEventListener('abort', leave, { once: true });
    try {
      if (this.#client === undefined) throw new Gone(`${this.character.handle} is away`);
      return await Promise.race([act(this.#client), gone.promise]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }
}

const HTTP = systemEnvironment().http;

/** Again for as long as the server says that it has only too much to do. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ApiError) || !error.body.retryable) throw error;
      await Bun.sleep(error.body.retryAfterMs ?? BUSY_MS);
    }
  }
}
