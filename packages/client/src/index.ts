export { MaruClient } from './client.ts';
export type { ClientOptions } from './client-options.ts';
export type { ChannelOptions, Commands, LinkOptions, MessageOptions } from './commands.ts';
export type { ContentCodec } from './content-codec.ts';
export { plainCodec } from './content-codec.ts';
export { createClient } from './create-client.ts';
export type { Devices } from './devices.ts';
export type { EntranceOptions } from './entrance/entrance.ts';
export { Entrance } from './entrance/entrance.ts';
export type { Account, WaitingDevice } from './entrance/waiting-device.ts';
export type { Cancel, Clock, Environment, Http, HttpRequest, HttpResponse } from './environment.ts';
export type { Fault } from './errors.ts';
export {
  ApiError,
  BodyCorrupt,
  ClientClosed,
  Disconnected,
  InvalidCommand,
  NetworkError,
  RequestRefused,
  StoreMismatch,
} from './errors.ts';
export type { Scheduled, ScheduledList } from './later/scheduled-list.ts';
export { NOTHING_SCHEDULED } from './later/scheduled-list.ts';
export type { Outcome, Waiting } from './outbox/outbox-queue.ts';
export type { Sending } from './outbox/sending.ts';
export type { OwnChange } from './own/own-change.ts';
export type { OwnRecord } from './own/own-record.ts';
export { avatarUpload } from './people/avatar-upload.ts';
export type { MyLink } from './people/my-link.ts';
export type { AccountChange, Person, ProfileChange } from './people/person.ts';
export type { ReportDetails } from './relation/relation-commands.ts';
export type { Relation } from './relation/relations.ts';
export type { Amendment, EventSlot } from './room/amend.ts';
export { amend, amendmentsOf, expiredBy, fold } from './room/amend.ts';
export type { RoomRecord } from './room/room-record.ts';
export type { MuteOptions } from './settings.ts';
export { Settings } from './settings.ts';
export type { MemoryStoreOptions } from './store/memory-store.ts';
export { MemoryStore } from './store/memory-store.ts';
export type { ClientStore, Identity, OutboxItem, StoreChange, StoredState } from './store/store.ts';
export { emptyState } from './store/store.ts';
export { systemEnvironment } from './system-environment.ts';
export type { ContactLists, ContactSummary } from './view/contact-lists.ts';
export type { HeldMessage, HeldPage } from './view/held.ts';
export type { Member } from './view/members.ts';
export type { RoomPresence } from './view/presence-book.ts';
export type { Quote } from './view/quote.ts';
export type { TailedEvent, TailOptions } from './view/tail.ts';
export type {
  DeadLetter,
  FailedCommand,
  Message,
  MessageState,
  OnTheWay,
  RoomSnapshot,
  RoomSummary,
} from './view/view.ts';
export type { Api, ApiOptions, Credential, Upload } from './wire/api.ts';
export { createApi } from './wire/api.ts';
export type { StopReason } from './wire/close-action.ts';
export type { ConnectionStatus } from './wire/connection.ts';
export { pollTransport } from './wire/poll-transport.ts';
export type { Connection, ConnectionHandlers, Transport } from './wire/transport.ts';
export type { TransportKind, TransportOption } from './wire/transport-choice.ts';
export type { TransportMemory } from './wire/transport-memory.ts';
export type { OpenWebSocket, WebSocketLike } from './wire/websocket-transport.ts';
export { webSocketTransport } from './wire/websocket-transport.ts';
