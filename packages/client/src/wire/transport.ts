/** What carries frames. The session's logic knows nothing else of the network, so that another carrier can take its place. */
export interface Transport {
  /** Begins to connect to a gateway; throws only for an address that can't be one. */
  connect(url: string, handlers: ConnectionHandlers): Connection;
}

export interface ConnectionHandlers {
  onOpen(): void;
  /** One frame: JSON text. In the order in which the server sent them. */
  onFrame(text: string): void;
  /** Once, also where connecting failed; `1006` if the connection was cut or never came to be. Nothing follows it. */
  onClose(code: number): void;
}

export interface Connection {
  send(text: string): void;
  /** Nothing is reported afterwards, the closing included. */
  close(): void;
}
