import { networkInterfaces } from 'node:os';
import type { TransportMemory } from '@maru/client';
import * as z from 'zod';
import type { ProfileFolder } from './profile.ts';

const FILE = 'networks.json';
/** Networks that are remembered; beyond that the one that will be forgotten first goes. */
const NETWORKS_MAX = 16;
const networksSchema = z.record(z.string(), z.int());

/**
 * Keeps in a profile in which networks sockets don't work, so that the next command does not find it out again. A file
 * that can't be read or written is as good as none.
 */
export function networkMemory(folder: ProfileFolder): TransportMemory {
  const read = () => networksSchema.safeParse(folder.readJson(FILE)).data ?? {};
  return {
    blockedUntil: (network) => read()[network],
    remember(network, until) {
      const { [network]: known, ...others } = read();
      if (known === until) return;
      const newest = Object.entries(others)
        .toSorted(([, a], [, b]) => b - a)
        .slice(0, NETWORKS_MAX - 1);
      try {
        folder.writeJson(
          FILE,
          Object.fromEntries(until === undefined ? newest : [[network, until], ...newest]),
        );
      } catch {
        // The disk is full, or the folder is not ours to write: the next command finds it out again.
      }
    },
  };
}

/** A name for the network that this machine is in, by its own addresses there; tells nobody which they are. */
export function networkName(interfaces: typeof networkInterfaces = networkInterfaces): string {
  const addresses = Object.entries(interfaces()).flatMap(([name, list = []]) =>
    list
      .filter(({ internal, family }) => !internal && family === 'IPv4')
      .map(({ cidr }) => `${name} ${cidr}`),
  );
  return new Bun.CryptoHasher('sha256').update(addresses.toSorted().join()).digest('hex').slice(0, 16);
}
