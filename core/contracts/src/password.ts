export const PASSWORD_LENGTH = { min: 8, max: 64 }

/** Whether a password is long enough, and neither a birthday nor a telephone number nor one key pressed again and again. */
export const isGoodPassword = (password: string): boolean =>
  password.length >= PASSWORD_LENGTH.min && password.length <= PASSWORD_LENGTH.max && !/^\d+$/.test(password) && !/^(.)\1+$/u.test(password)
