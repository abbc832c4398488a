import { refuse } from '../handler.ts';

/** A server keeps an administrator who can log in (`[ADMIN4]`). */
export function lastAdministrator() {
  return refuse(
    'last-administrator',
    'Nobody else who can log in is an administrator. Make somebody else one first.',
  );
}
