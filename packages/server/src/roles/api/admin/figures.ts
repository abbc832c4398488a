import { routes } from '@maru/protocol';
import type { ApiDeps } from '../deps.ts';
import { done } from '../handler.ts';
import type { Register } from '../register.ts';

/** What administrators see of the server at work (`[ADMIN9]`). */
export function registerFigures(register: Register, { figures }: ApiDeps): void {
  register(routes.getFigures, async () => done(await figures()));
}
