/** Versions of the wire. A change that old clients would misread makes a new one; all else is additive or a capability. */
export const PROTOCOL_VERSION = 1;
/** The WebSocket subprotocol (RFC 6455 §1.9). */
export const SUBPROTOCOL = 'maru.v1';
/** What this program can do beyond version 1's core. Unknown ones are ignored by both sides. */
export const CAPABILITIES = ['receipts', 'presence', 'typing'] as const;
