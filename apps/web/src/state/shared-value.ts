import { useSyncExternalStore } from 'react';

/** A value that holds as long as the page, whichever part sets it. */
export interface SharedValue<T> {
  readonly get: () => T;
  readonly set: (value: T) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function sharedValue<T>(first: T): SharedValue<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useSharedValue<T>({ get, subscribe }: SharedValue<T>): T {
  return useSyncExternalStore(subscribe, get);
}
