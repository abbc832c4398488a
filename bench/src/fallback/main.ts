/**
 * The load generator where no C compiler is: the same modes, options and results as bench/load, several times slower.
 * What it measures says less of the server, so the bench names it in its report.
 */
import { readPlan } from '../load/plan.ts';
import { fanOut } from './fan-out.ts';
import { hold } from './hold.ts';
import { http } from './http.ts';
import { Options } from './options.ts';
import { pairs } from './pairs.ts';
import { Told } from './report.ts';
import { storm } from './storm.ts';
import { transports } from './transports.ts';

const modes = { hold, 'fan-out': fanOut, pairs, storm, http, transports };

const [mode = '', ...words] = process.argv.slice(2);
const options = new Options(words);
const run = modes[mode as keyof typeof modes];
if (run === undefined) throw new Error(`there is no mode ${mode}`);
const result = await run(options, readPlan(options.text('plan')), new Told());
console.log(JSON.stringify({ mode, ...result }));
process.exit(0);
