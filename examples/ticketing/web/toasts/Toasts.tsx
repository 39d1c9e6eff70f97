import { useEffect, useState, useSyncExternalStore } from 'react';
import { dismissToast, getToasts, type Toast, watchToasts } from './toastStore.ts';
import './toasts.css';

const visibleMs = 7_000;

/** The messages of the moment, read out politely. */
export function Toasts() {
  const toasts = useSyncExternalStore(watchToasts, getToasts);
  return (
    <section className="toasts" aria-label="Notifications" aria-live="polite">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </section>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(toast.id), visibleMs);
    return () => clearTimeout(timer);
  }, [toast.id, isHeld]);
  const hold = () => setIsHeld(true);
  const release = () => setIsHeld(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pausing under the pointer is a courtesy, not a control
    <div
      className="toast"
      data-type={toast.type}
      onMouseEnter={hold}
      onMouseLeave={release}
      onFocus={hold}
      onBlur={release}
    >
      <div>
        <strong>{toast.title}</strong>
        <p>{toast.message}</p>
      </div>
      <button type="button" className="close-button" onClick={() => dismissToast(toast.id)}>
        <span aria-hidden="true">×</span>
        <span className="visually-hidden">Dismiss</span>
      </button>
    </div>
  );
}
