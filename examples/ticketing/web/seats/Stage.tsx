/** Where everybody looks: in the colour of the event, and lit. */
export function Stage() {
  return (
    <div className="stage" aria-hidden="true">
      <svg viewBox="0 0 300 54" preserveAspectRatio="none" role="presentation">
        <path className="stage-front" d="M18 0H282L270 26Q150 66 30 26Z" />
        <path className="stage-floor" d="M18 0H282L274 18Q150 54 26 18Z" />
      </svg>
      <span>Stage</span>
    </div>
  );
}
