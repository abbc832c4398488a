import { MaruClient } from '../client.ts';
import type { ClientOptions } from '../client-options.ts';
import { deviceDeps, identityOf } from '../device-deps.ts';
import { systemEnvironment } from '../system-environment.ts';
import type { SharedStore } from './shared-store.ts';
import { Tab } from './tab.ts';
import type { TabsEnvironment } from './tabs-environment.ts';

export interface TabClientOptions extends Omit<ClientOptions, 'store'> {
  /** What this device remembers, the same in all its tabs; closed with the client. */
  readonly store: SharedStore;
  /** What the tabs share beside it. */
  readonly tabs: TabsEnvironment;
  /** Names the device's tabs: the same in all, and another for each device. */
  readonly name: string;
}

/**
 * Makes the client of a device that several tabs have open: as `createClient`, but all of them share one connection and
 * one store. Which of them has the connection changes by itself, and shows nowhere.
 *
 * @throws RangeError for a `pollMs` that no server takes
 * @throws StoreMismatch where the store is another device's, or nobody is signed in
 * @throws StoreFailed
 */
export async function createTabClient(options: TabClientOptions): Promise<MaruClient> {
  const { store, tabs, name, signedIn, connect: connects = true, onFault = () => undefined } = options;
  const environment = options.environment ?? systemEnvironment();
  if (signedIn !== undefined) {
    const identity = identityOf((await store.load()).identity, signedIn);
    await store.apply([{ kind: 'identity', identity }]);
  }
  // The ticket that came with the sign-in opens one session, and the token holds until the next one.
  let known:
    | { readonly token: string | undefined; readonly around: ReturnType<typeof deviceDeps> }
    | undefined;
  const tab = new Tab({
    ...{ name, tabs, environment, connects, shared: store, report: onFault },
    id: [...environment.random(16)].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    hasSignedIn: signedIn !== undefined,
    around: (me) => {
      if (known?.token !== me.token || known === undefined)
        known = { token: me.token, around: deviceDeps({ ...options, environment }, me) };
      return known.around;
    },
  });
  return new MaruClient(await tab.start());
}
