/** What the peer and its clients say to each other, in Socket.IO's events. bench/load/socket-io.c is the other side. */
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Message } from './message-store.ts';

/** What a client sends. */
export type Sent = Pick<Message, 'room' | 'clientMessageId' | 'text'>;

/** What it hears of that, once the message is durable, or that it never will be. */
export type Answer = { readonly seq: number; readonly at: number } | { readonly error: 'not-a-member' };

/** A message on its way to the others in the room. */
export type Delivered = Omit<Message, 'room'> & { readonly seq: number };

interface ClientEvents {
  message(sent: Sent, answer: (answer: Answer) => void): void;
}

interface ServerEvents {
  messages(room: string, messages: readonly Delivered[]): void;
}

/** What the server keeps of a socket. */
interface SocketData {
  /** Who signed in with it: the token itself, as the bench knows nobody by another name. */
  user: string;
}

export type ChatServer = Server<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;
export type ChatSocket = Socket<ClientEvents, ServerEvents, DefaultEventsMap, SocketData>;
