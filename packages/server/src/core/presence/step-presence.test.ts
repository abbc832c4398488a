import { describe, expect, test } from 'bun:test';
import type { DeviceId, PresenceState, SessionId } from '@maru/protocol';
import { idFromBytes, limits } from '@maru/protocol';
import * as fc from 'fast-check';
import { frozen } from '../room/testing/frozen.ts';
import { device } from '../room/testing/people.ts';
import type { Presence, PresenceInput, ShownPresence } from './presence.ts';
import { absent, shownPresence } from './presence.ts';
import type { PresenceStep } from './step-presence.ts';
import { stepPresence } from './step-presence.ts';

const GRACE = limits.OFFLINE_AFTER_MS;
const PHONE = device(0, 1);
const LAPTOP = device(0, 2);
/** The time of day at `now` 0. */
const DAY = 1_767_225_600_000;

function session(number: number): SessionId {
  return idFromBytes('session', new Uint8Array(16).fill(number));
}

/** One user, and what others were told. */
class Watched {
  presence: Presence;
  step: PresenceStep | undefined;
  readonly told: ShownPresence[] = [];

  constructor(lastActive?: number, hidden = false) {
    this.presence = absent(lastActive, hidden);
  }

  give(input: PresenceInput): this {
    this.step = stepPresence(this.presence, input);
    this.presence = this.step.presence;
    if (this.step.publish !== undefined) this.told.push(this.step.publish);
    return this;
  }

  opened(now: number, of: DeviceId = PHONE, number = 1): this {
    return this.give({ kind: 'opened', device: of, session: session(number), now });
  }

  closed(now: number, loggedOut = false, of: DeviceId = PHONE, number = 1): this {
    return this.give({ kind: 'closed', device: of, session: session(number), loggedOut, now });
  }

  beat(now: number, state: 'active' | 'away' = 'active', of: DeviceId = PHONE): this {
    return this.give({ kind: 'beat', device: of, state, now, at: DAY + now });
  }

  tick(now: number): this {
    return this.give({ kind: 'tick', now });
  }

  get states(): PresenceState[] {
    return this.told.map(({ state }) => state);
  }
}

describe('a device', () => {
  test('is away when it opens, active when it says so, and away when it says so', () => {
    const user = new Watched().opened(0).beat(5).beat(10, 'away');
    expect(user.told).toEqual([
      { state: 'away' },
      { state: 'active' },
      { state: 'away', lastActive: DAY + 5 },
    ]);
  });

  test(`[SOFT4] is offline ${GRACE} ms after its last sign, and not a millisecond before`, () => {
    const user = new Watched().opened(0).beat(1_000).closed(2_000);
    expect(user.step?.deadline).toBe(2_000 + GRACE);
    expect(user.tick(2_000 + GRACE - 1).states).toEqual(['away', 'active']);
    expect(user.tick(2_000 + GRACE).told.at(-1)).toEqual({ state: 'offline', lastActive: DAY + 1_000 });
    expect(user.step?.deadline).toBeUndefined();
  });

  test('[SOFT4] counts from when it was last heard, where its connection timed out', () => {
    const timedOut = (lastSign: number) =>
      new Watched()
        .opened(0)
        .beat(1_000)
        .give({
          kind: 'closed',
          device: PHONE,
          session: session(1),
          loggedOut: false,
          lastSign,
          now: 25_000,
        });
    expect(timedOut(5_000).step?.deadline).toBe(5_000 + GRACE);
    expect(
      new Watched().opened(0).give({
        kind: 'closed',
        device: PHONE,
        session: session(1),
        loggedOut: false,
        lastSign: 0,
        now: GRACE,
      }).states,
    ).toEqual(['away', 'offline']);
    // Never later than the closing, and never before a beat.
    expect(timedOut(99_000).step?.deadline).toBe(25_000 + GRACE);
    expect(timedOut(0).step?.deadline).toBe(1_000 + GRACE);
  });

  test('[SOFT4] is offline at once when it logs out, with all of its sessions', () => {
    const user = new Watched().opened(0).opened(1, PHONE, 2).beat(2).closed(3, true);
    expect(user.states).toEqual(['away', 'active', 'offline']);
    // The other session's end is no sign of life.
    expect(user.closed(4, false, PHONE, 2).states).toEqual(['away', 'active', 'offline']);
  });

  test('[SOFT4] is offline at once when it is signed out, also if it polls or its session has just ended', () => {
    const signedOut = { kind: 'signed-out', device: PHONE, now: 3 } as const;
    expect(new Watched().beat(0).give(signedOut).states).toEqual(['active', 'offline']);
    expect(new Watched().opened(0).closed(2).give(signedOut).states).toEqual(['away', 'offline']);
    expect(new Watched().opened(0).opened(1, PHONE, 2).give(signedOut).states).toEqual(['away', 'offline']);
    expect(new Watched().opened(0, LAPTOP).give(signedOut).states).toEqual(['away']);
  });

  test('[SOFT4] that is back within the grace time shows nobody a change', () => {
    const user = new Watched().opened(0).beat(1_000).closed(4_000).tick(20_000);
    user
      .opened(4_000 + GRACE - 1, PHONE, 2)
      .tick(40_000)
      .beat(41_000);
    expect(user.states).toEqual(['away', 'active']);
  });

  test('is live as long as a session is open, but active only as long as it says so', () => {
    const user = new Watched().opened(0).beat(1_000);
    expect(user.step?.deadline).toBe(1_000 + GRACE);
    user.tick(1_000 + GRACE - 1);
    expect(user.states).toEqual(['away', 'active']);
    user.tick(1_000 + GRACE);
    expect(user.states).toEqual(['away', 'active', 'away']);
    expect(user.step?.deadline).toBeUndefined();
    expect(user.tick(100 * GRACE).states).toEqual(['away', 'active', 'away']);
  });

  test('that polls is live by its beats alone', () => {
    const user = new Watched().beat(0).beat(20_000);
    expect(user.tick(20_000 + GRACE - 1).states).toEqual(['active']);
    expect(user.tick(20_000 + GRACE).states).toEqual(['active', 'offline']);
  });

  test('is not kept by the end of a session that it does not have', () => {
    const user = new Watched().beat(0).closed(20_000);
    expect(user.step?.deadline).toBe(GRACE);
  });

  test('goes on while another session of it is open', () => {
    const user = new Watched().opened(0).opened(1, PHONE, 2).closed(2);
    expect(user.tick(2 + 2 * GRACE).states).toEqual(['away']);
    user.closed(3 * GRACE, false, PHONE, 2);
    expect(user.tick(4 * GRACE).states).toEqual(['away', 'offline']);
  });
});

describe('a user with several devices', () => {
  test('is active while any is, away while any is live', () => {
    const user = new Watched().opened(0).opened(0, LAPTOP, 2).beat(1).beat(2, 'away', LAPTOP);
    expect(user.states).toEqual(['away', 'active']);
    user.beat(3, 'away');
    expect(user.states).toEqual(['away', 'active', 'away']);
  });

  test('[SOFT4] is offline when the last one is', () => {
    const user = new Watched().opened(0).opened(0, LAPTOP, 2).closed(1, true);
    expect(user.states).toEqual(['away']);
    user.closed(10, false, LAPTOP, 2).tick(10 + GRACE);
    expect(user.states).toEqual(['away', 'offline']);
  });
});

describe('what others are told', () => {
  test('[SOFT6] keeps the time a user was last active, over a restart too', () => {
    expect(shownPresence(absent(DAY, false))).toEqual({ state: 'offline', lastActive: DAY });
    expect(shownPresence(absent(undefined, false))).toEqual({ state: 'offline' });
    const user = new Watched(DAY - 9).opened(0);
    expect(user.told).toEqual([{ state: 'away', lastActive: DAY - 9 }]);
  });

  test('[SOFT5] who hides it is offline to everybody, and nothing else', () => {
    const user = new Watched(DAY, true).opened(0).beat(1).closed(2, true);
    expect(user.told).toEqual([]);
    expect(shownPresence(user.presence)).toEqual({ state: 'offline' });
  });

  test('[SOFT5] hiding and showing again is told as a change', () => {
    const user = new Watched().opened(0).beat(1);
    user
      .give({ kind: 'hide', hidden: true, now: 2 })
      .beat(3, 'away')
      .give({ kind: 'hide', hidden: false, now: 4 });
    expect(user.told).toEqual([
      { state: 'away' },
      { state: 'active' },
      { state: 'offline' },
      { state: 'away', lastActive: DAY + 1 },
    ]);
  });

  test('a clock that goes back takes nobody offline, and keeps nobody online', () => {
    const user = new Watched().opened(50_000).beat(50_000).beat(1).closed(2);
    expect(user.step?.deadline).toBe(50_000 + GRACE);
    expect(user.tick(50_000 + GRACE).states).toEqual(['away', 'active', 'offline']);
  });
});

describe('any history', () => {
  const input: fc.Arbitrary<PresenceInput> = fc
    .record({
      kind: fc.constantFrom(
        'opened' as const,
        'closed' as const,
        'beat' as const,
        'hide' as const,
        'signed-out' as const,
        'tick' as const,
      ),
      device: fc.constantFrom(PHONE, LAPTOP),
      number: fc.integer({ min: 1, max: 3 }),
      active: fc.boolean(),
      now: fc.integer({ min: 0, max: 4 * GRACE }),
    })
    .map(({ kind, device: of, number, active, now }): PresenceInput => {
      switch (kind) {
        case 'opened':
          return { kind, device: of, session: session(number), now };
        case 'closed':
          return { kind, device: of, session: session(number), loggedOut: active, now };
        case 'beat':
          return { kind, device: of, state: active ? 'active' : 'away', now, at: DAY + now };
        case 'signed-out':
          return { kind, device: of, now };
        case 'hide':
          return { kind, hidden: active, now };
        default:
          return { kind: 'tick', now };
      }
    });

  test('[SOFT4] tells only changes, and none is due that the deadline did not announce', () => {
    void fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), (inputs) => {
        const user = new Watched();
        let shown: PresenceState = 'offline';
        for (const one of inputs) {
          const deadline = user.step?.deadline;
          if (deadline !== undefined && one.now > deadline) {
            const before = user.told.length;
            user.tick(deadline - 1);
            expect(user.told.length).toBe(before);
            shown = user.tick(deadline).told.at(-1)?.state ?? shown;
          }
          const before = user.told.length;
          user.give(one);
          if (user.told.length > before) expect(user.told.at(-1)?.state).not.toBe(shown);
          shown = user.presence.shown;
        }
        // Left alone it comes to rest within two deadlines a device: no longer active, no longer live.
        for (let ticks = 0; user.step?.deadline !== undefined; ticks++) {
          expect(ticks).toBeLessThan(5);
          user.tick(user.step.deadline);
        }
        expect(user.presence.shown).not.toBe('active');
      }),
      { numRuns: 200 },
    );
  });

  test('[SOFT4] replayed gives the same states and the same told, from wherever it is taken up', () => {
    void fc.assert(
      fc.property(fc.array(input, { maxLength: 40 }), fc.nat({ max: 40 }), (inputs, takenUp) => {
        const steps: PresenceStep[] = [];
        for (const one of inputs)
          steps.push(stepPresence(frozen(steps.at(-1)?.presence ?? absent(DAY, false)), frozen(one)));
        // Later, and from a state that is equal and not the same: all that counts is in it.
        const from = Math.min(takenUp, inputs.length);
        let presence = structuredClone(steps[from - 1]?.presence ?? absent(DAY, false));
        const again = inputs.slice(from).map((one) => {
          const step = stepPresence(presence, structuredClone(one));
          presence = structuredClone(step.presence);
          return step;
        });
        expect(again).toEqual(steps.slice(from));
      }),
      { numRuns: 200 },
    );
  });
});
