import { useTranslation } from "@fangshi/storefront-kit"

/** Whether buyers can choose it. Closing keeps it for the orders that have it. */
export function OpenField({ open }: { open: boolean }) {
  const { t } = useTranslation()
  return (
    <label>{t("delivery.field.open")}
      <select name="open" defaultValue={open ? "yes" : "no"}><option value="yes">{t("delivery.isOpen")}</option><option value="no">{t("delivery.isClosed")}</option></select>
    </label>
  )
}
