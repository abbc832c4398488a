import type { MaruClient } from '@maru/client';
import type { RoomId } from '@maru/protocol';
import { Devices } from '../processes/devices.ts';
import type { DeviceIdentity, PersonIdentity } from '../processes/people.ts';
import { Acknowledgements, type Pace } from './acknowledged.ts';

/** Who is in every room, to read what became of it. */
export interface Talk {
  readonly witness: DeviceIdentity;
  readonly group: RoomId;
  readonly devices: Devices;
  readonly acknowledged: Acknowledgements;
}

/** As fast as the server takes it. */
const WITHOUT_PAUSE: Pace = { inFlight: 8 };

/** All devices of some people talk: in a group of all, and each person in a direct room with the first. */
export async function startTalk(
  url: string,
  people: readonly PersonIdentity[],
  pace = WITHOUT_PAUSE,
): Promise<Talk> {
  const devices = new Devices(url);
  const acknowledged = new Acknowledgements();
  const [first, ...others] = people;
  const [witness] = first?.devices ?? [];
  if (first === undefined || witness === undefined) throw new Error('somebody has to talk');
  const maker = await devices.open(witness);
  const group = await maker.commands.createGroup(
    'everybody',
    others.map(({ user }) => user),
  );
  await group.outcome();
  for (const person of others) {
    const { room, sending } = await maker.commands.openDirect(person.user);
    await sending?.outcome();
    for (const identity of person.devices) await talk(identity, [group.room, room]);
  }

  async function talk(identity: DeviceIdentity, rooms: readonly RoomId[]): Promise<void> {
    const client: MaruClient = await devices.open(identity);
    for (const room of rooms) acknowledged.talk(client, room, pace);
  }
  return { witness, group: group.room, devices, acknowledged };
}
