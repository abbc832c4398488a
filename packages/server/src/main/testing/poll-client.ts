import {
  type DownFrame,
  type DownKind,
  downFrame,
  type ErrorBody,
  errorBody,
  pollAnswer,
} from '@maru/protocol';

type FrameOf<K extends DownKind> = DownFrame & { kind: K };

export interface PollAnswered {
  readonly status: number;
  readonly headers: Headers;
  /** The answer as it came, to be compared to the byte. */
  readonly text: string;
  readonly n: number;
  readonly frames: readonly DownFrame[];
  readonly closed: { readonly code: number; readonly reason: string } | undefined;
  readonly error: ErrorBody | undefined;
}

export interface PollGiven {
  /** Absent: the next one. */
  readonly n?: number;
  readonly wait?: number;
  readonly frames?: readonly object[];
  readonly headers?: Readonly<Record<string, string>>;
}

const ORIGIN = 'http://127.0.0.1:8787';

/** A client of a polled session that makes each request itself; every frame is held against its schema. */
export class PollClient {
  readonly #answer: (request: Request, address: string) => Promise<Response>;
  readonly #address: string;
  readonly #headers: Readonly<Record<string, string>>;
  session: string | undefined;
  #n = 0;

  constructor(
    answer: (request: Request, address: string) => Promise<Response>,
    {
      headers = {},
      address = '192.0.2.1',
    }: { headers?: Readonly<Record<string, string>>; address?: string } = {},
  ) {
    this.#answer = answer;
    this.#headers = headers;
    this.#address = address;
  }

  /** One request. */
  async poll({
    n = this.#n + 1,
    wait = 0,
    frames = [],
    headers = {},
  }: PollGiven = {}): Promise<PollAnswered> {
    this.#n = Math.max(this.#n, n);
    return this.raw(JSON.stringify({ session: this.session, n, wait, frames }), headers);
  }

  async raw(body: string, headers: Readonly<Record<string, string>> = {}): Promise<PollAnswered> {
    const request = new Request(`${ORIGIN}/v1/poll`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#headers, ...headers },
      body,
    });
    const response = await this.#answer(request, this.#address);
    const text = await response.text();
    const { status } = response;
    const common = { status, headers: response.headers, text };
    if (!response.ok) {
      const error = errorBody.parse(JSON.parse(text));
      return { ...common, n: 0, frames: [], closed: undefined, error };
    }
    const { session, n, frames, closed } = pollAnswer.parse(JSON.parse(text));
    this.session ??= session;
    return { ...common, n, frames: frames.map((frame) => downFrame.parse(frame)), closed, error: undefined };
  }

  /** Polls until a frame of a kind comes. */
  async take<K extends DownKind>(kind: K, frames: readonly object[] = []): Promise<FrameOf<K>> {
    for (let said = frames; ; said = []) {
      const answered = await this.poll({ frames: said, wait: 10_000 });
      const found = answered.frames.find((frame) => frame.kind === kind);
      if (found !== undefined) return found as FrameOf<K>;
      const { closed, error } = answered;
      if (closed !== undefined || error !== undefined)
        throw new Error(`${JSON.stringify({ closed, error })}`);
    }
  }
}
