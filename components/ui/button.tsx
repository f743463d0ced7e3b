import type { ComponentProps } from 'react';

type ButtonProps = ComponentProps<'button'> & { quiet?: boolean; busy?: boolean };

/** A button that sends its form unless told otherwise; `quiet` for every act but the main one. `busy`: it does nothing, and keeps the focus, which `disabled` would lose. */
export function Button({ quiet = false, busy = false, type = 'submit', className = '', onClick, ...rest }: ButtonProps) {
  const name = `button ${quiet ? 'button--quiet' : ''} ${className}`.trim();
  return <button {...rest} type={type} className={name} onClick={busy ? (event) => event.preventDefault() : onClick} {...(busy && { 'aria-disabled': true })} />;
}
