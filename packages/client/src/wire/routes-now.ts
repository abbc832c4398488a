import { routes } from '@maru/protocol';

/** The contracts of the HTTP API: there from the start, where a program is loaded once and from a disk. */
export function apiRoutes(): typeof routes | Promise<typeof routes> {
  return routes;
}
