const line = { width: 24, height: 24, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", strokeWidth: 1.7, strokeLinecap: "round", strokeLinejoin: "round", "aria-hidden": true } as const

export const SearchIcon = () => <svg {...line}><circle cx="11" cy="11" r="6.5" /><path d="m16 16 4.5 4.5" /></svg>
export const MoonIcon = () => <svg {...line}><path d="M19 14.5A8 8 0 0 1 9.5 5 8 8 0 1 0 19 14.5Z" /><path d="M17 4v4M15 6h4" /></svg>
export const MicrophoneIcon = () => <svg {...line}><rect x="9" y="3" width="6" height="11" rx="3" /><path d="M5.5 11a6.5 6.5 0 0 0 13 0M12 17.5V21M9 21h6M9 8h6" /></svg>
export const GlassIcon = () => <svg {...line}><path d="M4 5h16l-8 8Z" /><path d="M12 13v7M8 20h8M7.5 8.5h9" /></svg>
export const PhoneIcon = () => <svg {...line}><path d="M6 3h3l2 5-2 2a12 12 0 0 0 5 5l2-2 5 2v3a3 3 0 0 1-3 3C10 21 3 14 3 6a3 3 0 0 1 3-3Z" /></svg>
export const MaskIcon = () => <svg {...line}><path d="M3 9c3-2 6-2 9-1 3-1 6-1 9 1 0 5-2 8-5 8-2 0-3-2-4-3-1 1-2 3-4 3-3 0-5-3-5-8Z" /><path d="M7 12h2.500M14.500 12H17" /></svg>
