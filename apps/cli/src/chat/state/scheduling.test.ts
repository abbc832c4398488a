import { describe, expect, test } from 'bun:test';
import type { Scheduled } from '@maru/client';
import type { ScheduledId } from '@maru/protocol';
import { directRoom, fakeWorld } from '../testing/fake-world.ts';
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
});
