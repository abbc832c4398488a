import type { routes } from '@maru/protocol';

let loaded: typeof routes | Promise<typeof routes> | undefined;

/**
 * The contracts of the HTTP API in a page: they are fetched with the first call, for what a page remembers is shown
 * without one, and they are a tenth of the SDK. One that could not be fetched is tried again by the next call.
 */
export function apiRoutes(): typeof routes | Promise<typeof routes> {
  loaded ??= import('./routes-now.ts').then(
    (module) => {
      loaded = module.apiRoutes();
      return loaded;
    },
    (error: unknown) => {
      loaded = undefined;
      throw error;
    },
  );
  return loaded;
}
