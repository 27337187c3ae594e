/** A mobile number of mainland China without blanks and country code. */
export const plainPhone = (value: string): string => value.replace(/[\s-]/g, "").replace(/^(?:\+|00)?86(?=1)/, "")

export const isMobilePhone = (value: string): boolean => /^1[3-9]\d{9}$/.test(plainPhone(value))

/** 138****8000, for showing. */
export const maskPhone = (phone: string): string => phone.replace(/^(\d{3})\d{4}(\d{4})$/, "$1****$2")
