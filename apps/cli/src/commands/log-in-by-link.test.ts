import { afterAll, beforeAll, describe, expect, test } from 'bun:test';
import { ChatTown, chat, screenTest } from '../testing/chat-town.ts';
import { linesOf } from '../testing/lines-of.ts';
import { Person } from '../testing/person.ts';
import { temporaryFolder } from '../testing/running-server.ts';
import { SpokenChat } from '../testing/spoken-chat.ts';

// A second machine without a password: both sides as their users have them.

let town: ChatTown;
beforeAll(async () => {
  town = await ChatTown.start();
});
afterAll(() => town[Symbol.asyncDispose]());

/** `maru log-in --link` on a machine on which nobody is signed in. */
class NewMachine implements AsyncDisposable {
  readonly #folder = temporaryFolder();
  readonly person = new Person(this.#folder.path, town.url);
  readonly #child = this.person.converse(['log-in', '--link']);
  readonly #lines = linesOf(this.#child.stdout);
  #said = '';
  /** All that it says on standard error, once it has ended. */
  readonly errors = this.#listen();

  get exited(): Promise<number> {
    return this.#child.exited;
  }

  /** The next line that has this in it. */
  async hears(wanted: string): Promise<string> {
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done === true) throw new Error(`never heard ${wanted}: ${await this.errors}`);
      if (value.includes(wanted)) return value;
    }
  }

  /** Waits until it has this on standard error; a question there has no end of line. */
  async complains(wanted: string): Promise<void> {
    while (!this.#said.includes(wanted)) await Bun.sleep(POLL_MS);
  }

  async code(): Promise<string> {
    return (await this.hears('Code: ')).slice('Code: '.length);
  }

  async say(line: string): Promise<void> {
    this.#child.stdin.write(`${line}\n`);
    await this.#child.stdin.flush();
  }

  async #listen(): Promise<string> {
    const decoder = new TextDecoder();
    for await (const chunk of this.#child.stderr) this.#said += decoder.decode(chunk, { stream: true });
    return this.#said;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#child.exited;
    this.#folder[Symbol.dispose]();
  }
}

const POLL_MS = 20;
const DIGITS = /^\d{4}$/;

describe('maru log-in --link', () => {
  test('[LINKDEV3] is let in by maru chat, and then sends as the same user', async () => {
    const { mina, jun } = await town.acquainted('hello');
    await using machine = new NewMachine();
    const code = await machine.code();
    await using old = new SpokenChat(mina.person);
    await old.say(`/link-device ${code}`);
    await old.hears('It calls itself: maru on ');
    await old.hears('(the network that you are in)');
    await old.hears('Let this device into your account? Enter: yes.');
    await old.say('y');
    const check = await old.hears(DIGITS);
    await machine.hears(`@${mina.handle} (Mina) lets this device in.`);
    await machine.say(check);
    await machine.hears(`Logged in as @${mina.handle}.`);
    expect([await machine.exited, await machine.errors]).toEqual([0, 'Digits that the other device shows: ']);
    expect(await machine.person.run('send', `@${jun.handle}`, 'from my new machine')).toMatchObject({
      code: 0,
    });
    await old.say(`/link-device ${code}`);
    await old.hears('is signed in.');
  });

  test('wrong digits may be mended; what is refused ends', async () => {
    const { mina } = await town.pair();
    await using machine = new NewMachine();
    const code = await machine.code();
    await using old = new SpokenChat(mina.person, [], { LC_ALL: 'ko_KR.UTF-8' });
    await old.say(`/기기연결 ${code.toUpperCase()}`, 'y');
    const check = await old.hears(DIGITS);
    await machine.say(check.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)));
    await machine.complains('You can try twice more.');
    await old.say(`/기기연결 ${code} 거절`);
    await old.hears('기기를 연결하지 않습니다.');
    await machine.say(check);
    expect(await machine.exited).toBe(1);
    expect(await machine.errors).toContain('Begin anew on the new device.');
    await old.say(`/기기연결 ${code}`);
    await old.hears('더는 쓸 수 없는 코드입니다');
  });

  test('asks for one of both: a handle, or --link', async () => {
    const { mina } = await town.pair();
    expect(await mina.person.run('log-in')).toMatchObject({ code: 2 });
    expect(await mina.person.run('log-in', mina.handle, '--link')).toMatchObject({ code: 2 });
  });
});

screenTest('the screen shows what asks above the question, and then the digits', async () => {
  const { mina } = await town.acquainted('hello');
  await using machine = new NewMachine();
  const code = await machine.code();
  await using pane = await chat(mina);
  await pane.sees('hello');
  await pane.type(`/link-device ${code}`);
  await pane.press('Enter');
  await pane.sees('Let this device into your account?');
  await pane.sees('It calls itself: maru on ');
  await pane.press('Enter');
  await pane.sees('Type these digits on the new device');
});
