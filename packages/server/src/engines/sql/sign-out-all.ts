import { type DeviceId, idFromBytes } from '@maru/protocol';
import type { Kysely } from 'kysely';
import type { AccountsSchema } from './accounts-schema.ts';

/** Ends the tokens of all devices of a user but one, and gives the devices whose tokens they were. */
export async function signOutAll(
  db: Kysely<AccountsSchema>,
  user: Uint8Array,
  keep: Uint8Array | undefined,
): Promise<DeviceId[]> {
  const all = db.updateTable('devices').set({ token_hash: null }).where('user_id', '=', user);
  const others = keep === undefined ? all : all.where('id', '!=', keep);
  const ended = await others.where('token_hash', 'is not', null).returning('id').execute();
  return ended.map(({ id }) => idFromBytes<DeviceId>('device', id));
}
