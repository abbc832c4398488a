import type { LucideIcon } from 'lucide-react';
import type { Route } from '../route/route.ts';
import { RouteLink } from '../route/route-link.tsx';
import { Badge } from '../ui/badge.tsx';

interface PlaceRowProps {
  readonly to: Route;
  readonly icon: LucideIcon;
  readonly title: string;
  readonly text: string;
  readonly count: number;
  readonly quiet?: boolean;
}

/** A row among the conversations that leads to another list. */
export function PlaceRow({ to, icon: Icon, title, text, count, quiet = false }: PlaceRowProps) {
  return (
    <RouteLink
      to={to}
      className="mx-1.5 flex h-17 items-center gap-3 rounded-control px-2.5 -outline-offset-2 hover:bg-hover"
    >
      <span className="flex size-12 shrink-0 items-center justify-center rounded-full bg-field text-soft">
        <Icon size={22} aria-hidden="true" />
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate font-medium">{title}</span>
        <span className="block truncate text-small text-soft">{text}</span>
      </span>
      {count > 0 && <Badge count={count} quiet={quiet} label="" />}
    </RouteLink>
  );
}
