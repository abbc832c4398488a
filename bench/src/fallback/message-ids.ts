/** Ids that name the n-th message of a run: a UUIDv7 with the time in front and the number behind. */
import type { ClientMessageId } from '@maru/protocol';

const SERIAL_DIGITS = 12;
const MS_DIGITS = 12;
let lastMs = 0;

function messageId(serial: number): ClientMessageId {
  lastMs = Math.max(lastMs, Date.now());
  const ms = lastMs.toString(16).padStart(MS_DIGITS, '0');
  const tail = serial.toString(16).padStart(SERIAL_DIGITS, '0');
  return `${ms.slice(0, 8)}-${ms.slice(8)}-7000-8000-${tail}` as ClientMessageId;
}

export function serialOf(id: string): number {
  return Number.parseInt(id.slice(-SERIAL_DIGITS), 16);
}

/** The frame that sends it. */
export function sendFrame(room: string, serial: number, text: string): string {
  const content = { type: 'text', text };
  return JSON.stringify({ kind: 'send', room, clientMessageId: messageId(serial), content });
}
