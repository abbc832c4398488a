/**
 * Cuts a WebSocket byte stream (RFC 6455 §5.2), in either direction, into an HTTP head and whole frames, without
 * looking into them.
 */
export class FrameSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #head = true;

  /** Adds what was received and gives the pieces that are whole: `data` frames may be tampered with, others not. */
  push(chunk: Buffer): { bytes: Buffer; data: boolean }[] {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const pieces: { bytes: Buffer; data: boolean }[] = [];
    for (;;) {
      const length = this.#head ? headLength(this.#rest) : frameLength(this.#rest);
      if (length === undefined || this.#rest.length < length) return pieces;
      const bytes = this.#rest.subarray(0, length);
      this.#rest = this.#rest.subarray(length);
      const opcode = (bytes[0] ?? 0) & 0x0f;
      pieces.push({ bytes, data: !this.#head && (opcode === 1 || opcode === 2) });
      this.#head = false;
    }
  }
}

function headLength(bytes: Buffer): number | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  return end < 0 ? undefined : end + 4;
}

function frameLength(bytes: Buffer): number | undefined {
  if (bytes.length < 2) return undefined;
  const second = bytes[1] ?? 0;
  const mask = second & 0x80 ? 4 : 0;
  const short = second & 0x7f;
  if (short < 126) return 2 + mask + short;
  if (short === 126) return bytes.length < 4 ? undefined : 4 + mask + bytes.readUInt16BE(2);
  return bytes.length < 10 ? undefined : 10 + mask + Number(bytes.readBigUInt64BE(2));
}
