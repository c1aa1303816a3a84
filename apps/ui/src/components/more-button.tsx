import { Button } from './button';

/** The way to what comes after in a list; nothing where that is all. */
export function MoreButton({ more, label }: { more: (() => void) | null; label: string }) {
  if (!more) return null;
  return (
    <div className="mt-3 text-center">
      <Button small onClick={more}>
        {label}
      </Button>
    </div>
  );
}
