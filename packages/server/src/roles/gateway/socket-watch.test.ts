import { expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { SocketWatch, type WatchedSocket } from './socket-watch.ts';

interface Watched extends WatchedSocket {
  pings: number;
}

function watch(answers: boolean) {
  const clock = new ManualClock();
  const cut: number[] = [];
  const sockets = new SocketWatch<Watched>(clock, (socket, silentMs) => {
    cut.push(silentMs);
    sockets.delete(socket);
  });
  const socket: Watched = {
    data: { heardAt: 0 },
    pings: 0,
    ping() {
      socket.pings++;
      if (answers) sockets.heard(socket);
    },
  };
  sockets.add(socket);
  return { clock, cut, socket, sockets };
}

test('[SOFT4] who answers no ping is given up once it has been silent for so long', () => {
  const { clock, cut, socket } = watch(false);
  clock.advance(limits.OFFLINE_AFTER_MS - 2_000);
  expect([cut, socket.pings]).toEqual([[], 2]);
  clock.advance(2_000);
  expect(cut).toEqual([limits.OFFLINE_AFTER_MS]);
});

test('who answers pings stays', () => {
  const { clock, cut, socket } = watch(true);
  clock.advance(10 * limits.OFFLINE_AFTER_MS);
  expect(cut).toEqual([]);
  expect(socket.pings).toBeGreaterThan(10);
});

test('who says something is not asked', () => {
  const { clock, cut, socket, sockets } = watch(false);
  for (let ms = 0; ms < 10 * limits.OFFLINE_AFTER_MS; ms += limits.BEAT_MS) {
    clock.advance(limits.BEAT_MS);
    sockets.heard(socket);
  }
  expect([cut, socket.pings]).toEqual([[], 0]);
});
