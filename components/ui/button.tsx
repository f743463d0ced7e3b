import type { ComponentProps } from 'react';

type ButtonProps = ComponentProps<'button'> & { quiet?: boolean };

/** A button that sends its form unless told otherwise; `quiet` for every act but the main one. */
export function Button({ quiet = false, type = 'submit', className = '', ...rest }: ButtonProps) {
  return <button {...rest} type={type} className={`button ${quiet ? 'button--quiet' : ''} ${className}`.trim()} />;
}
