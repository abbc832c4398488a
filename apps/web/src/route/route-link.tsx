import type { AnchorHTMLAttributes, MouseEvent } from 'react';
import { fragmentOf, type Route } from './route.ts';
import { go } from './use-route.ts';

interface RouteLinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> {
  readonly to: Route;
}

/** A link within the app: a click goes there, and a new tab can be opened with it as with any link. */
export function RouteLink({ to, ...others }: RouteLinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to);
  };
  return <a {...others} href={fragmentOf(to)} onClick={follow} />;
}
