import type { ClientMessageId, RelationAct, RoomId, Seq, UserId } from '@maru/protocol';

/** What is to be done outside the state: said by the pure functions, done by the core. */
export type Effect =
  | TerminalEffect
  | ClientEffect
  | { readonly kind: 'open'; readonly room: RoomId; readonly left: RoomId | undefined };

/** About the terminal. */
export type TerminalEffect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'suspend' }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'mouse'; readonly on: boolean };

/** Done with the SDK. */
export type ClientEffect =
  | UnseenCommand
  /** `quiet`: nobody asked for it, and nobody is told when it can't be done. */
  | { readonly kind: 'older'; readonly room: RoomId; readonly quiet?: boolean }
  | { readonly kind: 'newer' | 'end' | 'read' | 'mark' | 'typing'; readonly room: RoomId }
  | { readonly kind: 'members'; readonly room: RoomId }
  | { readonly kind: 'jump'; readonly room: RoomId; readonly seq: Seq }
  | { readonly kind: 'whole' | 'edit-whole'; readonly room: RoomId; readonly seq: Seq }
  | { readonly kind: 'send'; readonly room: RoomId; readonly text: string; readonly replyTo?: Seq }
  | { readonly kind: 'direct'; readonly handle: string; readonly text: string }
  | { readonly kind: 'group'; readonly name: string; readonly handles: readonly string[] };

/** A command to a room of which nothing is seen if it fails: then it must be said. */
export type UnseenCommand =
  | { readonly kind: 'edit'; readonly room: RoomId; readonly seq: Seq; readonly text: string }
  | { readonly kind: 'delete'; readonly room: RoomId; readonly seq: Seq }
  | { readonly kind: 'leave'; readonly room: RoomId }
  | { readonly kind: 'rename'; readonly room: RoomId; readonly name: string }
  | { readonly kind: 'describe'; readonly room: RoomId; readonly description: string }
  | { readonly kind: 'add'; readonly room: RoomId; readonly handles: readonly string[] }
  | { readonly kind: 'remove'; readonly room: RoomId; readonly handle: string }
  /** About somebody whose id is known, or whose handle is. */
  | ({ readonly kind: 'relate'; readonly act: RelationAct; readonly note?: string } & (
      | { readonly user: UserId }
      | { readonly handle: string }
    ))
  | { readonly kind: 'resend' | 'discard'; readonly room: RoomId; readonly id: ClientMessageId };
