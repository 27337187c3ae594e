import { type Locale, allProvinces, findProvince, isPlace } from "@fangshi/contracts"

export type PlaceLists = { provinces: string[]; cities: { province: string; names: string[] }[] }

/** What the address fields suggest: provinces in the page's language, cities as they are written on parcels. */
export const placeLists = (locale: Locale): PlaceLists => {
  const nameOf = (province: { name: string; en: string }) => (locale === "en" ? province.en : province.name)
  return { provinces: allProvinces().map(nameOf), cities: allProvinces().map((province) => ({ province: nameOf(province), names: province.cities })) }
}

/** Which of the two fields names no place there is. */
export const wrongPlace = ({ province, city }: { province: string; city: string }): ("province" | "city")[] => (!findProvince(province) ? ["province"] : isPlace(province, city) ? [] : ["city"])
