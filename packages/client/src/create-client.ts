import { MaruClient } from './client.ts';
import type { ClientOptions } from './client-options.ts';
import { deviceDeps, identityOf } from './device-deps.ts';
import { Seat } from './seat.ts';
import { loadUnexpired } from './store/expire-stored.ts';
import { systemEnvironment } from './system-environment.ts';

/**
 * Makes the client of a signed-in device, with everything that the store remembers.
 *
 * @throws RangeError for a `pollMs` that no server takes
 * @throws StoreMismatch where the store is another device's, or nobody is signed in
 */
export async function createClient(options: ClientOptions): Promise<MaruClient> {
  const { store, signedIn } = options;
  const environment = options.environment ?? systemEnvironment();
  const state = await loadUnexpired(store, environment.clock.now());
  const me = identityOf(state.identity, signedIn);
  if (signedIn !== undefined) await store.apply([{ kind: 'identity', identity: me }]);
  const around = deviceDeps({ ...options, environment }, me);
  const client = new MaruClient(new Seat({ ...around, store, state, me }));
  if (options.connect !== false) client.connect();
  return client;
}
