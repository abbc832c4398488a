import { expect, test } from 'bun:test';
import path from 'node:path';
import type { ClientStore, MaruClient } from '@maru/client';
import { MemoryStore } from '@maru/client';
import { openSqliteStore } from '@maru/client/bun';
import type { Event, RoomId, UserId } from '@maru/protocol';
import { findIrcLogs, findKoreanPairs, NO_CONVERSATIONS } from '../real-data.ts';
import { SeededRandom } from '../simulation/seeded-random.ts';
import { caughtUp, deviceFaults } from './converge.ts';
import { type Conversation, ircConversations, koreanPairs } from './conversations.ts';
import { CuttableSockets } from './cuttable-sockets.ts';
import { apiOf, Devices } from './devices.ts';
import { type DeviceIdentity, type PersonIdentity, seedPeople } from './people.ts';
import { playConversation, playPairs } from './play-conversation.ts';
import { logFaults, readLog } from './read-log.ts';
import { SaidMessages } from './said.ts';
import { FREE_RATES, ServerProcess } from './server-process.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { verifyFindings } from './verify-findings.ts';

const ANSWERED_MS = 60_000;
/** Of the data sets where they are there whole: nobody is left out unnoticed. */
const LOGS = 10;
const FIGURES = { kills: 10, speakers: 1_222, speakersInOneLog: 166, pairs: 11_823 };
/** One connection is cut every so many lines. */
const LINES_A_CUT = 10;
/** One device in so many polls. */
const DEVICES_A_POLLER = 4;
/** One device in so many keeps its store in a file. */
const DEVICES_A_FILE = 40;

const irc = findIrcLogs();
const korean = findKoreanPairs();
const found = irc.length > 0 && korean !== undefined;
const seed = Number(process.env.MARU_TEST_SEED ?? Date.now() % 1_000_000);
const title = `[ORD1][ORD4][DUR1][DUR6][ONCE1][SYNC1][SYNC8] real conversations over long polls and sockets that are cut, the server killed in each (seed ${seed})`;

test.skipIf(!found)(
  found ? title : `${title} (skipped: ${NO_CONVERSATIONS})`,
  async () => {
    console.log(`MARU_TEST_SEED=${seed} repeats this`);
    await using stack = new AsyncDisposableStack();
    const theatre = new Theatre(stack.use(temporaryFolder()).path);
    await theatre.open(stack);
    for (const conversation of theatre.conversations) await theatre.play(conversation);
    expect(theatre.wrong).toEqual([]);
    expect(theatre.server.starts).toBe(theatre.conversations.length + 1);
    if (irc.length === LOGS) expect(theatre.figures).toEqual(FIGURES);
    expect(theatre.sockets.cuts).toBeGreaterThan(theatre.conversations.length);
    expect(await theatre.server.terminate()).toBe(0);
    expect(await verifyFindings(theatre.server.dataFolder)).toEqual([]);
  },
  { timeout: 400_000 },
);

/** All conversations, one after the other, each with its people and a part of the pairs of sentences. */
class Theatre {
  readonly conversations: readonly Conversation[];
  readonly #pairs: ReturnType<typeof koreanPairs>;
  readonly #folder: string;
  readonly #random = new SeededRandom(seed);
  readonly #people = new Map<string, PersonIdentity>();
  readonly #stores = new Map<DeviceIdentity, ClientStore>();
  /** What everybody should see. */
  readonly #logs = new Map<UserId, Map<RoomId, readonly Event[]>>();
  readonly sockets = new CuttableSockets();
  readonly wrong: string[] = [];
  #server: ServerProcess | undefined;
  /** Pairs of sentences. */
  #played = 0;

  constructor(folder: string) {
    this.conversations = ircConversations(irc);
    this.#pairs = koreanPairs(korean ?? '');
    this.#folder = folder;
  }

  get server(): ServerProcess {
    if (this.#server === undefined) throw new Error('not open');
    return this.#server;
  }

  /** What there was to play, and what was played. */
  get figures(): typeof FIGURES {
    return {
      kills: this.server.starts - 1,
      speakers: this.#people.size,
      speakersInOneLog: Math.max(...this.conversations.map(({ speakers }) => speakers.length)),
      pairs: this.#played,
    };
  }

  async open(stack: AsyncDisposableStack): Promise<void> {
    const dataFolder = path.join(this.#folder, 'data');
    const names = [...new Set(this.conversations.flatMap(({ speakers }) => speakers))];
    for (const person of await seedPeople(dataFolder, names)) this.#people.set(person.name, person);
    this.#server = stack.use(await ServerProcess.start({ dataFolder, flags: FREE_RATES }));
  }

  async play(conversation: Conversation): Promise<void> {
    const { speakers, lines } = conversation;
    const part = this.conversations.indexOf(conversation);
    await using devices = new Devices(this.server.url);
    const people = speakers.map((speaker) => this.#person(speaker));
    const cast: MaruClient[][] = [];
    for (const person of people) cast.push(await this.#devicesOf(person, devices));
    devices.hurry();

    const said = new SaidMessages();
    const killAt = this.#random.between(0, lines.length - 1);
    let restarted = Promise.resolve();
    const played = (line: number) => {
      if (line === killAt) restarted = this.server.kill9().then(() => this.server.restart());
      if (this.#random.chance(1 / LINES_A_CUT)) this.sockets.cutOne(this.#random);
    };
    const stage = { cast, said, random: this.#random, played };
    const talk = [playConversation(conversation, `conversation ${part}`, stage)];
    const neighbours = cast.map((clients, n) => [clients, cast[(n + 1) % cast.length] ?? []] as const);
    for (const [n, pair] of neighbours.entries()) {
      const pairs = this.#pairsOf(part, n, cast.length);
      talk.push(playPairs(pairs, pair, stage));
      this.#played += pairs.length;
    }
    const rooms = await Promise.all(talk);
    await restarted;
    await said.accepted(ANSWERED_MS);
    await this.#check(people, rooms, said);
    for (const client of devices.clients) {
      const logs = this.#logs.get(client.user) ?? new Map();
      await caughtUp(client, logs, ANSWERED_MS);
      this.wrong.push(...(await deviceFaults(client, logs)));
    }
    this.wrong.push(...devices.faults);
  }

  /** Reads the rooms from the server and holds them against what was said. */
  async #check(
    people: readonly PersonIdentity[],
    rooms: readonly RoomId[],
    said: SaidMessages,
  ): Promise<void> {
    const logs = new Map<RoomId, Event[]>();
    for (const [n, room] of rooms.entries()) {
      // The group comes first, and then the direct room of each person with the next.
      const members = n === 0 ? people : [people[n - 1], people[n % people.length]];
      const [device] = members[0]?.devices ?? [];
      if (device === undefined) throw new Error(`nobody is in ${room}`);
      const log = await readLog(apiOf(this.server.url, device), room);
      this.wrong.push(...logFaults(room, log));
      logs.set(room, log);
      for (const member of members) {
        if (member === undefined) continue;
        const own = this.#logs.get(member.user) ?? new Map<RoomId, readonly Event[]>();
        this.#logs.set(member.user, own.set(room, log));
      }
    }
    this.wrong.push(...said.faults(logs));
  }

  #person(name: string): PersonIdentity {
    const person = this.#people.get(name);
    if (person === undefined) throw new Error('somebody has no account');
    return person;
  }

  /** Somebody's devices, with what they remember of earlier conversations. */
  async #devicesOf({ devices: identities }: PersonIdentity, devices: Devices): Promise<MaruClient[]> {
    const { environment } = this.sockets;
    const clients: MaruClient[] = [];
    for (const identity of identities) {
      const store = this.#store(identity);
      // One in so many has no socket: nobody in the conversation is to notice.
      const transport = devices.clients.length % DEVICES_A_POLLER === 0 ? 'long-poll' : 'auto';
      clients.push(await devices.open(identity, { store, environment, transport }));
    }
    return clients;
  }

  #store(identity: DeviceIdentity): ClientStore {
    const known = this.#stores.get(identity);
    if (known instanceof MemoryStore) return known;
    const inFile = known !== undefined || this.#random.chance(1 / DEVICES_A_FILE);
    const store = inFile
      ? openSqliteStore(path.join(this.#folder, `${identity.device}.db`))
      : new MemoryStore();
    this.#stores.set(identity, store);
    return store;
  }

  /** The pairs of sentences of one of the direct rooms of one of the conversations. */
  #pairsOf(part: number, room: number, rooms: number): ReturnType<typeof koreanPairs> {
    const parts = this.conversations.length;
    return this.#pairs.filter((_, n) => n % parts === part && Math.floor(n / parts) % rooms === room);
  }
}
