/** What tabs say to each other. They are of one origin and one version of the app, or soon will be. */
import type { ClientMessageId, DownFrame, LimitsInForce, RoomId } from '@maru/protocol';
import type { StoreChange } from '../store/store.ts';
import type { HistoryQuery } from '../sync/gap-filler.ts';
import type { ConnectionStatus } from '../wire/connection.ts';
import type { ErrorSaid } from './errors-between-tabs.ts';

/** Frames that nothing is stored of. */
export type Overheard = Extract<DownFrame, { kind: 'typing' | 'presence' | 'receipt-counts' | 'account' }>;

/** A question that only the server can answer. */
export type Question =
  | { readonly what: 'history'; readonly query: HistoryQuery }
  | { readonly what: 'look'; readonly rooms: readonly RoomId[] }
  | { readonly what: 'status'; readonly room: RoomId; readonly clientMessageId: ClientMessageId };

/** What is lost where nobody leads. */
export type Wish =
  | { readonly what: 'connect' }
  | { readonly what: 'typing'; readonly room: RoomId }
  | { readonly what: 'refresh'; readonly room: RoomId }
  | { readonly what: 'presence'; readonly state: 'active' | 'away' };

/** By the tab that leads. */
export type LeaderSays =
  /** It leads, and the store is at this version: what is changed from here on it tells. */
  | {
      readonly kind: 'lead';
      readonly tab: string;
      readonly version: number;
      readonly status: ConnectionStatus;
      readonly limits: LimitsInForce;
      /** The server's clock, milliseconds since the epoch. */
      readonly now: number;
    }
  /** The store has these, and is at this version by them. */
  | {
      readonly kind: 'changed';
      readonly tab: string;
      readonly version: number;
      readonly changes: readonly StoreChange[];
    }
  | { readonly kind: 'overheard'; readonly frame: Overheard }
  | { readonly kind: 'answer'; readonly to: string; readonly id: number; readonly answer: unknown }
  | { readonly kind: 'no-answer'; readonly to: string; readonly id: number; readonly error: ErrorSaid };

/** By the others. */
export type FollowerSays =
  /** It is here; who leads says so. */
  | { readonly kind: 'hello'; readonly tab: string }
  /** Acts wait in the store. */
  | { readonly kind: 'given' }
  | { readonly kind: 'ask'; readonly tab: string; readonly id: number; readonly question: Question }
  | { readonly kind: 'wish'; readonly tab: string; readonly wish: Wish };

export type TabSays = LeaderSays | FollowerSays;

export function isForLeader(message: TabSays): message is FollowerSays {
  const { kind } = message;
  return kind === 'hello' || kind === 'given' || kind === 'ask' || kind === 'wish';
}
