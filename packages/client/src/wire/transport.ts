/** The close code of a connection that was cut, or never came to be. */
export const CUT = 1006;

/** What carries frames. The session's logic knows nothing else of the network, so that another carrier can take its place. */
export interface Transport {
  /** Begins to connect to a gateway; throws only for an address that can't be one. */
  connect(url: string, handlers: ConnectionHandlers): Connection;
}

export interface ConnectionHandlers {
  onOpen(): void;
  /** One frame: JSON text. In the order in which the server sent them. */
  onFrame(text: string): void;
  /** Something came from the server, frames or not: it is there. */
  onAlive(): void;
  /** Once, also where connecting failed; `1006` if the connection was cut or never came to be. Nothing follows it. */
  onClose(code: number): void;
}

export interface Connection {
  /** Silence of the server after which it can't be trusted, where that is not `SERVER_SILENCE_MS`. */
  readonly silenceMsMax?: number;
  /** @param hurry false of what may wait a little, if sending it alone would cost more */
  send(text: string, hurry?: boolean): void;
  /**
   * Sends what is said again and again together with whatever goes next, or in a hurry at once; what was to go so before
   * and has not gone never will. Absent where sending at once costs no more.
   */
  sendAlong?(text: string, hurry: boolean): void;
  /** Nothing is reported afterwards, the closing included. */
  close(): void;
}
