#!/usr/bin/env bun
import { run } from './run.ts';

const code = await run(process.argv.slice(2));
// What stands in a pipe goes out before the end.
await new Promise<void>((flushed) => process.stdout.write('', () => flushed()));
process.exit(code);
