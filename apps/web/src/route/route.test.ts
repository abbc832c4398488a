import { describe, expect, test } from 'bun:test';
import { linkCodeOf, newLinkSecret, newPersonalCode, newRoomId, systemUuids } from '@maru/protocol';
import { fragmentOf, type Route, readRoute } from './route.ts';

const room = newRoomId(systemUuids);
const code = linkCodeOf(room, newLinkSecret(new Uint8Array(16)));

describe('an address', () => {
  test.each<Route>([
    { kind: 'rooms' },
    { kind: 'settings' },
    { kind: 'requests' },
    { kind: 'room', room },
    { kind: 'details', room },
    { kind: 'channels' },
    { kind: 'admin' },
    { kind: 'share' },
    { kind: 'setting', page: 'devices' },
    { kind: 'device', code: '7kqm-4rxp' },
    { kind: 'user', code: newPersonalCode(new Uint8Array(16)) },
    { kind: 'with', handle: 'mina.kim' },
    { kind: 'join', code },
    { kind: 'invite', code: 'ABCD-EFGH' },
  ])('of %j is read as it was written', (route) => {
    expect(readRoute(fragmentOf(route))).toEqual(route);
  });

  test.each([
    '',
    '#',
    '#/',
    '#/nowhere',
    '#/room/room_1',
    '#/room/../x',
    '#join=short',
    '#user=short',
    '#/details/room_1',
    '#device=',
    '#/with/UPPER',
    '#/rooms/1/2',
  ])('%j leads to the list', (fragment) => expect(readRoute(fragment)).toEqual({ kind: 'rooms' }));
});
