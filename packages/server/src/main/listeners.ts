import type { Server } from 'bun';
import type { Cancel, Clock } from '../ports/clock.ts';
import type { SocketData } from '../roles/gateway/ws-transport.ts';
import { type Binding, bind } from './bind.ts';
import type { KeyPair } from './tls/key-pair.ts';
import { steerToNewest } from './tls/steer-to-newest.ts';

/** How long requests under way and closing sockets may take when the server stops. */
const STOP_MS_MAX = 3_000;
/**
 * How long a listener that was replaced still listens: connections that were being made when it was replaced are made by
 * then, and those that stand idle (the runtime ends them after 10 s) are gone.
 */
const REPLACED_MS = 15_000;

/** Whether a second listener may join a port. Windows has nothing of the kind: there a change needs a restart. */
const CAN_JOIN = process.platform !== 'win32';

/** How a listener is to be opened. */
export interface Opening {
  readonly port: number;
  readonly tls?: KeyPair;
  /** Said in either case: with `development: false` the runtime would share the port with anybody's other server. */
  readonly reusePort: boolean;
  /** Whether it has been replaced: who asks by it is to come by another connection next time. */
  readonly isReplaced: () => boolean;
}

type Open = (opening: Opening) => Server<SocketData>;

/**
 * What listens on the port: one of the runtime's servers, and, once its certificate was changed, those before it, as
 * long as sessions live that came by them.
 */
export class Listeners {
  /** Whether a replacement takes over all at once: see {@link steerToNewest}. */
  readonly isSteered: boolean;
  readonly #open: Open;
  readonly #port: number;
  readonly #clock: Clock;
  readonly #all = new Set<Server<SocketData>>();
  #newest: Server<SocketData> | undefined;
  #replacing: { readonly cancel: Cancel; readonly done: () => void } | undefined;

  /** @throws {StartError} */
  constructor(open: Open, binding: Binding, tls: KeyPair | undefined, clock: Clock) {
    this.#open = open;
    this.#port = binding.port;
    this.#clock = clock;
    const { opened, isSteered } = bind(binding, () => {
      if (tls === undefined) return { opened: this.#listen(undefined), isSteered: false };
      refuseToShare(binding);
      return steerToNewest(() => this.#listen(tls));
    });
    this.#newest = opened;
    this.isSteered = isSteered;
  }

  get port(): number | undefined {
    return this.#newest?.port;
  }

  /** To the sockets of all listeners: a topic of the runtime is one listener's. */
  publish(topic: string, frame: string): void {
    for (const server of this.#all) server.publish(topic, frame);
  }

  /**
   * Listens by another certificate; whoever is connected stays. Resolves when the one before it listens no more: there
   * must be no third one until then.
   *
   * @throws what the runtime has against the certificate; then everything is as it was
   */
  replace(tls: KeyPair): Promise<void> {
    const replaced = this.#newest;
    this.#newest = this.#listen(tls);
    if (replaced === undefined) return Promise.resolve();
    const { promise, resolve: done } = Promise.withResolvers<void>();
    const cancel = this.#clock.after(REPLACED_MS, () => {
      this.#replacing = undefined;
      void replaced.stop().then(() => this.#all.delete(replaced));
      done();
    });
    this.#replacing = { cancel, done };
    return promise;
  }

  /** Takes no new connection; ends those that are there when they are done, or after a while. */
  async stop(): Promise<void> {
    this.#replacing?.cancel();
    this.#replacing?.done();
    const all = [...this.#all];
    const gently = Promise.all(all.map((server) => server.stop()));
    const timer = setTimeout(() => {
      for (const server of all) void server.stop(true);
    }, STOP_MS_MAX);
    await gently;
    clearTimeout(timer);
  }

  #listen(tls: KeyPair | undefined): Server<SocketData> {
    const isReplaced = () => server !== this.#newest;
    const port = this.port ?? this.#port;
    const server: Server<SocketData> = this.#open(
      tls === undefined
        ? { port, isReplaced, reusePort: false }
        : { port, isReplaced, reusePort: CAN_JOIN, tls },
    );
    this.#all.add(server);
    return server;
  }
}

/** Two servers that both listen by `SO_REUSEPORT` would share a port without a word: who does not is told of the other. */
function refuseToShare({ host, port }: Binding): void {
  if (CAN_JOIN && port !== 0) Bun.listen({ hostname: host, port, socket: { data() {} } }).stop(true);
}
