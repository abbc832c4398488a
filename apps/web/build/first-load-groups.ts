import { readFileSync } from 'node:fs';
import path from 'node:path';
import { SOURCES, withStaticImports } from './static-imports.ts';

/**
 * Two chunks for what a visit begins with: what everybody needs, and the list of conversations. Without them each icon
 * and each small part that a screen of later shares becomes a file of its own, which costs a request and does not
 * compress: 3 KB in all.
 */
export function firstLoadGroups() {
  // What is opened by itself stays a chunk of its own name.
  const without = (files: Iterable<string>, ...entries: string[]) =>
    new Set([...files].filter((file) => !entries.includes(file)));
  const shell = without(withStaticImports(['app/shell.tsx']), 'app/shell.tsx');
  const signIn = withStaticImports(['sign-in/sign-in-screen.tsx']);
  const base = new Set([
    ...without(withStaticImports(['main.tsx']), 'main.tsx'),
    ...[...signIn].filter((file) => shell.has(file)),
  ]);
  const rest = new Set([...shell].filter((file) => !base.has(file)));
  const [baseIcons, shellIcons] = [iconsOf(base), iconsOf(rest)];
  return [
    { name: 'base', test: (id: string) => base.has(fileOf(id)) || baseIcons.has(iconOf(id)) },
    {
      name: 'shell',
      test: (id: string) =>
        rest.has(fileOf(id)) || shellIcons.has(iconOf(id)) || id.includes('/node_modules/virtua/'),
    },
  ];
}

function fileOf(id: string): string {
  return path.relative(SOURCES, id.replace(/\?.*$/, ''));
}

function iconOf(id: string): string {
  return /\/lucide-react\/.*\/icons\/([\w-]+)\.m?js$/.exec(id)?.[1] ?? '';
}

/** The icons that some files draw, by the names of Lucide's files. */
function iconsOf(files: Iterable<string>): ReadonlySet<string> {
  const icons = new Set<string>();
  for (const file of files) {
    const source = readFileSync(path.join(SOURCES, file), 'utf8');
    const [, names = ''] = /^import \{([^}]*)\} from 'lucide-react';/m.exec(source) ?? [];
    for (const name of names.split(',').map((each) => each.trim()))
      if (/^[A-Z]/.test(name)) icons.add(name.replace(/(?<=[a-z])(?=[A-Z0-9])/g, '-').toLowerCase());
  }
  return icons;
}
