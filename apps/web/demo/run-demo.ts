import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CAST, SECOND_VISITOR, VISITOR } from './cast.ts';
import { makeTown } from './make-town.ts';
import { openDoor } from './open-door.ts';
import { playTown } from './play-town.ts';
import { SeededChance } from './seeded-chance.ts';
import { serveDemo } from './serve-demo.ts';

export interface DemoOptions {
  /** The program `maru`, as sources or bundled. */
  readonly maru: string;
  /** An empty folder for the data, which is kept. Default: a temporary one, which is not. */
  readonly data?: string;
  readonly port: number;
  readonly seed: number;
  readonly pace: number;
  readonly onFault: (error: unknown) => void;
}

/** A demonstration that runs until it is disposed of. */
export interface Demo extends AsyncDisposable {
  readonly url: string;
  /** Signs the first browser window in, and another person's; once each. */
  readonly links: readonly [first: string, second: string];
  readonly password: string;
  readonly data: string;
  readonly people: number;
  readonly rooms: number;
}

/** Starts a server, fills it with people and conversations, and lets them talk. */
export async function runDemo({ maru, data, port, seed, pace, onFault }: DemoOptions): Promise<Demo> {
  await using resources = new AsyncDisposableStack();
  const folder = data ?? mkdtempSync(path.join(tmpdir(), 'maru-demo-'));
  if (data === undefined) resources.defer(() => rmSync(folder, { recursive: true, force: true }));
  else refuseUsed(data);
  const server = resources.use(await serveDemo({ maru, data: folder, port }));
  const { url, namedUrl, invite } = server;
  const password = randomBytes(9).toString('base64url');
  const town = resources.use(await makeTown({ url, password, ...(invite !== undefined && { invite }) }));
  const handOver = async (handle: string) => town.actors.get(handle)?.handOver();
  await handOver(VISITOR);
  const door = resources.use(
    openDoor([
      { handle: VISITOR, password, url },
      { handle: SECOND_VISITOR, password, url: namedUrl, onEnter: () => handOver(SECOND_VISITOR) },
    ]),
  );
  const ending = new AbortController();
  const playing = playTown(town, { chance: new SeededChance(seed), pace, signal: ending.signal, onFault });
  resources.defer(async () => {
    ending.abort();
    // Who is in the middle of something is sent home first: what they wait for may not come any more.
    await Promise.all([...town.actors.values()].map((actor) => actor.leave()));
    await playing;
  });
  const [first = url, second = namedUrl] = door.links;
  const all = resources.move();
  return {
    url,
    links: [first, second],
    password,
    data: folder,
    people: CAST.length,
    rooms: town.rooms.length,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** The cast signs up: that is for once. */
function refuseUsed(data: string): void {
  mkdirSync(data, { recursive: true });
  if (readdirSync(data).length === 0) return;
  throw new Error(
    `There is something in ${data}. Name an empty folder; what a demo left behind is served by npm start -- --data ${data}`,
  );
}
