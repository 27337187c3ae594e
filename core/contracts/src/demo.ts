import { z } from "zod"

/** .data/demo.json: what `npm start` leaves behind for scripts and other clients. */
export const demoFile = z.object({
  base_url: z.url(),
  console_url: z.url(),
  tenants: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      publishable_key: z.string(),
      admin_email: z.string(),
      admin_password: z.string(),
    }),
  ),
})
export type DemoFile = z.infer<typeof demoFile>
