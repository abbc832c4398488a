import type { SignedIn } from '@maru/protocol';
import type { ContentCodec } from './content-codec.ts';
import type { Environment } from './environment.ts';
import type { Fault } from './errors.ts';
import type { ClientStore } from './store/store.ts';
import type { TransportOption } from './wire/transport-choice.ts';
import type { TransportMemory } from './wire/transport-memory.ts';

export interface ClientOptions {
  /** Where the server is: `https://chat.example.org`. */
  readonly baseUrl: string;
  /** What this device remembers; closed with the client. */
  readonly store: ClientStore;
  /**
   * The answer to signing up or in, or to `resume`, where the browser's cookie is the token. Absent: who the store knows.
   */
  readonly signedIn?: Pick<SignedIn, 'user' | 'device'> & Partial<Pick<SignedIn, 'token' | 'gateway'>>;
  readonly environment?: Environment;
  readonly codec?: ContentCodec;
  readonly gapEventsMax?: number;
  /**
   * How to reach the server: `auto`, the default, is a socket, and long polls where none can be had; `poll` asks every
   * {@link pollMs}.
   */
  readonly transport?: TransportOption;
  /** Where it is kept in which networks sockets don't work. Default: in memory, as long as the client. */
  readonly transportMemory?: TransportMemory;
  /** Milliseconds between plain polls: 100 to 25,000, by default 5,000. */
  readonly pollMs?: number;
  /** Whether to connect at once. Default: yes. */
  readonly connect?: boolean;
  /** Hears of what must not happen and did. Gets no content of messages. */
  readonly onFault?: (fault: Fault) => void;
}
