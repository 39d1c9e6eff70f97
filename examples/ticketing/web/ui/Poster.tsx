import './poster.css';

interface PosterProps {
  readonly genre: string;
  readonly hue: number;
}

/** The poster of an event: a motif of its genre in its own colour. */
export function Poster({ genre, hue }: PosterProps) {
  return (
    <svg
      className="poster"
      style={{ '--hue': hue } as React.CSSProperties}
      viewBox="0 0 400 240"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      {motifs[genre] ?? motifs.Concert}
    </svg>
  );
}

const motifs: Record<string, React.ReactNode> = {
  Concert: (
    <g className="poster-line">
      {[30, 62, 94, 126, 158, 190, 222].map((radius) => (
        <circle key={radius} cx="290" cy="250" r={radius} />
      ))}
      <circle className="poster-light" cx="96" cy="74" r="34" />
    </g>
  ),
  Comedy: (
    <g>
      <path className="poster-light" d="M205 -10 60 250H350Z" opacity=".5" />
      <ellipse className="poster-shade" cx="205" cy="192" rx="84" ry="13" />
      <path className="poster-shade" d="M201 92h8v100h-8z" />
      <circle className="poster-shade" cx="205" cy="86" r="18" />
    </g>
  ),
  Theatre: (
    <g>
      {[0, 1, 2, 3, 4, 5, 6, 7].map((fold) => (
        <path
          key={fold}
          className={fold % 2 ? 'poster-shade' : 'poster-light'}
          opacity={fold % 2 ? 0.5 : 0.28}
          d={`M${fold * 50} 0h50q${fold < 4 ? -6 : 6} 140 ${(fold - 3) * 16} 240h-50q${fold < 4 ? -4 : 4} -140 ${(4 - fold) * 16} -240z`}
        />
      ))}
    </g>
  ),
  Film: (
    <g>
      <circle className="poster-shade" cx="285" cy="130" r="96" />
      {[0, 72, 144, 216, 288].map((angle) => (
        <circle
          key={angle}
          className="poster-light"
          cx="285"
          cy="76"
          r="23"
          transform={`rotate(${angle} 285 130)`}
        />
      ))}
      <circle className="poster-light" cx="285" cy="130" r="10" />
      <path className="poster-shade" d="M0 196h285v30H0z" />
    </g>
  ),
  Dance: (
    <g className="poster-line poster-line-wide">
      <path d="M-20 200C90 40 160 260 250 120S380 10 430 90" />
      <path d="M-20 236C100 90 170 290 270 160S390 60 430 140" opacity=".6" />
      <path d="M-20 160C80 -10 150 220 230 80S370 -40 430 40" opacity=".35" />
    </g>
  ),
};
