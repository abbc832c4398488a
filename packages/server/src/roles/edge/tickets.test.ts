import { beforeEach, expect, test } from 'bun:test';
import { limits, newDeviceId, newUserId } from '@maru/protocol';
import { ManualClock } from '../../ports/testing/manual-clock.ts';
import { seededRandom } from '../../ports/testing/seeded-random.ts';
import { createTickets, type Tickets } from './tickets.ts';

const identity = { user: newUserId(), device: newDeviceId(), administrator: false };
let clock: ManualClock;
let tickets: Tickets;

beforeEach(() => {
  clock = new ManualClock();
  tickets = createTickets(clock, seededRandom(), 3);
});

test('[WIRE6] a ticket opens one session and never a second one', () => {
  const { ticket } = tickets.issue(identity);
  expect(tickets.redeem(ticket)).toEqual(identity);
  expect(tickets.redeem(ticket)).toBeUndefined();
  expect(tickets.redeem('another')).toBeUndefined();
});

test('[WIRE6] a ticket is good until it expires, and not at that moment', () => {
  const { ticket, expiresAt } = tickets.issue(identity);
  const late = tickets.issue(identity).ticket;
  clock.advance(limits.TICKET_TTL_MS - 1);
  expect(tickets.redeem(ticket)).toEqual(identity);
  clock.advance(1);
  expect(clock.now()).toBe(expiresAt);
  expect(tickets.redeem(late)).toBeUndefined();
});

test('[WIRE6] a clock that is set neither ends a ticket nor keeps it', () => {
  const { ticket } = tickets.issue(identity);
  const other = tickets.issue(identity).ticket;
  clock.jump(3_600_000);
  expect(tickets.redeem(ticket)).toEqual(identity);
  clock.advance(limits.TICKET_TTL_MS);
  clock.jump(-7_200_000);
  expect(tickets.redeem(other)).toBeUndefined();
});

test('beyond its number the oldest ticket goes', () => {
  const [first, second, third, fourth] = [1, 2, 3, 4].map(() => tickets.issue(identity).ticket);
  expect([first, second, third, fourth].map((ticket = '') => tickets.redeem(ticket) !== undefined)).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test("[PRIV9] a revoked device's tickets open nothing, others' do", () => {
  const other = { ...identity, device: newDeviceId() };
  const [mine, theirs] = [tickets.issue(identity).ticket, tickets.issue(other).ticket];
  tickets.revoke(new Set([identity.device]));
  expect(tickets.redeem(mine)).toBeUndefined();
  expect(tickets.redeem(theirs)).toEqual(other);
});
