import type { RoomId } from '@maru/protocol';
import { useSyncExternalStore } from 'react';
import { fragmentOf, type Route, readRoute } from './route.ts';

let known = { fragment: '', route: readRoute('') };

/** The place that the address names. */
export function useRoute(): Route {
  return useSyncExternalStore(subscribe, currentRoute);
}

/** Goes somewhere; `replace`: the way back does not lead here. */
export function go(route: Route, { replace = false } = {}): void {
  const fragment = fragmentOf(route);
  if (fragment === location.hash) return;
  if (replace) history.replaceState(history.state, '', fragment);
  else history.pushState({ inside: true }, '', fragment);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** Back to where the user came from inside of the app; who came from outside gets to the list. */
export function goBack(): void {
  goBackOr({ kind: 'rooms' });
}

/** The same; who came from outside gets to `route`. */
export function goBackOr(route: Route): void {
  const state: unknown = history.state;
  if (typeof state === 'object' && state !== null && 'inside' in state) history.back();
  else go(route, { replace: true });
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

/** The same, now. */
export function currentRoute(): Route {
  const fragment = location.hash;
  if (fragment !== known.fragment) known = { fragment, route: readRoute(fragment) };
  return known.route;
}

/** Whether a conversation is looked at, or what there is to know of it. */
export function isRoomOpen(room: RoomId): boolean {
  const route = currentRoute();
  return 'room' in route && route.room === room;
}
