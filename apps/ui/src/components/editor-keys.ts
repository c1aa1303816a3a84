import type { KeyboardEvent } from 'react';

/** Of a form: Escape leaves it, and Ctrl or Cmd with Enter sends it, but not what composes a character. */
export function editorKeys(leave: () => void): (event: KeyboardEvent<HTMLFormElement>) => void {
  return (event) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') leave();
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.currentTarget.requestSubmit();
    }
  };
}
