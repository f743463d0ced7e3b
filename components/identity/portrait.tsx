export function Portrait({ name, picture, size }: { name: string; picture: string | null; size: 'small' | 'large' }) {
  return picture ? <img src={picture} alt="" /> : <span aria-hidden="true" data-size={size}>{name.slice(0, 1)}</span>;
}
