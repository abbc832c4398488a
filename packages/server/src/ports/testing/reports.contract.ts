import { describe, expect, test } from 'bun:test';
import { newRoomId, newUserId, type Seq, type UserId } from '@maru/protocol';
import type { NewReport } from '../reports.ts';
import { type EngineHarness, openWorld } from './harness.ts';

const AT = 1_700_000_000_000;
const OPEN_MAX = 3;

function newReport(change: Partial<NewReport> = {}): NewReport {
  return {
    by: newUserId(),
    user: newUserId(),
    room: newRoomId(),
    seq: 3 as Seq,
    reason: 'spam',
    note: '세 번째입니다',
    text: 'Buy now! 🛒',
    at: AT,
    blocked: false,
    command: undefined,
    ...change,
  };
}

/** Contract of `Reports`. */
export function testReports(harness: EngineHarness): void {
  describe(`Reports (${harness.name})`, () => {
    const world = openWorld(harness);
    const add = async (report: NewReport): Promise<number> => {
      expect(await world().reports.addReport(report, OPEN_MAX)).toBe('added');
      const [newest] = await world().reports.reports({ state: 'all', before: undefined, limit: 1 });
      return newest?.report ?? 0;
    };
    const numbers = async (state: 'open' | 'closed' | 'all', before?: number, limit = 100) => {
      const page = await world().reports.reports({ state, before, limit });
      return page.map(({ report }) => report);
    };
    const closedBy = (by: UserId, remark = 'done') => ({ at: AT + 5, by, remark });

    test('[REPORT1] a report is kept as it was given, over a restart too', async () => {
      const report = newReport();
      const number = await add(report);
      expect(await world().reports.report(number)).toEqual({ ...report, report: number, closed: undefined });
      const bare = newReport({ room: undefined, seq: undefined, text: undefined, note: '' });
      const next = await add(bare);
      expect(next).toBe(number + 1);
      await world().reopen();
      expect(await world().reports.report(next)).toEqual({ ...bare, report: next, closed: undefined });
      expect(await world().reports.report(next + 1)).toBeUndefined();
    });

    test('[REPORT2] the same, reported again, is known until it is closed', async () => {
      const { reports } = world();
      for (const report of [newReport(), newReport({ seq: undefined, room: undefined })]) {
        const number = await add(report);
        const again = { ...report, reason: 'abuse', note: 'another', at: AT + 1 } as const;
        expect(await reports.addReport(again, OPEN_MAX)).toBe('known');
        expect(await reports.report(number)).toMatchObject({ reason: 'spam' });
        expect(await reports.addReport({ ...report, seq: 9 as Seq, room: newRoomId() }, OPEN_MAX)).toBe(
          'added',
        );
        expect(await reports.closeReport(number, closedBy(newUserId()))).toBe(true);
        expect(await reports.addReport(again, OPEN_MAX)).toBe('added');
      }
    });

    test('[REPORT2] one person has so many open reports at most, whoever reports at the same time', async () => {
      const { reports } = world();
      const by = newUserId();
      const tries = Array.from({ length: 6 }, () => reports.addReport(newReport({ by }), OPEN_MAX));
      const answers = await Promise.all(tries);
      expect(answers.toSorted()).toEqual(['added', 'added', 'added', 'full', 'full', 'full']);
      expect(await reports.addReport(newReport(), OPEN_MAX)).toBe('added');
      const [newest = 0] = await numbers('open');
      // Of this person's the newest lies before that of the other one.
      await reports.closeReport(newest - 1, closedBy(by));
      expect(await reports.addReport(newReport({ by }), OPEN_MAX)).toBe('added');
    });

    test('[REPORT5] a command brings one report, however often it comes and whatever became of that', async () => {
      const { reports } = world();
      const report = newReport({ blocked: true, command: `a command of ${newUserId()}` });
      const number = await add(report);
      expect(await reports.report(number)).toEqual({ ...report, report: number, closed: undefined });
      // What it names may be gone by then.
      const later = { ...report, room: undefined, seq: undefined };
      expect(await reports.addReport(later, OPEN_MAX)).toBe('known');
      await reports.closeReport(number, closedBy(newUserId()));
      for (const again of [report, later]) expect(await reports.addReport(again, OPEN_MAX)).toBe('known');
      expect(await reports.addReport({ ...report, command: 'another' }, OPEN_MAX)).toBe('added');
    });

    test('[REPORT5] one with a block is not too many: one for each person is kept', async () => {
      const { reports } = world();
      const [by, user] = [newUserId(), newUserId()];
      for (let count = 0; count < OPEN_MAX; count++) await add(newReport({ by }));
      expect(await reports.addReport(newReport({ by, user }), OPEN_MAX)).toBe('full');
      const blocking = () => newReport({ by, user, blocked: true });
      expect(await reports.addReport(blocking(), OPEN_MAX)).toBe('added');
      expect(await reports.addReport(blocking(), OPEN_MAX)).toBe('known');
      expect(await reports.addReport(newReport({ by, blocked: true }), OPEN_MAX)).toBe('added');
    });

    test('[REPORT3] closing erases the text that is quoted, and opening again does not bring it back', async () => {
      const { reports } = world();
      const report = newReport();
      const number = await add(report);
      const by = newUserId();
      expect(await reports.closeReport(number, closedBy(by))).toBe(true);
      const closed = { at: AT + 5, by, remark: 'done' };
      const kept = { ...report, report: number, text: undefined };
      expect(await reports.report(number)).toEqual({ ...kept, closed });
      expect(await reports.closeReport(number, closedBy(by, 'again'))).toBe(true);
      expect(await reports.report(number)).toEqual({ ...kept, closed: { ...closed, remark: 'again' } });
      expect(await reports.reopenReport(number)).toBe(true);
      expect(await reports.report(number)).toEqual({ ...kept, closed: undefined });
      expect(await reports.closeReport(number + 1_000, closedBy(by))).toBe(false);
      expect(await reports.reopenReport(number + 1_000)).toBe(false);
    });

    test('[REPORT4] they are listed newest first, in pages, by state', async () => {
      const first = await add(newReport());
      const second = await add(newReport());
      const third = await add(newReport());
      await world().reports.closeReport(second, closedBy(newUserId()));
      expect((await numbers('all')).slice(0, 3)).toEqual([third, second, first]);
      expect((await numbers('open')).slice(0, 2)).toEqual([third, first]);
      expect((await numbers('closed'))[0]).toBe(second);
      expect(await numbers('all', third, 2)).toEqual([second, first]);
      expect(await numbers('open', third, 1)).toEqual([first]);
      expect(await numbers('all', 1)).toEqual([]);
    });
  });
}
