import { fragmentOf, type Route } from './route.ts';

/** A place of the app as others can open it. */
export function urlOf(route: Route): string {
  return `${location.origin}${location.pathname}${fragmentOf(route)}`;
}
