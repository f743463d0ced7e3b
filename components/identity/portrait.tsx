import { monogramOf } from '@/lib/media/rules';

/** CSS pixels on each side at the usual text size; portrait.css says the same in rem. */
const SIDE_PX = { small: 36, large: 48 };

type Props = {
  name: string;
  /** The path of a kept picture, or null for a monogram. */
  picture: string | null;
  size?: 'small' | 'large';
};

/** A person's picture, or the initials of their name. Decoration: the name always stands beside it. */
export function Portrait({ name, picture, size = 'small' }: Props) {
  const shape = size === 'large' ? 'portrait portrait--large' : 'portrait';
  if (picture !== null) return <img className={shape} src={picture} alt="" width={SIDE_PX[size]} height={SIDE_PX[size]} loading="lazy" decoding="async" />;
  const { letters, hue } = monogramOf(name);
  return (
    <span className={`${shape} hue-${hue}`} aria-hidden="true">
      {letters}
    </span>
  );
}
