import { expect, test } from 'bun:test';
import { writeFileSync } from 'node:fs';
import type { NetworkInterfaceInfo } from 'node:os';
import { temporaryFolder } from '../testing/running-server.ts';
import { networkMemory, networkName } from './network-memory.ts';
import { ProfileFolder } from './profile.ts';

test('[WIRE8] where sockets do not work is known to the next command, network by network', () => {
  using state = temporaryFolder();
  const folder = new ProfileFolder({}, { XDG_STATE_HOME: state.path });
  folder.make();
  const [first, second] = [networkMemory(folder), networkMemory(folder)];
  expect(first.blockedUntil('home')).toBeUndefined();
  first.remember('home', 2_000);
  first.remember('train', 1_000);
  expect([second.blockedUntil('home'), second.blockedUntil('train')]).toEqual([2_000, 1_000]);
  second.remember('home', undefined);
  expect([first.blockedUntil('home'), first.blockedUntil('train')]).toEqual([undefined, 1_000]);
  for (let n = 0; n < 20; n++) first.remember(`cafe ${n}`, 3_000 + n);
  expect([first.blockedUntil('cafe 19'), first.blockedUntil('train')]).toEqual([3_019, undefined]);
  writeFileSync(folder.file('networks.json'), 'nonsense');
  expect(first.blockedUntil('cafe 19')).toBeUndefined();
});

test('a folder that is not there is as good as no memory', () => {
  const folder = new ProfileFolder({}, { XDG_STATE_HOME: '/nowhere/at/all' });
  const memory = networkMemory(folder);
  memory.remember('home', 1);
  expect(memory.blockedUntil('home')).toBeUndefined();
});

test('a network is named by what this machine is called in it', () => {
  const at = (cidr: string, internal = false) => ({ cidr, internal, family: 'IPv4' }) as NetworkInterfaceInfo;
  const loopback = at('127.0.0.1/8', true);
  const name = (...list: NetworkInterfaceInfo[]) => networkName(() => ({ lo: [loopback], wlan0: list }));
  expect(name(at('10.0.0.7/24'))).toBe(name(at('10.0.0.7/24')));
  expect(new Set([name(at('10.0.0.7/24')), name(at('192.168.1.7/24')), name()]).size).toBe(3);
  expect(name(at('10.0.0.7/24'))).not.toContain('10.0');
});
