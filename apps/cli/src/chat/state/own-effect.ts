import type { Draft, RoomId, Seq } from '@maru/protocol';

/** What the user keeps for themselves, done with the SDK. */
export type OwnEffect =
  /** `until`: milliseconds since the epoch; absent: for ever. `mentions`: those are told of all the same. */
  | { readonly kind: 'mute'; readonly room: RoomId; readonly until?: number; readonly mentions: boolean }
  | { readonly kind: 'unmute'; readonly room: RoomId }
  | { readonly kind: 'archive' | 'pin'; readonly room: RoomId; readonly on: boolean }
  | { readonly kind: 'hide'; readonly room: RoomId; readonly seq: Seq }
  | { readonly kind: 'star'; readonly room: RoomId; readonly seq: Seq; readonly on: boolean }
  | { readonly kind: 'folder'; readonly room: RoomId; readonly name: string; readonly on: boolean }
  | { readonly kind: 'drop-folder'; readonly name: string }
  | { readonly kind: 'draft'; readonly room: RoomId; readonly draft: Draft | undefined }
  /** The room was left: its draft goes to the other devices now. */
  | { readonly kind: 'flush-draft'; readonly room: RoomId }
  | { readonly kind: 'keep-reply'; readonly shortcut: string; readonly text: string }
  | { readonly kind: 'drop-reply'; readonly shortcut: string };
