import { describe, expect, test } from 'bun:test';
import { limits } from '@maru/protocol';
import { windowOf, withCommand } from './send-window.ts';
import type { DeviceWindows, SendWindow } from './state.ts';
import { WINDOW_DEVICES_MAX } from './state.ts';
import { device, idAt, START, seq } from './testing/people.ts';

const sent = (number: number) => ({
  clientMessageId: idAt(START, number),
  outcome: { kind: 'event' as const, seq: seq(number), at: START },
});

describe("the devices' windows", () => {
  function full(): DeviceWindows {
    let windows: DeviceWindows = [];
    for (let i = 1; i <= WINDOW_DEVICES_MAX; i++)
      windows = withCommand(windows, device(0, i), sent(i), START, null);
    return windows;
  }

  test(`[ONCE3] hold ${WINDOW_DEVICES_MAX} devices; with one more, the one that has been silent longest goes`, () => {
    const windows = full();
    expect(windows.length).toBe(WINDOW_DEVICES_MAX);
    const spoken = withCommand(windows, device(0, 1), sent(100), START, undefined);
    const more = withCommand(spoken, device(0, 0), sent(101), START, null);
    expect(more.length).toBe(WINDOW_DEVICES_MAX);
    expect(windowOf(more, device(0, 1))).toBeDefined();
    expect(windowOf(more, device(0, 2))).toBeUndefined();
    expect(more.at(-1)?.[0]).toBe(device(0, 0));
  });

  test('[ORD5] leave the former ones as they were', () => {
    const windows = full();
    const before = structuredClone(windows);
    withCommand(windows, device(0, 1), sent(100), START, undefined);
    expect(windows).toEqual(before);
  });

  test('[ONCE3] take in nothing of a device whose former commands are not known', () => {
    const windows: DeviceWindows = [];
    expect(withCommand(windows, device(0, 0), sent(1), START, undefined)).toBe(windows);
  });

  test('[ONCE3] go on from what the store told', () => {
    const looked: SendWindow = { at: START, sent: [sent(1), sent(3)] };
    const windows = withCommand([], device(0, 0), sent(2), START + 5, looked);
    expect(windowOf(windows, device(0, 0))).toEqual({ at: START + 5, sent: [sent(1), sent(2), sent(3)] });
  });

  test(`[ONCE3] hold ${limits.SEND_WINDOW_IDS} ids, the newest, and after an idle hour only the newest before it`, () => {
    let windows: DeviceWindows = [];
    for (let i = 1; i <= limits.SEND_WINDOW_IDS + 1; i++) {
      windows = withCommand(windows, device(0, 0), sent(i), START, null);
    }
    const ids = windowOf(windows, device(0, 0))?.sent ?? [];
    expect(ids.length).toBe(limits.SEND_WINDOW_IDS);
    expect(ids[0]).toEqual(sent(2));
    const late = START + limits.SEND_WINDOW_IDLE_MS;
    const after = windowOf(withCommand(windows, device(0, 0), sent(500), late, null), device(0, 0));
    expect(after).toEqual({ at: late, sent: [sent(limits.SEND_WINDOW_IDS + 1), sent(500)] });
  });

  test('[ONCE4] do not take in what lies below the lowest kept', () => {
    const looked: SendWindow = { at: START, sent: [sent(5), sent(6)] };
    const after = withCommand([], device(0, 0), sent(4), START + 1, looked);
    expect(windowOf(after, device(0, 0))).toEqual({ at: START + 1, sent: [sent(5), sent(6)] });
  });
});
