export const SMS = "fangshi_sms"

/** One message: the code is all that differs between messages of a kind, as carriers only take templates. */
export type Sms = { phone: string; template: "sign-in" | "erase" | "password"; code: string }

/** The port to whoever carries text messages. Rejects when the message was not taken. */
export type SmsSender = { send: (sms: Sms) => Promise<void> }
