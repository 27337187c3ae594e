/** A text as a code for cameras, drawn by the shop; at most 300 letters. */
export const QrCode = ({ text, label, size = 200 }: { text: string; label: string; size?: number }) => <img className="fs-qr" src={`/qr.svg?text=${encodeURIComponent(text)}`} alt={label} width={size} height={size} />
