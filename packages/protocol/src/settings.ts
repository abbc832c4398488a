/** Settings of an account that concern others. */
import * as z from 'zod';

/** Whom something is open to. `contacts-of-contacts`: also who is a contact of one's contacts, as these have it. */
export const circle = z.enum(['everyone', 'contacts-of-contacts', 'contacts']);
export type Circle = z.infer<typeof circle>;

export const accountSettings = z.object({
  /** Offline to everybody (`[SOFT5]`). */
  hidePresence: z.boolean(),
  /** Whether strangers find the account by its handle (`[PEOPLE7]`). */
  findable: z.boolean().default(true),
  /** Who may write first (`[PEOPLE8]`). */
  whoMayWrite: circle.default('everyone'),
  /** Who may bring the user into a group (`[PEOPLE9]`). */
  whoMayAdd: circle.default('everyone'),
});
export type AccountSettings = z.infer<typeof accountSettings>;
