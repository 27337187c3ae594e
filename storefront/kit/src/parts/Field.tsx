export type FieldProps = { name: string; label: string; error: string | null; defaultValue: string; type?: string; autoComplete?: string; inputMode?: "tel" | "text" | "numeric" | "decimal"; required?: boolean; list?: string; maxLength?: number }

/** A labelled text field that says below itself what is wrong with it. */
export function Field({ name, label, error, required, ...input }: FieldProps) {
  return (
    <p className="fs-field">
      <label htmlFor={name}>{label}{required && <span aria-hidden="true"> *</span>}</label>
      <input id={name} name={name} maxLength={200} required={required} aria-invalid={error ? true : undefined} aria-describedby={error ? `${name}-error` : undefined} {...input} />
      {error && <span className="fs-error" id={`${name}-error`} style={{ display: "block" }}>{error}</span>}
    </p>
  )
}
