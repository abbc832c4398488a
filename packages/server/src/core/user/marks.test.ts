import { describe, expect, test } from 'bun:test';
import { UNREAD_COUNT_MAX } from '@maru/protocol';
import * as fc from 'fast-check';
import { marksAfterJoining } from '../projection/joining-marks.ts';
import { frozen } from '../room/testing/frozen.ts';
import { seq } from '../room/testing/people.ts';
import { applyMark, type MarkChange, markMovesTo } from './apply-mark.ts';
import type { UserMarks } from './marks.ts';
import { unreadOf } from './unread-of.ts';

const at = (read: number, unread = false): UserMarks => ({ read, readOrdinal: read, readOwn: 0, unread });
const event = (number: number) => ({ seq: number, ordinal: number, own: 0 });

describe('marks', () => {
  test('[UNREAD4] a read mark moves forward', () => {
    expect(markMovesTo(at(3), { read: seq(4) }, seq(9))).toBe(seq(4));
    expect(applyMark(at(3), { read: seq(4) }, event(4))).toEqual(at(4));
  });

  test('[UNREAD4] and never back, whatever was looked up', () => {
    for (const read of [1, 2, 3]) {
      expect(markMovesTo(at(3), { read: seq(read) }, seq(9))).toBeUndefined();
      expect(applyMark(at(3), { read: seq(read) }, undefined)).toEqual(at(3));
      expect(applyMark(at(3), { read: seq(read) }, event(read))).toEqual(at(3));
    }
  });

  test('a mark beyond the head stops at the head', () => {
    expect(markMovesTo(at(3), { read: seq(10) }, seq(9))).toBe(seq(9));
    expect(markMovesTo(at(9), { read: seq(10) }, seq(9))).toBeUndefined();
  });

  test('[UNREAD4] reading clears the flag, also where the mark is further already', () => {
    expect(applyMark(at(3, true), { read: seq(5) }, event(5))).toEqual(at(5));
    expect(applyMark(at(3, true), { read: seq(2) }, undefined)).toEqual(at(3));
  });

  test('[UNREAD4] the flag moves no mark', () => {
    expect(applyMark(at(3), { unread: true }, undefined)).toEqual(at(3, true));
    expect(applyMark(at(3, true), { unread: false }, undefined)).toEqual(at(3));
    expect(applyMark(at(3), { read: seq(5), unread: true }, event(5))).toEqual(at(5, true));
  });

  test('what changes nothing gives the same marks back', () => {
    const marks = at(3);
    for (const change of [{}, { unread: false }, { read: seq(3) }])
      expect(applyMark(marks, change, undefined)).toBe(marks);
  });

  test('[UNREAD3] joining sets the mark to the joining, and a mark that is further stays', () => {
    const joining = { joined: 7, ordinal: 5, own: 2 };
    const joined: UserMarks = { read: 7, readOrdinal: 5, readOwn: 2, unread: false };
    expect(marksAfterJoining(undefined, joining)).toEqual(joined);
    expect(marksAfterJoining(at(6, true), joining)).toEqual(joined);
    expect(marksAfterJoining(at(7, true), joining)).toEqual(at(7, true));
  });
});

/** A room told as simply as can be: who wrote each counting event (or nobody, for one that doesn't count). */
interface Naive {
  readonly writers: (number | undefined)[];
  readonly deleted: Set<number>;
}

const ME = 0;

type Step =
  | { readonly do: 'message'; readonly by: number }
  | { readonly do: 'other' }
  | { readonly do: 'delete'; readonly which: number }
  | { readonly do: 'read'; readonly device: 0 | 1; readonly behind: number }
  | { readonly do: 'flag'; readonly unread: boolean }
  | { readonly do: 'rejoin' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('message' as const), by: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: fc.constant({ do: 'other' as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('delete' as const), which: fc.nat() }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('read' as const),
      device: fc.constantFrom(0 as const, 1 as const),
      behind: fc.nat({ max: 6 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flag' as const), unread: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: 'rejoin' as const }) },
);

class Reader {
  readonly room: Naive = { writers: [], deleted: new Set() };
  marks: UserMarks = marksAfterJoining(undefined, { joined: 0, ordinal: 0, own: 0 });
  /** What a person would say they have read: everything up to here. */
  read = 0;
  flag = false;

  get head(): number {
    return this.room.writers.length;
  }

  play(step: Step): void {
    const { writers, deleted } = this.room;
    switch (step.do) {
      case 'message':
        writers.push(step.by);
        break;
      case 'other':
        writers.push(undefined);
        break;
      case 'delete': {
        const messages = writers.flatMap((by, index) => (by === undefined ? [] : [index + 1]));
        const which = messages[step.which % messages.length];
        writers.push(undefined);
        if (which !== undefined) deleted.add(which);
        break;
      }
      case 'read':
        this.#read(Math.max(1, this.head - step.behind));
        break;
      case 'flag':
        this.marks = applyMark(this.marks, { unread: step.unread }, undefined);
        this.flag = step.unread;
        break;
      case 'rejoin':
        writers.push(undefined);
        this.marks = marksAfterJoining(this.marks, { joined: this.head, ...this.#facts(this.head) });
        this.read = this.head;
        this.flag = false;
        break;
    }
  }

  /** Either device may say it, in any order: a mark that is behind is late news. */
  #read(number: number): void {
    if (this.head === 0) return;
    const to = markMovesTo(this.marks, { read: seq(number) }, seq(this.head));
    const event = to === undefined ? undefined : { seq: to, ...this.#facts(to) };
    this.marks = applyMark(this.marks, { read: seq(number) }, event);
    this.read = Math.max(this.read, number);
    this.flag = false;
  }

  #facts(upTo: number): { ordinal: number; own: number } {
    const counting = this.room.writers.slice(0, upTo).filter((by) => by !== undefined);
    return { ordinal: counting.length, own: counting.filter((by) => by === ME).length };
  }

  unread(): number {
    const { ordinal, own } = this.#facts(this.head);
    const hiddenAfter = [...this.room.deleted].filter(
      (number) => number > this.marks.read && this.room.writers[number - 1] !== ME,
    ).length;
    return unreadOf({ ordinal }, this.marks, own, hiddenAfter);
  }

  /** One look at every event. */
  naiveUnread(): number {
    let count = 0;
    for (const [index, by] of this.room.writers.entries()) {
      const number = index + 1;
      if (number > this.read && by !== undefined && by !== ME && !this.room.deleted.has(number)) count++;
    }
    return Math.min(count, UNREAD_COUNT_MAX + 1);
  }
}

describe('unread', () => {
  test('[UNREAD1][UNREAD2][UNREAD3][UNREAD5] is what a count of all events gives, in any order of writing, deleting and reading', () => {
    void fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const reader = new Reader();
        for (const one of steps) {
          reader.play(one);
          expect(reader.unread()).toBe(reader.naiveUnread());
          expect(reader.marks.read).toBe(reader.read);
          expect(reader.marks.unread).toBe(reader.flag);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('[UNREAD2] is exact up to 999, and then says "more"', () => {
    const reader = new Reader();
    for (let i = 0; i < 999; i++) reader.play({ do: 'message', by: 1 });
    expect(reader.unread()).toBe(999);
    reader.play({ do: 'message', by: 1 });
    expect(reader.unread()).toBe(1_000);
    reader.play({ do: 'message', by: 1 });
    expect(reader.unread()).toBe(1_000);
  });
});

describe('any history of marks', () => {
  const HEAD = seq(12);
  const change = fc.record(
    { read: fc.integer({ min: 1, max: 15 }).map(seq), unread: fc.boolean() },
    { requiredKeys: [] },
  );
  const ownUpTo = (number: number) => Math.floor(number / 3);

  /** The marks behind each change, as the user worker makes them: what it looks up follows from the marks. */
  function played(from: UserMarks, changes: readonly MarkChange[]): UserMarks[] {
    let marks = from;
    return changes.map((one) => {
      const to = markMovesTo(frozen(marks), frozen(one), HEAD);
      marks = applyMark(
        marks,
        one,
        to === undefined ? undefined : frozen({ ...event(to), own: ownUpTo(to) }),
      );
      return marks;
    });
  }

  test('[UNREAD4] replayed gives the same marks, from wherever it is taken up, and never one that goes back', () => {
    void fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), fc.nat({ max: 30 }), (changes, takenUp) => {
        const all = played(at(0), changes);
        const from = Math.min(takenUp, changes.length);
        const stored = structuredClone(all[from - 1] ?? at(0));
        expect(played(stored, structuredClone(changes.slice(from)))).toEqual(all.slice(from));
        for (const [index, { read }] of all.entries())
          expect(read).toBeGreaterThanOrEqual(all[index - 1]?.read ?? 0);
      }),
    );
  });
});
