import {
  type ClientMessageId,
  type DeviceId,
  idFromBytes,
  idToBytes,
  nextClientMessageId,
  type ScheduledId,
} from '@maru/protocol';

/** How a scheduled message is named when it is sent. */
export interface FiringName {
  readonly device: DeviceId;
  readonly clientMessageId: ClientMessageId;
}

/**
 * The name under which a scheduled message is sent, the same at every repetition of one attempt (`[LATER3]`). Its device
 * is the schedule itself: the ids of the device that made it have gone on since, so that one from then would be too old
 * there (`[ONCE4]`). Attempts count up, and so do their ids.
 */
export function firingName(scheduled: ScheduledId, attempt: number): FiringName {
  const bytes = idToBytes(scheduled);
  return {
    device: idFromBytes<DeviceId>('device', bytes),
    clientMessageId: nextClientMessageId(undefined, attempt, bytes.subarray(6)),
  };
}
