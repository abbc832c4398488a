/** Opens an address in the user's browser, where the machine has one to offer; if not, the link was printed anyway. */
export function openBrowser(url: string): void {
  const [program, ...before] = PROGRAMS[process.platform] ?? ['xdg-open'];
  if (program === undefined || Bun.which(program) === null) return;
  Bun.spawn([program, ...before, url], { stdin: 'ignore', stdout: 'ignore', stderr: 'ignore' }).unref();
}

const PROGRAMS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['explorer'],
};
