import { connect, createServer, type Socket } from 'node:net';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { FrameSplitter } from './frame-splitter.ts';

/** How often each thing goes wrong, for each WebSocket frame in either direction unless said; polls are cut and delayed, too. */
export interface Faults {
  /** A frame of the server never arrives. */
  readonly drop: number;
  /** A frame of a client never arrives, and those behind it do. TCP never does that; a faulty relay may. */
  readonly dropUp: number;
  /** It arrives twice. */
  readonly duplicate: number;
  /** The connection ends without a word. */
  readonly cut: number;
  /** Milliseconds that a frame may be held back, at most. Order is kept, as TCP keeps it. */
  readonly delayMs: number;
}

/**
 * What becomes of WebSockets: `eats` takes the upgrade out of the request, as old proxies do; `cuts` lets it through and
 * ends the connection at once; `swallows` says nothing at all.
 */
export type Wall = 'none' | 'eats' | 'cuts' | 'swallows';

export const NO_FAULTS: Faults = { drop: 0, dropUp: 0, duplicate: 0, cut: 0, delayMs: 0 };

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Where connections go; a restarted server may have another port. */
  target: number;
  faults: Faults;
  wall: Wall;
  /** Cuts every connection now. */
  cutAll(): void;
  /** What it has done, so that a test can tell that it was tested. */
  readonly done: FaultsDone;
}

interface FaultsDone {
  dropped: number;
  duplicated: number;
  cut: number;
  cutPolls: number;
  /** Connections of clients. */
  connections: number;
  /** Upgrades that ran against the wall. */
  walled: number;
}

/** A client's connection and the one to the server. */
interface Pair {
  polls: boolean;
  cut(): void;
}

/** A poll carries so many frames, about: what happens to one of them happens to it. */
const FRAMES_A_POLL = 5;
const UPGRADE = /^upgrade: websocket/im;

/** A TCP proxy on a free port of the loopback that mistreats WebSocket frames and polls as a seed says. Other HTTP passes. */
export async function startFaultProxy(target: number, seed: number): Promise<FaultProxy> {
  const random = new SeededRandom(seed);
  const pairs = new Set<Pair>();
  const done: FaultsDone = { dropped: 0, duplicated: 0, cut: 0, cutPolls: 0, connections: 0, walled: 0 };
  const server = createServer((client) => {
    done.connections++;
    const upstream = connect(proxy.target, '127.0.0.1');
    const pair = {
      polls: false,
      cut() {
        client.destroy();
        upstream.destroy();
        pairs.delete(pair);
      },
    };
    pairs.add(pair);
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', pair.cut);
      socket.on('close', pair.cut);
    }
    forward(client, upstream, () => proxy.faults.dropUp, pair);
    forward(upstream, client, () => proxy.faults.drop, pair);
  });

  function forward(from: Socket, to: Socket, drop: () => number, pair: Pair): void {
    const { cut } = pair;
    const frames = new FrameSplitter();
    let websocket: boolean | undefined;
    const held = new HeldBytes(to, () => random.next() * proxy.faults.delayMs);
    const forwardHttp = (chunk: Buffer) => {
      pair.polls ||= chunk.toString('latin1', 0, 64).startsWith('POST /v1/poll ');
      if (!pair.polls) return void to.write(chunk);
      if (random.chance(proxy.faults.cut * FRAMES_A_POLL)) {
        done.cutPolls++;
        return cut();
      }
      held.push(chunk);
    };
    from.on('data', (chunk: Buffer) => {
      // A request or answer that upgrades begins a stream of frames; everything else passes as it is.
      websocket ??= UPGRADE.test(chunk.toString('latin1'));
      if (websocket && proxy.wall !== 'none') return meetWall(proxy, chunk, to, cut);
      if (!websocket) return forwardHttp(chunk);
      for (const { bytes, data } of frames.push(chunk)) {
        if (data && random.chance(proxy.faults.cut)) {
          done.cut++;
          return cut();
        }
        if (data && random.chance(drop())) {
          done.dropped++;
          continue;
        }
        const twice = data && random.chance(proxy.faults.duplicate);
        if (twice) done.duplicated++;
        held.push(twice ? Buffer.concat([bytes, bytes]) : Buffer.from(bytes));
      }
    });
    from.on('end', () => to.end());
  }

  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  const proxy: FaultProxy = {
    port: address.port,
    target,
    faults: NO_FAULTS,
    wall: 'none',
    done,
    cutAll() {
      for (const pair of [...pairs]) pair.cut();
    },
    async [Symbol.asyncDispose]() {
      proxy.cutAll();
      await new Promise((closed) => server.close(closed));
    },
  };
  return proxy;
}

/** A chunk of an upgrade, or of the answer to one, meets the wall. */
function meetWall({ wall, done }: FaultProxy, chunk: Buffer, to: Socket, cut: () => void): void {
  const head = chunk.toString('latin1');
  if (wall === 'cuts' && !head.startsWith('HTTP/1.1 101')) {
    to.write(chunk);
    return;
  }
  done.walled++;
  if (wall === 'eats') to.write(Buffer.from(head.replace(UPGRADE, 'x-eaten: websocket'), 'latin1'));
  else if (wall === 'cuts') to.write(chunk, cut);
}

/** What goes on its way later, in the order in which it came. */
class HeldBytes {
  readonly #to: Socket;
  readonly #delayMs: () => number;
  readonly #held: { readonly due: number; readonly bytes: Buffer }[] = [];
  #due = 0;

  constructor(to: Socket, delayMs: () => number) {
    this.#to = to;
    this.#delayMs = delayMs;
  }

  push(bytes: Buffer): void {
    this.#due = Math.max(this.#due, performance.now() + this.#delayMs());
    this.#held.push({ due: this.#due, bytes });
    if (this.#held.length === 1) this.#pump();
  }

  #pump(): void {
    for (let next = this.#held[0]; next !== undefined; next = this.#held[0]) {
      const wait = next.due - performance.now();
      if (wait > 0) {
        setTimeout(() => this.#pump(), wait);
        return;
      }
      this.#held.shift();
      if (!this.#to.destroyed) this.#to.write(next.bytes);
    }
  }
}
