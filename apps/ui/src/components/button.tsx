import type { ButtonHTMLAttributes } from 'react';
import { classNames } from './class-names';

const LOOKS = {
  primary: 'bg-accent text-accent-ink hover:opacity-90',
  quiet: 'border border-line bg-surface text-ink hover:bg-sunken',
  plain: 'text-muted hover:bg-sunken hover:text-ink',
  danger: 'bg-danger-soft text-danger hover:opacity-90',
} as const;

interface ButtonLook {
  look?: keyof typeof LOOKS;
  small?: boolean;
  className?: string | undefined;
}

/** The classes of a button, for a link that looks like one. */
export function buttonLook({ look = 'quiet', small = false, className }: ButtonLook): string {
  return classNames(
    'inline-flex items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors',
    'disabled:cursor-not-allowed disabled:opacity-50',
    small ? 'min-h-8 px-2.5 text-sm' : 'min-h-10 px-3.5 text-sm',
    LOOKS[look],
    className,
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & ButtonLook;

export function Button({ look = 'quiet', small = false, className, ...rest }: ButtonProps) {
  return <button type="button" className={buttonLook({ look, small, className })} {...rest} />;
}
