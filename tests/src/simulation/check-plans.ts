import type { RoomId } from '@maru/protocol';
import type { Engine } from '@maru/server';
import type { SimDevice } from './sim-device.ts';
import type { TimeStory } from './time-story.ts';
import type { TrueRoom } from './truth.ts';

/**
 * LATER1, LATER3, LATER4: what the server took to send later is in its room once, or is kept as failed; what nobody
 * cancelled is not lost. All of it is due when this is asked.
 */
export async function planFaults(
  { planned, cancelled }: Pick<TimeStory, 'planned' | 'cancelled'>,
  truth: ReadonlyMap<RoomId, TrueRoom>,
  { schedules }: Engine,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const { device, room, scheduled, outcome } of planned) {
    if (scheduled === undefined) continue;
    // The device of its name is the schedule itself.
    const name = `device_${scheduled.slice('scheduled_'.length)}`;
    const sent = truth.get(room)?.events.filter((event) => event.device === name).length ?? 0;
    const left = (await schedules.list(device.identity.user)).filter((item) => item.scheduled === scheduled);
    const failed = left.filter(({ state }) => state === 'failed').length;
    const places = sent + left.length;
    const isLost = outcome === 'accepted' && !cancelled.has(scheduled) && places === 0;
    if (isLost || places > 1 || failed !== left.length)
      wrong.push(
        `${scheduled} of ${device.identity.device} was ${outcome}, sent ${sent} times, ${left.length} left`,
      );
  }
  return wrong;
}

/** LATER2: all devices of a user list what the server has. */
export async function listFaults(devices: readonly SimDevice[], { schedules }: Engine): Promise<string[]> {
  const wrong: string[] = [];
  for (const { client, identity } of devices) {
    const should = (await schedules.list(identity.user)).map(
      ({ scheduled, state }) => `${scheduled} ${state}`,
    );
    const listed = (client?.scheduled() ?? []).map(({ scheduled, state }) => `${scheduled} ${state}`);
    if (listed.join() !== should.join())
      wrong.push(`${identity.device} lists «${listed}», should list «${should}»`);
  }
  return wrong;
}
