import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MAIN = path.resolve(import.meta.dir, '..', 'main.ts');

type Child = Bun.Subprocess<'ignore', 'pipe', 'pipe'>;

/** The demonstration as its user starts it, but for the browser. */
export class DemoProcess implements AsyncDisposable {
  readonly url: string;
  readonly first: string;
  readonly second: string;
  readonly password: string;
  /** Where its data lies as long as it runs. */
  readonly data: string;
  readonly #child: Child;
  readonly #folder: string;
  #complaints = '';

  private constructor(child: Child, folder: string, said: string) {
    const [, url = ''] = /Maru is at (\S+),/.exec(said) ?? [];
    const [first = '', second = ''] = said.match(/http:\S+\/enter\/\S+/g) ?? [];
    const [, password = ''] = /password (\S+)/.exec(said) ?? [];
    this.url = url;
    this.first = first;
    this.second = second;
    this.password = password;
    this.#child = child;
    this.#folder = folder;
    this.data = path.join(folder, readdirSync(folder).find((name) => name.startsWith('maru-demo-')) ?? '');
    void this.#listen();
  }

  static async start(options: readonly string[]): Promise<DemoProcess> {
    const folder = mkdtempSync(path.join(tmpdir(), 'maru-demo-test-'));
    const child = Bun.spawn([process.execPath, MAIN, '--no-open', ...options], {
      env: { ...process.env, TMPDIR: folder },
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
    });
    let said = '';
    const decoder = new TextDecoder();
    const reader = child.stdout.getReader();
    while (!said.includes('Ctrl+C')) {
      const { done, value } = await reader.read();
      if (done) throw new Error(`the demo ended: ${said}${await new Response(child.stderr).text()}`);
      said += decoder.decode(value, { stream: true });
    }
    reader.releaseLock();
    return new DemoProcess(child, folder, said);
  }

  /** What it wrote on standard error. */
  get complaints(): string {
    return this.#complaints;
  }

  /** As Ctrl+C does. Resolves with its exit code. */
  interrupt(): Promise<number> {
    this.#child.kill('SIGINT');
    return this.#child.exited;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null) await this.interrupt();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #listen(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.#child.stderr) this.#complaints += decoder.decode(chunk, { stream: true });
  }
}
