import type { HeldPage, MaruClient } from '@maru/client';
import {
  isFoundBy,
  type RoomId,
  type SearchQuery,
  type Seq,
  searchTokens,
  type UserId,
} from '@maru/protocol';
import { type DBSchema, deleteDB, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import { plainText } from '../rooms/plain-text.ts';

/** Numbers that are indexed in one go: a task stays short, and a tab that is killed has lost little. */
const SPAN = 100;
/** A page that is busy is let alone for at most so long at a time. */
const PAUSE_MS_MAX = 2_000;
/** Messages with the rarest word of a query that are looked at, the newest first. */
const LOOKED_AT_MAX = 2_000;

/** A message by what it is found. */
interface Row {
  /** The newest first. */
  readonly place: readonly [minusAt: number, room: RoomId, seq: Seq];
  readonly message: readonly [RoomId, Seq];
  readonly tokens: readonly string[];
}

interface Indexed {
  readonly from: number;
  readonly to: number;
  /** When the oldest of them was said. */
  readonly since?: number;
}

interface Schema extends DBSchema {
  messages: {
    key: [number, RoomId, Seq];
    value: Row;
    indexes: { tokens: string; message: [RoomId, Seq] };
  };
  rooms: { key: RoomId; value: Indexed };
}
type Writing = IDBPTransaction<Schema, ('messages' | 'rooms')[], 'readwrite'>;

/** A message that was found. */
export interface Hit {
  readonly room: RoomId;
  readonly seq: Seq;
  readonly sender: UserId;
  readonly at: number;
  readonly text: string;
}

/**
 * By which words the device's messages are found: kept beside the store, of which it only ever says what is there. What it
 * finds is read from the store, so that what was deleted or hidden meanwhile is never shown.
 */
export class SearchIndex implements Disposable {
  readonly #database: IDBPDatabase<Schema>;

  constructor(database: IDBPDatabase<Schema>) {
    this.#database = database;
  }

  /** Takes in what has come since, the newest first. Resolves when there is nothing left, or the signal says so. */
  async follow(client: MaruClient, signal: AbortSignal): Promise<void> {
    const known = new Set(client.allRooms.map(({ room }) => room));
    for (const room of await this.#database.getAllKeys('rooms')) {
      if (!known.has(room) || client.held(room) === undefined) await this.#forget(room);
    }
    for (const room of known) await this.#followRoom(client, room, signal);
  }

  /** The newest messages that a query finds, at most `max`. */
  async find(client: MaruClient, query: SearchQuery, max: number, inRoom?: RoomId): Promise<Hit[]> {
    const rows = await this.#candidates(query);
    const hits: Hit[] = [];
    for (const { message } of rows) {
      const [room, seq] = message;
      if (hits.length >= max) break;
      if ((inRoom !== undefined && room !== inRoom) || client.room(room) === undefined) continue;
      const [held] = (await client.heldMessages(room, seq, seq)).messages;
      const text = held === undefined ? undefined : plainText(held.content);
      if (held === undefined || text === undefined || !isFoundBy(text, query)) continue;
      hits.push({ room, seq, sender: held.sender, at: held.at, text });
    }
    return hits;
  }

  /** Since when messages are found: of one room, or, of all, in the one that reaches back the least. */
  async since(room: RoomId | undefined): Promise<number | undefined> {
    const indexed =
      room === undefined
        ? await this.#database.getAll('rooms')
        : [await this.#database.get('rooms', room)].filter((one) => one !== undefined);
    const times = indexed.flatMap(({ since }) => since ?? []);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  async #candidates({ tokens, beginnings }: SearchQuery): Promise<Row[]> {
    const index = this.#database.transaction('messages').store.index('tokens');
    const ranges = [
      ...tokens.map((token) => IDBKeyRange.only(token)),
      ...beginnings.map((beginning) => IDBKeyRange.bound(beginning, `${beginning}\uffff`)),
    ];
    const counted = await Promise.all(
      ranges.map(async (range) => ({ range, count: await index.count(range) })),
    );
    const [rarest] = counted.sort((a, b) => a.count - b.count);
    if (rarest === undefined) return [];
    const rows = await index.getAll(rarest.range, LOOKED_AT_MAX);
    // Of several words that begin alike each comes with its own order, and a message with two of them twice.
    const newestFirst = rows.sort((a, b) => a.place[0] - b.place[0]);
    return newestFirst.filter((row, at) => row.message.join() !== newestFirst[at - 1]?.message.join());
  }

  async #followRoom(client: MaruClient, room: RoomId, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const held = client.held(room);
      if (held === undefined) return;
      let done = await this.#database.get('rooms', room);
      if (done !== undefined && (done.to > held.to || done.to < held.from - 1)) {
        // Another stretch than before: nothing is known of what lies between.
        await this.#forget(room);
        done = undefined;
      }
      const { from, to } = done ?? { from: held.to + 1, to: held.to };
      const span =
        to < held.to
          ? { from: to + 1, to: Math.min(held.to, to + SPAN) }
          : { from: Math.max(held.from, from - SPAN), to: from - 1 };
      if (span.to < span.from) return;
      await this.#take(client, room, span, done);
      await pause();
    }
  }

  async #take(client: MaruClient, room: RoomId, span: Indexed, done: Indexed | undefined): Promise<void> {
    const page = await client.heldMessages(room, span.from, span.to);
    const others = page.changed.filter((seq) => seq < span.from || seq > span.to);
    const pages: HeldPage[] = [page];
    for (const seq of others) pages.push(await client.heldMessages(room, seq, seq));
    const rows = pages.map(({ messages }) => messages.map((message) => rowOf(room, message)));
    const times = [done?.since, ...page.messages.map(({ at }) => at)].filter((at) => at !== undefined);
    const writing: Writing = this.#database.transaction(['messages', 'rooms'], 'readwrite');
    const messages = writing.objectStore('messages');
    // Of the stretch itself nothing is here yet: only what it changed elsewhere has to be looked for.
    const [fresh = [], ...amended] = rows;
    const found = await Promise.all(
      amended.flat().map(async (row) => {
        return { row, key: await messages.index('message').getKey([row.message[0], row.message[1]]) };
      }),
    );
    const written = [
      ...found.flatMap(({ key }) => (key === undefined ? [] : [messages.delete(key)])),
      ...[...fresh, ...amended.flat()].flatMap((row) => (row.tokens.length === 0 ? [] : [messages.put(row)])),
      writing.objectStore('rooms').put(
        {
          from: Math.min(span.from, done?.from ?? span.from),
          to: Math.max(span.to, done?.to ?? span.to),
          ...(times.length > 0 && { since: Math.min(...times) }),
        },
        room,
      ),
    ];
    await Promise.all([...written, writing.done]);
  }

  async #forget(room: RoomId): Promise<void> {
    const writing: Writing = this.#database.transaction(['messages', 'rooms'], 'readwrite');
    const messages = writing.objectStore('messages');
    const range = IDBKeyRange.bound([room, 0], [room, Number.POSITIVE_INFINITY]);
    for (const key of await messages.index('message').getAllKeys(range)) await messages.delete(key);
    await writing.objectStore('rooms').delete(room);
    await writing.done;
  }
}

/** Opens the index of an account, in a database of its own. */
export async function openSearchIndex(user: UserId): Promise<SearchIndex> {
  const database = await openDB<Schema>(nameOf(user), 1, {
    upgrade(made) {
      const messages = made.createObjectStore('messages', { keyPath: 'place' });
      messages.createIndex('tokens', 'tokens', { multiEntry: true });
      messages.createIndex('message', 'message', { unique: true });
      made.createObjectStore('rooms');
    },
    // Another tab wants it gone: whoever signed out there.
    blocking: (_from, _to, event) => (event.target as IDBDatabase).close(),
  });
  return new SearchIndex(database);
}

/** Erases it, also where another tab has it open. */
export async function eraseSearchIndex(user: UserId): Promise<void> {
  await deleteDB(nameOf(user));
}

/** The database's name of an account's index. */
function nameOf(user: UserId): string {
  return `maru.search.${user}`;
}

function rowOf(room: RoomId, { seq, at, content }: HeldPage['messages'][number]): Row {
  const text = plainText(content);
  return {
    place: [-at, room, seq],
    message: [room, seq],
    tokens: text === undefined ? [] : searchTokens(text),
  };
}

/** Lets what the user does come first. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has none.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: PAUSE_MS_MAX });
    else setTimeout(resolve);
  });
}
