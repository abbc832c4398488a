import type { GatewayTicket } from '@maru/protocol';
import type { Cancel, Clock } from '../environment.ts';
import type { Attempt } from './attempt.ts';
import type { TransportChoice, TransportKind } from './transport-choice.ts';

export interface ClimberDeps {
  readonly clock: Clock;
  readonly gateway: () => Promise<GatewayTicket>;
  readonly transports: TransportChoice;
  /** Begins a socket; how it goes is told to {@link Climber.failed} and {@link Climber.arrived}. */
  readonly connect: (ticket: GatewayTicket) => Attempt;
}

/** Tries a socket beside a connection that works without one, from time to time (`[WIRE9]`). */
export class Climber {
  readonly #deps: ClimberDeps;
  #timer: Cancel | undefined;
  #attempt: Attempt | undefined;
  #kind: TransportKind = 'websocket';
  /** Rises with every try and end, so that a ticket that comes late is known. */
  #try = 0;

  constructor(deps: ClimberDeps) {
    this.#deps = deps;
  }

  /** The socket that is being tried. */
  get attempt(): Attempt | undefined {
    return this.#attempt;
  }

  /** A connection of this kind works. */
  begin(kind: TransportKind): void {
    this.end();
    this.#kind = kind;
    this.#later();
  }

  /** The socket did not get through. */
  failed(): void {
    this.#attempt = undefined;
    this.#later();
  }

  /** It did, and is the connection now. */
  arrived(): void {
    this.#attempt = undefined;
    this.end();
  }

  end(): void {
    this.#try++;
    this.#timer?.();
    this.#timer = undefined;
    this.#attempt?.close();
    this.#attempt = undefined;
  }

  #later(): void {
    const wait = this.#deps.transports.climbMs(this.#kind);
    if (wait !== undefined) this.#timer = this.#deps.clock.after(wait, () => void this.#climb());
  }

  async #climb(): Promise<void> {
    const current = ++this.#try;
    try {
      const ticket = await this.#deps.gateway();
      if (current === this.#try) this.#attempt = this.#deps.connect(ticket);
    } catch {
      if (current === this.#try) this.#later();
    }
  }
}
