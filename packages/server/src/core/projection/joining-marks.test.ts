import { expect, test } from 'bun:test';
import { marksAfterJoining } from './joining-marks.ts';

const joining = { joined: 10, ordinal: 7, own: 2 };
const set = { read: 10, readOrdinal: 7, readOwn: 2, unread: false };

test('[UNREAD3] joining sets the mark to the joining event', () => {
  expect(marksAfterJoining(undefined, joining)).toEqual(set);
});

test('[UNREAD3] a mark from an earlier membership gives way, a later one stays', () => {
  expect(marksAfterJoining({ read: 4, readOrdinal: 3, readOwn: 1, unread: true }, joining)).toEqual(set);
  const later = { read: 10, readOrdinal: 7, readOwn: 2, unread: true };
  expect(marksAfterJoining(later, joining)).toBe(later);
});
