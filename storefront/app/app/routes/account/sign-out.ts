import { redirect } from "react-router"
import { cartCookie, memberCookie } from "../../cookies"

/** The cart goes too: it stays the member's and is there again after the next sign-in, but not for the next one at this screen. */
export async function action() {
  return redirect("/", { headers: new Headers([["set-cookie", await memberCookie.serialize("", { maxAge: 0 })], ["set-cookie", await cartCookie.serialize("", { maxAge: 0 })]]) })
}

export const loader = () => redirect("/account")
