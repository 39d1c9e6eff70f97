import type { User } from '../../shared/user.ts';

/** Initials on a colour that always belongs to the same user. */
export function Avatar({ user }: { user: User }) {
  const initials = user.name
    .split(' ')
    .map((word) => word[0])
    .slice(0, 2)
    .join('');
  const style = { '--hue': hueOf(user.id) } as React.CSSProperties;
  return (
    <span className="avatar" style={style} aria-hidden="true">
      {initials}
    </span>
  );
}

function hueOf(id: string): number {
  let hue = 0;
  for (const character of id) hue = (hue * 31 + character.charCodeAt(0) * 47) % 360;
  return hue;
}
