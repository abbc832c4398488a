import { describe, expect, test } from 'bun:test';
import type { Scheduled } from '@maru/client';
import type { ScheduledId } from '@maru/protocol';
import { directRoom, fakeWorld, NOW } from '../testing/fake-world.ts';
import { Sitting } from '../testing/sitting.ts';

const direct = directRoom();
const { room } = direct;
/** Half past an hour of a day in November 2026. */
const on = (day: number, hour: number) => new Date(2026, 10, day, hour, 30).getTime();

describe('what is to be sent later', () => {
  const item = (text: string, more: Partial<Scheduled> = {}): Scheduled => ({
    ...{ scheduled: `scheduled_${text}` as ScheduledId, room, at: on(25, 18), state: 'waiting' },
    content: { type: 'text', text },
    ...more,
  });
  const sitting = (...scheduled: Scheduled[]) => {
    const world = fakeWorld([direct]);
    return new Sitting({ ...world, scheduled });
  };

  test('is listed with its time, and why it was not sent', () => {
    const failed = item('second', { state: 'failed', error: 'not-found' });
    const { ui } = sitting(item('first'), failed, item('third', { state: 'sending' }))
      .writes('/scheduled')
      .does('enter');
    expect(ui.panel?.text.split('\n').slice(0, 3)).toEqual([
      '1. 18:30  first',
      '2. 18:30  second (not sent: you are no longer a member)',
      '3. 18:30  third (the server does not have it yet)',
    ]);
  });

  test('is cancelled by its number, after a question', () => {
    const sat = sitting(item('first'), item('second')).writes('/scheduled cancel 2').does('enter');
    expect(sat.ui.confirm?.question).toBe('Do not send “second”?');
    expect(sat.does('enter').effects).toEqual([
      { kind: 'unschedule', room, scheduled: 'scheduled_second' as ScheduledId },
    ]);
    const korean = sitting(item('first')).writes('/예약 취소 2').does('enter');
    expect(korean.ui.notice?.tone).toBe('warning');
    expect(sitting().writes('/scheduled').does('enter').ui.notice?.tone).toBe('warning');
  });

  const first = 'scheduled_first' as ScheduledId;

  test('[LATER2] gets another time by its number, and another text with it', () => {
    const changed = (line: string) => sitting(item('first')).writes(line).does('enter');
    expect(changed('/scheduled 1 10:00').effects).toEqual([
      { kind: 'reschedule', room, scheduled: first, at: new Date(2026, 10, 25, 10).getTime() },
    ]);
    const { effects, ui } = changed('/예약 1 내일 9:00 좋은 아침\n여러분');
    const at = new Date(2026, 10, 26, 9).getTime();
    expect(effects).toEqual([{ kind: 'reschedule', room, scheduled: first, at, text: '좋은 아침\n여러분' }]);
    expect(ui.notice?.text).toContain('09:00');
    expect(changed('/scheduled 2 10:00')).toMatchObject({ effects: [], ui: { notice: { tone: 'warning' } } });
  });

  test('[LATER2] gets another text alone after a question, for it could be a time that was misspelt', () => {
    const answering = item('first', { expiresAfter: 60 });
    const sat = sitting(answering).writes('/scheduled 1 tommorow 9:00').does('enter');
    expect([sat.effects, sat.ui.confirm?.question]).toEqual([
      [],
      'Send “tommorow 9:00” instead, at the same time?',
    ]);
    const effect = { kind: 'reschedule', room, scheduled: first, text: 'tommorow 9:00' } as const;
    expect(sat.does('enter').effects).toEqual([{ ...effect, expiresAfter: 60 }]);
  });

  test('[LATER4] goes now where it had failed, and only there', () => {
    const failed = item('first', { state: 'failed', error: 'not-found' });
    for (const line of ['/scheduled retry 1', '/예약 재전송 1'])
      expect(sitting(failed).writes(line).does('enter').effects).toEqual([
        { kind: 'reschedule', room, scheduled: first, at: NOW },
      ]);
    const waiting = sitting(item('first')).writes('/scheduled retry 1').does('enter');
    expect([waiting.effects, waiting.ui.notice?.tone]).toEqual([[], 'warning']);
  });
});
