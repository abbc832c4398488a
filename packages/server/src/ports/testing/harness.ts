import { afterAll, beforeAll } from 'bun:test';
import type { Engine } from '../engine.ts';
import type { LogEntry } from '../log.ts';
import { Script } from './script.ts';

/** An engine as its contract is tested. A suite opens one, and its tests use rooms and people of their own. */
export interface EngineHarness {
  /** Which engine, and how far its projections are: the tests' names begin with it. */
  readonly name: string;
  /** The projections take nothing in, so that soft writes about new rooms find no place there. */
  readonly frozen?: boolean;
  open(): Promise<Engine>;
  /** Stops the engine with care and opens it again. */
  reopen(engine: Engine): Promise<Engine>;
  /** Called after each append: lets the projections catch up, or doesn't. */
  settle(engine: Engine): Promise<void>;
}

/** The engine under test with what every test needs. */
export interface World extends Engine {
  readonly script: Script;
  append(...entries: LogEntry[]): Promise<void>;
  reopen(): Promise<void>;
  settle(): Promise<void>;
}

/** Opens an engine for the tests of the surrounding `describe`. */
export function openWorld(harness: EngineHarness): () => World {
  let engine: Engine | undefined;
  let script: Script | undefined;
  beforeAll(async () => {
    engine = await harness.open();
    script = new Script(engine.log.head);
  });
  afterAll(async () => {
    await engine?.[Symbol.asyncDispose]();
  });
  return () => {
    if (engine === undefined || script === undefined) throw new Error('the engine is not open');
    const opened = engine;
    return {
      ...opened,
      script,
      async append(...entries) {
        await opened.log.append(entries);
        await harness.settle(opened);
      },
      async reopen() {
        engine = await harness.reopen(opened);
      },
      settle: () => harness.settle(opened),
    };
  };
}
