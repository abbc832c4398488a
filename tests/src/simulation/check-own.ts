import type { SimDevice } from './sim-device.ts';
import type { TrueSettings } from './true-settings.ts';

/** OWN1, OWN2, OWN3, OWN9: every device of a user has the user's settings as the log has them, and nothing else. */
export async function ownFaults(
  { client, store, identity }: SimDevice,
  truth: TrueSettings,
): Promise<string[]> {
  const wrong: string[] = [];
  const { own } = await store.load();
  const has = new Map(own.flatMap(({ name, base }) => (base === undefined ? [] : [[name as string, base]])));
  const should = truth.get(identity.user) ?? new Map<string, unknown>();
  for (const name of new Set([...has.keys(), ...should.keys()])) {
    if (Bun.deepEquals(has.get(name), should.get(name))) continue;
    const [here, there] = [JSON.stringify(has.get(name)), JSON.stringify(should.get(name))];
    wrong.push(`${identity.device} has ${name} ${here}, should ${there}`);
  }
  for (const room of client?.allRooms ?? []) {
    if (room.membership !== 'member') continue;
    const shown = [room.draft, room.pinned];
    const kept = should.get(`room/${room.room}`) as { pinned?: number } | undefined;
    const wanted = [should.get(`draft/${room.room}`), kept?.pinned !== undefined];
    if (!Bun.deepEquals(shown, wanted))
      wrong.push(
        `${identity.device} shows ${JSON.stringify(shown)} of ${room.room}, should ${JSON.stringify(wanted)}`,
      );
  }
  return wrong;
}
