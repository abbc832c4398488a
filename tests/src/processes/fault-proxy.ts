import { connect, createServer, type Socket } from 'node:net';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { FrameSplitter } from './frame-splitter.ts';

/** How often each thing goes wrong, for each WebSocket frame in either direction unless said. */
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

export const NO_FAULTS: Faults = { drop: 0, dropUp: 0, duplicate: 0, cut: 0, delayMs: 0 };

export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** Where connections go; a restarted server may have another port. */
  target: number;
  faults: Faults;
  /** Cuts every connection now. */
  cutAll(): void;
  /** What it has done, so that a test can tell that it was tested. */
  readonly done: { dropped: number; duplicated: number; cut: number; connections: number };
}

/** A TCP proxy on a free port of the loopback that mistreats WebSocket frames as a seed says. Plain HTTP passes. */
export async function startFaultProxy(target: number, seed: number): Promise<FaultProxy> {
  const random = new SeededRandom(seed);
  const pairs = new Set<{ cut(): void }>();
  const done = { dropped: 0, duplicated: 0, cut: 0, connections: 0 };
  const server = createServer((client) => {
    done.connections++;
    const upstream = connect(proxy.target, '127.0.0.1');
    const pair = {
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
    forward(client, upstream, () => proxy.faults.dropUp, pair.cut);
    forward(upstream, client, () => proxy.faults.drop, pair.cut);
  });

  function forward(from: Socket, to: Socket, drop: () => number, cut: () => void): void {
    const frames = new FrameSplitter();
    let websocket: boolean | undefined;
    const held: { due: number; bytes: Buffer }[] = [];
    let due = 0;
    const pump = () => {
      for (let next = held[0]; next !== undefined; next = held[0]) {
        const wait = next.due - performance.now();
        if (wait > 0) return void setTimeout(pump, wait);
        held.shift();
        if (!to.destroyed) to.write(next.bytes);
      }
    };
    from.on('data', (chunk: Buffer) => {
      // A request or answer that upgrades begins a stream of frames; everything else passes as it is.
      websocket ??= /^upgrade: websocket/im.test(chunk.toString('latin1'));
      if (!websocket) return void to.write(chunk);
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
        const out = twice ? Buffer.concat([bytes, bytes]) : Buffer.from(bytes);
        due = Math.max(due, performance.now() + random.next() * proxy.faults.delayMs);
        held.push({ due, bytes: out });
        if (held.length === 1) pump();
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
