import type { MaruClient } from '../client.ts';
import type { Environment } from '../environment.ts';
import type { Fault } from '../errors.ts';
import { createTabClient } from '../tabs/create-tab-client.ts';
import { draftsOf } from '../tabs/draft-log.ts';
import { MemorySharedDisk, MemorySharedStore } from '../tabs/memory-shared-store.ts';
import { SIGNED_IN } from './fixtures.ts';
import { ScriptedServer } from './scripted-server.ts';
import { settle } from './virtual-clock.ts';
import { VirtualBrowser, type VirtualTab } from './virtual-tabs.ts';

export interface TabUnderTest {
  readonly client: MaruClient;
  readonly faults: readonly Fault[];
  /** The process of the page ends, at once. */
  kill(): Promise<void>;
  /** The browser puts the page to sleep, with its locks. */
  sleep(): void;
  wake(): Promise<void>;
}

/** One browser, one device in it, and the server it speaks with. */
export class TabWorld {
  readonly server = new ScriptedServer();
  readonly disk = new MemorySharedDisk();
  readonly #browser = new VirtualBrowser();
  #tabs = 0;

  /** What tabs keep beside the store. */
  notes(): string[] {
    return [...this.#browser.notes.values()];
  }

  /** A tab that is gone has left this of its drafts. */
  note(tab: string, text: string): void {
    this.#browser.notes.set(draftsOf('maru', tab), text);
  }

  /**
   * @param signsIn whether the user signs in in it; the first one does
   * @param sync resolves when what the tab wrote is stored; absent: at once
   */
  async open(signsIn = this.#tabs++ === 0, sync?: () => Promise<void>): Promise<TabUnderTest> {
    const { server } = this;
    const tab = this.#browser.openTab();
    const store = new MemorySharedStore(this.disk, { ...(sync && { sync }) });
    const faults: Fault[] = [];
    const client = await createTabClient({
      baseUrl: 'https://chat.example.org',
      name: 'maru',
      ...(signsIn && { signedIn: SIGNED_IN }),
      environment: environmentOf(server, tab),
      ...{ store, tabs: tab, onFault: (fault: Fault) => faults.push(fault) },
    });
    await settle();
    return {
      ...{ client, faults },
      kill: async () => {
        tab.kill();
        store.kill();
        await settle();
      },
      sleep: () => tab.sleep(),
      wake: async () => {
        tab.wake();
        await settle();
      },
    };
  }
}

/** What the page of a tab has of the world: nothing any more once it is killed, and nothing now while it sleeps. */
function environmentOf(server: ScriptedServer, tab: VirtualTab): Environment {
  const { environment } = server;
  return {
    ...environment,
    clock: {
      now: () => environment.clock.now(),
      monotonic: () => environment.clock.monotonic(),
      after: (ms, run) => environment.clock.after(ms, () => tab.run(run)),
    },
    transport: {
      connect: (url, handlers) =>
        environment.transport.connect(url, {
          onOpen: () => tab.run(() => handlers.onOpen()),
          onAlive: () => tab.run(() => handlers.onAlive()),
          onFrame: (text) => tab.run(() => handlers.onFrame(text)),
          onClose: (code) => tab.run(() => handlers.onClose(code)),
        }),
    },
  };
}
