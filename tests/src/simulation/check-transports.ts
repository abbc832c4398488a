import type { SimDevice } from './sim-device.ts';

/** Who was told a transport uses that one, and who finds it out uses no plain polls. */
export function checkTransports(devices: readonly SimDevice[]): void {
  for (const { identity, transports } of devices) {
    const { asked, taken } = transports;
    const wrong = asked === 'auto' ? taken === 'poll' : taken !== asked;
    if (wrong) throw new Error(`${identity.device} was to go by ${asked} and goes by ${taken}`);
  }
}
