import { isMobilePhone, plainPhone } from "@fangshi/contracts"

const text = (least: number, most: number) => (value: string) => value.trim().length >= least && value.trim().length <= most

/** Rules of an address, asked by the browser too while somebody types. */
export const ADDRESS_RULES = {
  name: text(1, 40),
  phone: isMobilePhone,
  province: text(2, 20),
  city: text(2, 20),
  district: text(0, 20),
  address: text(4, 120),
}

export type AddressField = keyof typeof ADDRESS_RULES
export type AddressForm = Record<AddressField, string>

/** What was typed, tidied. */
export const tidy = (field: string, value: string): string => (field === "phone" ? plainPhone(value) : value.trim())

type MedusaAddress = { first_name?: string | null; phone?: string | null; province?: string | null; city?: string | null; address_1?: string | null; address_2?: string | null }

/** Medusa's fields, as a Chinese address fills them. */
export const toMedusa = (form: AddressForm) => ({ first_name: form.name, last_name: "", phone: form.phone, province: form.province, city: form.city, address_2: form.district, address_1: form.address, country_code: "cn" })

export const fromMedusa = (a: MedusaAddress | null | undefined): AddressForm => ({ name: a?.first_name ?? "", phone: a?.phone ?? "", province: a?.province ?? "", city: a?.city ?? "", district: a?.address_2 ?? "", address: a?.address_1 ?? "" })

export const addressLine = (form: AddressForm): string => [form.province, form.city, form.district, form.address].filter(Boolean).join(" ")

const ADDRESS_FIELDS = Object.keys(ADDRESS_RULES) as AddressField[]

/** Reads an address out of a posted form, with the names of what is wrong. */
export function readAddress(posted: FormData): { form: AddressForm; wrong: AddressField[] } {
  const valueOf = (field: AddressField) => String(posted.get(field) ?? "").slice(0, 300)
  return {
    form: Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, tidy(field, valueOf(field))])) as AddressForm,
    wrong: ADDRESS_FIELDS.filter((field) => !ADDRESS_RULES[field](valueOf(field))),
  }
}
