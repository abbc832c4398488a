import { type LimitsInForce, limits } from '@maru/protocol';

/** What holds until a server has said what holds there. */
export const DEFAULT_LIMITS: LimitsInForce = {
  messageCharsMax: limits.MESSAGE_CHARS_MAX,
  groupMembersMax: limits.GROUP_MEMBERS_MAX,
  frameBytesMax: limits.FRAME_BYTES_MAX,
  sendsInFlightMax: limits.SENDS_IN_FLIGHT_MAX,
};
