import { connect, type Socket } from 'node:net';
import { SUBPROTOCOL } from '@maru/protocol';
import { FrameSplitter } from '../processes/frame-splitter.ts';

export interface RawOptions {
  readonly token?: string;
  /** The address to come from: all of 127.0.0.0/8 are this machine, where the system gives them without asking. */
  readonly localAddress?: string;
}

type Frame = Readonly<Record<string, unknown>> & { readonly kind?: string };

/** A WebSocket on bare TCP, for what a well-behaved client doesn't do: to flood, to stop reading, to come in crowds. */
export class RawConnection implements Disposable {
  /** What the server said, in order. */
  readonly frames: Frame[] = [];
  /** Of the handshake; 0 until it is answered. */
  status = 0;
  headers = new Headers();
  closeCode: number | undefined;
  ended = false;
  readonly #socket: Socket;
  readonly #splitter = new FrameSplitter();
  readonly #waiting: (() => void)[] = [];

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (bytes: Buffer) => {
      for (const piece of this.#splitter.push(bytes)) this.#read(piece.bytes);
      this.#changed();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      this.ended = true;
      this.#changed();
    });
  }

  /** Connects and asks for a session; look at `status`. */
  static async open(port: number, { token, localAddress }: RawOptions = {}): Promise<RawConnection> {
    const from = localAddress === undefined ? {} : { localAddress };
    const raw = new RawConnection(connect({ host: '127.0.0.1', port, ...from }));
    const lines = [
      'GET /v1/connect HTTP/1.1',
      `Host: 127.0.0.1:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${crypto.getRandomValues(new Uint8Array(16)).toBase64()}`,
      `Sec-WebSocket-Protocol: ${SUBPROTOCOL}`,
      ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    ];
    raw.#socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    await raw.until(() => raw.status !== 0);
    return raw;
  }

  /** A session that is greeted. */
  static async session(port: number, options: RawOptions): Promise<RawConnection> {
    const raw = await RawConnection.open(port, options);
    raw.say({ kind: 'hello', versions: [1], capabilities: [] });
    await raw.frame('welcome');
    return raw;
  }

  /** Sends a frame. Says whether the system had room for it; if not, {@link drained} tells when. */
  say(frame: object): boolean {
    return this.#send(Buffer.from(JSON.stringify(frame)), 1);
  }

  /** Sends bytes that are whatever they are. */
  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /**
   * Resolves when what was said is on its way, and never in the same turn: a socket that is being closed takes nothing
   * and waits for nothing, and would be written to for ever while its end waits for a turn of the event loop.
   */
  async drained(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (!this.#socket.writableNeedDrain || this.ended) return;
    await new Promise<void>((resolve) => {
      for (const event of ['drain', 'close'] as const) this.#socket.once(event, () => resolve());
    });
  }

  /** What this machine's system has taken of what was said. */
  get bytesWritten(): number {
    return this.#socket.bytesWritten;
  }

  /** Stops reading: what the server sends fills its buffers. */
  stall(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) {
      if (this.ended) throw new Error(`the connection ended (${this.closeCode ?? 'no code'})`);
      await this.#next();
    }
  }

  /** The first frame of a kind, once it is there. */
  async frame(kind: string): Promise<Frame> {
    await this.until(() => this.frames.some((frame) => frame.kind === kind));
    return this.frames.find((frame) => frame.kind === kind) ?? {};
  }

  /** The close code; 1006 if there was none (RFC 6455 §7.1.5). */
  async end(): Promise<number> {
    while (!this.ended) await this.#next();
    return this.closeCode ?? 1006;
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #read(bytes: Buffer): void {
    if (this.status === 0) {
      const [first = '', ...lines] = bytes.toString('latin1').trimEnd().split('\r\n');
      for (const line of lines)
        this.headers.append(line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1));
      this.status = Number(first.split(' ')[1]);
      return;
    }
    if (this.status !== 101) return;
    const short = (bytes[1] ?? 0) & 0x7f;
    const payload = bytes.subarray(short < 126 ? 2 : short === 126 ? 4 : 10);
    const opcode = (bytes[0] ?? 0) & 0x0f;
    if (opcode === 1) this.frames.push(JSON.parse(payload.toString()));
    if (opcode === 8) this.closeCode = payload.length < 2 ? 1005 : payload.readUInt16BE(0);
    if (opcode === 9) this.#send(payload, 10);
  }

  #send(payload: Buffer, opcode: number): boolean {
    const { length } = payload;
    const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
    head[0] = 0x80 | opcode;
    if (head.length === 2) head[1] = 0x80 | length;
    else if (head.length === 4) head.writeUInt16BE(length, 2);
    else head.writeBigUInt64BE(BigInt(length), 2);
    if (head.length > 2) head[1] = 0x80 | (head.length === 4 ? 126 : 127);
    // A mask of zeros leaves the payload as it is.
    return this.#socket.write(Buffer.concat([head, Buffer.alloc(4), payload]));
  }
}
