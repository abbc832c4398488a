import path from 'node:path';

/**
 * Where a person's profiles lie: on Linux and the like the XDG Base Directory Specification's place for state, and the
 * system's own elsewhere. `undefined`: no home folder is known.
 */
export function stateFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  const { HOME: home, LOCALAPPDATA: local, XDG_STATE_HOME: xdg } = environment;
  if (platform === 'win32') return local === undefined ? undefined : path.win32.join(local, 'Maru', 'State');
  // The specification: a relative path there counts as none.
  if (xdg !== undefined && path.isAbsolute(xdg)) return path.join(xdg, 'maru');
  if (home === undefined) return undefined;
  return platform === 'darwin'
    ? path.join(home, 'Library', 'Application Support', 'Maru', 'State')
    : path.join(home, '.local', 'state', 'maru');
}
