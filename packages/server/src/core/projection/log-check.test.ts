import { expect, test } from 'bun:test';
import type { Seq } from '@maru/protocol';
import { Script } from '../../ports/testing/script.ts';
import type { EventEntry, LogEntry } from '../log-entry.ts';
import type { Position } from '../position.ts';
import { LogCheck } from './log-check.ts';

function check(entries: readonly LogEntry[]) {
  const log = new LogCheck();
  for (const entry of entries) log.add(entry);
  return log;
}

/** A small log in which everything is right, and the entry that tests change. */
function story(): [EventEntry, EventEntry, EventEntry] {
  const script = new Script(0 as Position);
  const [ana, ben] = script.people();
  const created = script.group(ana, [ben]);
  return [created, script.send(created.room, ana), script.leave(created.room, ben)];
}

test('a log in order has no findings, and gives the memberships', () => {
  const [created, sent, left] = story();
  const log = check([created, sent, left]);
  expect(log.findings).toEqual([]);
  expect(log.rooms).toBe(1);
  expect(
    [...log.memberships()].map(([, , intervals]) => intervals.map(({ left, how }) => [left, how])),
  ).toEqual([[[undefined, undefined]], [[3 as Seq, 'left']]]);
});

/** Changes of the second entry, or of the third, and what is found. */
const WRONG: Readonly<
  Record<string, { change: (log: [EventEntry, EventEntry, EventEntry]) => LogEntry[]; found: string }>
> = {
  'a gap in positions': { change: ([a, , c]) => [a, c], found: 'position' },
  'an entry twice': { change: ([a, b, c]) => [a, b, b, c], found: 'position' },
  'a gap in numbers': { change: ([a, b]) => [a, withEvent(b, { seq: 3 as Seq })], found: 'seq' },
  'a room that was not created': { change: ([, b]) => [{ ...b, position: 1 as Position }], found: 'seq' },
  'an ordinal that stays': { change: ([a, b]) => [a, withEvent(b, { ordinal: 0 })], found: 'ordinal' },
  'time that goes back': { change: ([a, b]) => [a, withEvent(b, { at: 0 })], found: 'time' },
  'a departure that changes no membership': {
    change: ([a, b, { members: _members, ...c }]) => [a, b, c],
    found: 'membership',
  },
  'a departure of somebody who is not there': {
    change: ([{ members: _members, ...a }, b, c]) => [a, b, c],
    found: 'membership',
  },
  'marks in a room without events': {
    change: ([{ room, position }]) => [
      {
        type: 'marks',
        position,
        room,
        user: 'user_00000000000000000000000000' as never,
        marks: { read: 0, readOrdinal: 0, readOwn: 0, unread: false },
      },
    ],
    found: 'seq',
  },
};

for (const [name, { change, found }] of Object.entries(WRONG)) {
  test(`finds ${name}`, () => {
    expect(check(change(story())).findings.map(({ what }) => what)).toContain(found as 'seq');
  });
}

function withEvent(entry: EventEntry, event: Partial<EventEntry['event']>): EventEntry {
  return { ...entry, event: { ...entry.event, ...event } };
}
