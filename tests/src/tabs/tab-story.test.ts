import { expect, test } from 'bun:test';
import { Disconnected, type MaruClient, type Message } from '@maru/client';
import { TabStory } from './tab-story.ts';

/** Stories in one run of the gate; more with MARU_TABS_SEEDS, from MARU_TABS_FIRST on. */
const SEEDS = Number(process.env.MARU_TABS_SEEDS ?? 60);
const FIRST = Number(process.env.MARU_TABS_FIRST ?? 1);

function textOf({ content }: Message): string | undefined {
  return content !== undefined && 'text' in content ? String(content.text) : undefined;
}

async function wholeRoom(story: TabStory, client: MaruClient): Promise<readonly Message[]> {
  await story.during(client.open(story.room));
  while (client.room(story.room)?.atStart === false) {
    // Who slept notices only now that its connection is gone, and asks again behind it.
    await story.during(
      client.loadOlder(story.room).catch((error: unknown) => {
        if (!(error instanceof Disconnected)) throw error;
      }),
    );
    await story.rest();
  }
  return client.room(story.room)?.messages ?? [];
}

async function check(story: TabStory): Promise<void> {
  const truth = (await wholeRoom(story, story.other)).map(textOf).filter((text) => text !== undefined);
  // Once, and in each tab's order, whatever was killed meanwhile.
  expect(truth).toEqual([...new Set(truth)]);
  for (const { said } of story.all) {
    const heard = said.filter(({ text }) => truth.includes(text)).map(({ text }) => text);
    expect(truth.filter((text) => heard.includes(text))).toEqual(heard);
    expect(said.filter(({ text, durable }) => durable && !truth.includes(text))).toEqual([]);
    expect(said.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(said.filter(({ text, outcome }) => outcome === 'rejected' && truth.includes(text))).toEqual([]);
  }
  // Everybody is told what became of what they said, where they are still there.
  const there = story.all.filter(({ client }) => client !== undefined && story.tabs.includes(client));
  const toldNothing = there.flatMap(({ said }) => said.filter(({ outcome }) => outcome === undefined));
  expect(toldNothing).toEqual([]);
  for (const client of story.tabs) await wholeRoom(story, client);
  await story.rest();
  const [first] = story.tabs;
  for (const client of story.tabs) {
    const messages = client.room(story.room)?.messages ?? [];
    expect(messages.map(textOf).filter((text) => text !== undefined)).toEqual(truth);
    expect(client.rooms).toEqual(first?.rooms ?? []);
    expect(client.room(story.room)).toEqual(first?.room(story.room));
  }
  expect(story.faults).toEqual([]);
}

async function play(seed: number): Promise<TabStory> {
  const story = new TabStory(seed);
  try {
    await story.run();
    await check(story);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : cause;
    throw new Error(`seed ${seed}: ${why}\n${story.trace.join('\n')}`, { cause });
  }
  return story;
}

test(`[TABS1][TABS2][TABS3] seeds ${FIRST} to ${FIRST + SEEDS - 1}: tabs that are killed, sleep and close lose nothing and say nothing twice`, async () => {
  const happened = { killed: 0, slept: 0, crashed: 0, handedOver: 0 };
  for (let seed = FIRST; seed < FIRST + SEEDS; seed++) {
    const more = (await play(seed)).happened;
    for (const what of ['killed', 'slept', 'crashed', 'handedOver'] as const) happened[what] += more[what];
  }
  if (SEEDS >= 100) expect(Object.values(happened).every((count) => count > 0)).toBe(true);
}, 600_000);

test('[TABS2] what became of a command is told where two tabs gave it other ids, and only one of these was stored', async () => {
  await play(32);
});

test('[TABS2] what became of a command is told to who slept while it was given another id and sent', async () => {
  await play(175);
});

test('[TABS3] who slept with a connection that is gone reads on behind it', async () => {
  await play(656);
});
