/** A short message that leaves by itself. */
export interface Toast {
  readonly id: number;
  readonly type: 'info' | 'success' | 'warning' | 'error';
  readonly title: string;
  readonly message: string;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const watchers = new Set<() => void>();

function replace(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of [...watchers]) watcher();
}

/** What is shown now, oldest first. */
export function getToasts(): readonly Toast[] {
  return toasts;
}

/** Calls back after every change. */
export function watchToasts(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

export function showToast(toast: Omit<Toast, 'id'>): void {
  replace([...toasts.slice(-3), { ...toast, id: nextId++ }]);
}

export function dismissToast(id: number): void {
  replace(toasts.filter((toast) => toast.id !== id));
}
