import type { RoomId, UserId } from '@maru/protocol';

/** What is wrong, as a word for scripts. */
export type FindingCode =
  /** A place in the log, or a number in a room, without an entry. */
  | 'gap'
  /** A place, a number or a command that stands there twice. */
  | 'double'
  /** `ordinal` is not the number of counting events. */
  | 'ordinal'
  /** Time goes back in a room. */
  | 'time'
  /** An event that doesn't follow from the room before it. */
  | 'event'
  /** What an event says it changed of the members is not what it changes. */
  | 'members'
  /** The whole of a long message is not what its event names. */
  | 'body'
  /** Somebody who has no account. */
  | 'user'
  /** The room runs by rules of a newer version, so that nothing can be said of it. */
  | 'rules'
  /** A read gives something else than a replay of the log. */
  | 'projection'
  /** The storage can't be read there. */
  | 'unreadable';

/** Something that is not as it must be. Says where and how, and nothing of what anybody wrote. */
export interface Finding {
  readonly code: FindingCode;
  readonly detail: string;
  readonly room?: RoomId;
  readonly seq?: number;
  readonly position?: number;
  readonly user?: UserId;
}

/** Findings that are kept; beyond, they are only counted. */
const FINDINGS_MAX = 1_000;

/** Gathers findings; one damage may show in every event. */
export class Findings {
  readonly list: Finding[] = [];
  count = 0;

  add(finding: Finding): void {
    this.count++;
    if (this.list.length < FINDINGS_MAX) this.list.push(finding);
  }
}
