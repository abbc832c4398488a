import { apiOf } from './devices.ts';
import type { PersonIdentity } from './people.ts';

/** Makes two people contacts, so that each sees what is soft of the other: one asks, the other accepts. */
export async function befriend(baseUrl: string, one: PersonIdentity, other: PersonIdentity): Promise<void> {
  const [mine, theirs] = [one.devices[0], other.devices[0]];
  if (mine === undefined || theirs === undefined) throw new Error('one of the two has no device');
  await apiOf(baseUrl, mine).requestContact({ params: { user: other.user }, body: {} });
  await apiOf(baseUrl, theirs).answerRequest({ params: { user: one.user }, body: { accept: true } });
}
