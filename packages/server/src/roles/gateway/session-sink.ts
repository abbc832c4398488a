/**
 * What carries a session's frames: a WebSocket of Bun is one as it stands, a poll's queue and a simulated wire are
 * others (`[WIRE7]`). What is sent is kept in order, publications to subscribed topics included, and is never dropped
 * but with the connection.
 */
export interface SessionSink {
  sendText(frame: string): unknown;
  /** What `send` sends meanwhile goes out in one write. */
  cork(send: () => void): unknown;
  /** Sends what waits, then one close frame, and ends; a peer that doesn't read is cut off after a grace time. */
  close(code: number, reason: string): void;
  /** Bytes that wait for the peer to read. */
  getBufferedAmount(): number;
  subscribe(topic: string): unknown;
  unsubscribe(topic: string): unknown;
}

/** Sends one frame to all sinks that subscribe to the topic. */
export interface Publisher {
  publish(topic: string, frame: string): unknown;
}
