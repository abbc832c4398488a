import type { ScheduledItem } from '@maru/protocol';

/** What the user has scheduled, as far as the server has told. */
export interface ScheduledList {
  /** Absent: there is nothing. */
  readonly revision: number | undefined;
  readonly items: readonly ScheduledItem[];
}

export const NOTHING_SCHEDULED: ScheduledList = { revision: undefined, items: [] };

/** A message that is to be sent later, as a UI shows it. */
export interface Scheduled extends Omit<ScheduledItem, 'state'> {
  /** `sending`: the server does not have it yet, or not as it is shown. */
  readonly state: ScheduledItem['state'] | 'sending';
}
