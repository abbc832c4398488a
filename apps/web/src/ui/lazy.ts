import { type ComponentType, createElement, type FunctionComponent, use } from 'react';

/** A component whose code is fetched when it is wanted. */
export interface Lazy<P> extends FunctionComponent<P> {
  /** Begins to fetch it, once; it never rejects: what can't be fetched is said where it is to be shown. */
  readonly fetch: () => Promise<void>;
}

/**
 * As React's `lazy`, but what was fetched before it is shown is shown at once. React's own shows the fallback first, for
 * a moment, and then keeps what comes next back for 300 ms, so that it does not flicker.
 */
export function lazy<P extends object>(load: () => Promise<{ readonly default: ComponentType<P> }>): Lazy<P> {
  let loaded: ComponentType<P> | undefined;
  let loading: Promise<ComponentType<P>> | undefined;
  const begin = () => {
    loading ??= load().then((module) => {
      loaded = module.default;
      return loaded;
    });
    return loading;
  };
  const Part = (props: P) => createElement(loaded ?? use(begin()), props);
  const nothing = () => undefined;
  // Fetched ahead in vain, it is fetched again where it is to be shown.
  const forget = () => {
    loading = undefined;
  };
  return Object.assign(Part, { fetch: () => begin().then(nothing, forget) });
}

/** The first needs of a page are over by then. */
const SETTLED_MS = 3_000;

/** Fetches what is opened next, one after the other, when there is nothing else to do. */
export function fetchWhenIdle(parts: readonly Pick<Lazy<never>, 'fetch'>[]): void {
  // Safari has none.
  const idle = () =>
    'requestIdleCallback' in window ? new Promise<unknown>((done) => requestIdleCallback(done)) : undefined;
  const run = async () => {
    for (const part of parts) {
      await idle();
      await part.fetch();
    }
  };
  setTimeout(() => void run(), SETTLED_MS);
}
