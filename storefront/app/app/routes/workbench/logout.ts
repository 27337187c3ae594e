import { redirect } from "react-router"
import { staffCookie } from "../../cookies"

export const action = async () => redirect("/workbench/login", { headers: { "set-cookie": await staffCookie.serialize("", { maxAge: 0 }) } })

export const loader = () => redirect("/workbench")
