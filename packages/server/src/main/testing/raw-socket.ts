import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { SUBPROTOCOL } from '@maru/protocol';

interface Ask {
  readonly headers?: Readonly<Record<string, string>>;
  readonly subprotocol?: string;
  readonly path?: string;
}

/**
 * A WebSocket client (RFC 6455) on bare TCP, for what a well-behaved one doesn't do: to stop reading, to send what is no
 * text, to look at the handshake.
 */
export class RawSocket implements Disposable {
  /** Text messages from the server, in order. */
  readonly texts: string[] = [];
  status = 0;
  readonly responseHeaders = new Headers();
  closeCode: number | undefined;
  ended = false;
  /** Answers no pings. */
  deaf = false;
  #pongs = 0;
  readonly #socket: Socket;
  #buffer: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  readonly #waiting: (() => void)[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (data) => this.#read(Buffer.from(data)));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.ended = true;
      this.#changed();
    });
  }

  /** Connects and shakes hands; look at `status`. */
  static async open(
    port: number,
    { headers = {}, subprotocol = SUBPROTOCOL, path = '/v1/connect' }: Ask = {},
  ) {
    const raw = new RawSocket(connect(port, '127.0.0.1'));
    const lines = [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Extensions: permessage-deflate',
      ...(subprotocol === '' ? [] : [`Sec-WebSocket-Protocol: ${subprotocol}`]),
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    raw.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    await raw.until(() => raw.status !== 0);
    return raw;
  }

  /** Sends one message; `opcode` 1 is text, 2 binary. */
  send(payload: string | Uint8Array, opcode = 1): void {
    const bytes = Buffer.from(payload as string);
    const length =
      bytes.length < 126
        ? Buffer.from([0x80 | bytes.length])
        : bytes.length < 65_536
          ? Buffer.from([0x80 | 126, bytes.length >> 8, bytes.length & 255])
          : Buffer.concat([Buffer.from([0x80 | 127, 0, 0, 0, 0]), uint32(bytes.length)]);
    // A mask of zeros leaves the payload as it is.
    this.#socket.write(Buffer.concat([Buffer.from([0x80 | opcode]), length, Buffer.alloc(4), bytes]));
  }

  /** Sends bytes that are whatever they are. */
  write(bytes: readonly number[]): void {
    this.#socket.write(Uint8Array.from(bytes));
  }

  say(frame: object): void {
    this.send(JSON.stringify(frame));
  }

  /** Stops reading: what the server sends stays in its buffers. */
  stall(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.ended) throw new Error(`the socket ended (${this.closeCode ?? 'no code'})`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The frame of a kind that came first, once it is there. */
  async frame(kind: string): Promise<Record<string, unknown>> {
    const find = () => this.texts.map((text) => JSON.parse(text)).find((frame) => frame.kind === kind);
    await this.until(() => find() !== undefined);
    return find();
  }

  /** The next pong: what was sent before has arrived. */
  async pong(): Promise<void> {
    const before = this.#pongs;
    await this.until(() => this.#pongs > before);
  }

  /** What a server answers that refused the handshake. */
  async refusal(): Promise<unknown> {
    const length = Number(this.responseHeaders.get('content-length'));
    await this.until(() => this.#buffer.length >= length);
    return JSON.parse(this.#buffer.toString());
  }

  /** The close code; 1006 if there was none (RFC 6455 §7.1.5). */
  async end(): Promise<number> {
    while (!this.ended) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.closeCode ?? 1006;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #read(data: Buffer): void {
    this.#buffer = this.#buffer.length === 0 ? data : Buffer.concat([this.#buffer, data]);
    if (this.status === 0 && !this.#readHandshake()) return;
    while (this.status === 101 && this.#readMessage());
    this.#changed();
  }

  #readHandshake(): boolean {
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end === -1) return false;
    const [first = '', ...lines] = this.#buffer.subarray(0, end).toString().split('\r\n');
    for (const line of lines) {
      const at = line.indexOf(':');
      this.responseHeaders.append(line.slice(0, at), line.slice(at + 1).trim());
    }
    this.#buffer = this.#buffer.subarray(end + 4);
    this.status = Number(first.split(' ')[1]);
    return true;
  }

  #readMessage(): boolean {
    const [first = 0, second = 0] = this.#buffer;
    const head = second < 126 ? 2 : second === 126 ? 4 : 10;
    if (this.#buffer.length < head) return false;
    const length =
      head === 2 ? second : head === 4 ? this.#buffer.readUInt16BE(2) : this.#buffer.readUInt32BE(6);
    if (this.#buffer.length < head + length) return false;
    const payload = this.#buffer.subarray(head, head + length);
    this.#buffer = this.#buffer.subarray(head + length);
    const opcode = first & 15;
    if (opcode === 1) this.texts.push(payload.toString());
    if (opcode === 8) this.closeCode = length < 2 ? 1005 : payload.readUInt16BE(0);
    if (opcode === 9 && !this.deaf) this.send(payload, 10);
    if (opcode === 10) this.#pongs++;
    return true;
  }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
