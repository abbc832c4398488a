// node run.mjs PORT TIMES KEEPS URL: audits a page in the Chromium that listens for its tools at PORT, as on a phone, and
// writes the scores of each time as a line of JSON. KEEPS is `true` where what the browser keeps of the page is to stay.

import lighthouse from 'lighthouse';

const [port, times, keeps, url] = process.argv.slice(2);
for (let at = 0; at < Number(times); at++) {
  const { lhr } = await lighthouse(url, {
    port: Number(port),
    output: 'json',
    logLevel: 'error',
    disableStorageReset: keeps === 'true',
  });
  const scores = Object.entries(lhr.categories).map(([name, { score }]) => [name, (score ?? 0) * 100]);
  const failed = Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9);
  console.log(
    JSON.stringify({
      version: lhr.lighthouseVersion,
      scores: Object.fromEntries(scores),
      failed: failed.map(({ id, displayValue }) => (displayValue ? `${id} (${displayValue})` : id)),
      error: lhr.runtimeError?.message,
    }),
  );
}
