/** Runs in a browser: a page of an app on the SDK, which a test outside works with. */
import type { MaruClient } from '../../client.ts';
import { createBrowserClient } from '../create-browser-client.ts';
import type { AppPage } from './app-page.ts';

let client: MaruClient;
let accepted = 0;
/** Transactions of IndexedDB under way in this page. */
let transactions = 0;

const { transaction } = IDBDatabase.prototype;
IDBDatabase.prototype.transaction = function (...args) {
  const begun = transaction.apply(this, args);
  transactions++;
  for (const end of ['complete', 'abort']) begun.addEventListener(end, () => transactions--);
  return begun;
};

const page: AppPage = {
  start: async (signedIn) => {
    client = await createBrowserClient({ baseUrl: location.origin, ...(signedIn && { signedIn }) });
  },
  state: () => client.connection.state,
  connect: () => client.connect(),
  open: (room) => client.open(room),
  send: async (room, text) => {
    const sending = await client.commands.send(room, text);
    // Where it comes to nothing the page has an error that nobody handles, and who works with it hears of that.
    void sending.outcome().then((outcome) => {
      if (outcome.kind === 'failed') throw new Error(`refused: ${outcome.error.message}`);
      accepted++;
    });
    return sending.clientMessageId;
  },
  accepted: () => accepted,
  texts: (room) =>
    (client.room(room)?.messages ?? []).map(({ content }) =>
      content !== undefined && 'text' in content ? String(content.text) : undefined,
    ),
  scrollToStart: async (room) => {
    while (client.room(room)?.atStart === false) await client.loadOlder(room);
  },
  markRead: (room, seq) => client.markRead(room, seq),
  unread: (room) => client.room(room)?.unreadCount,
  sleep: async () => {
    // Who slept in one would keep the store from all tabs, which is why browsers put no such page to sleep.
    while (transactions > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const request = new XMLHttpRequest();
    request.open('GET', '/sleep', false);
    request.send();
  },
  close: () => client[Symbol.asyncDispose](),
};

Object.assign(globalThis, { app: page });
