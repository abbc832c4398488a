export type { Amendment, EventSlot } from './amend.ts';
export { amend, amendmentOf, fold } from './amend.ts';
export type { Api, ApiOptions, Credential } from './api.ts';
export { createApi } from './api.ts';
export { MaruClient } from './client.ts';
export type { StopReason } from './close-action.ts';
export type { Commands, MessageOptions } from './commands.ts';
export type { ConnectionStatus } from './connection.ts';
export type { ContentCodec } from './content-codec.ts';
export { plainCodec } from './content-codec.ts';
export type { ClientOptions } from './create-client.ts';
export { createClient } from './create-client.ts';
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
export type { Member } from './members.ts';
export type { MemoryStoreOptions } from './memory-store.ts';
export { MemoryStore } from './memory-store.ts';
export type { Outcome } from './outbox-queue.ts';
export type { RoomPresence } from './presence-book.ts';
export type { RoomRecord } from './room-record.ts';
export type { Sending } from './sending.ts';
export type { ClientStore, Identity, OutboxItem, StoreChange, StoredState } from './store.ts';
export { emptyState } from './store.ts';
export { systemEnvironment } from './system-environment.ts';
export type { TailedEvent, TailOptions } from './tail.ts';
export type { Connection, ConnectionHandlers, Transport } from './transport.ts';
export type { FailedCommand, Message, MessageState, RoomSnapshot, RoomSummary } from './view.ts';
export type { OpenWebSocket, WebSocketLike } from './websocket-transport.ts';
export { webSocketTransport } from './websocket-transport.ts';
