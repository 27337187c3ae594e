import { FangshiError, smsCode } from "@fangshi/contracts"
import { withBody } from "@fangshi/kernel"
import { z } from "zod"
import { sweepAfterSalePictures } from "../../../../after-sales/picture-files"
import { eraseMember } from "../../../../members/erase"
import { findSignInPhone, hasIdentity, knexOf, memberId, membersOf } from "../../../../members/member"
import { codesOf } from "../../../../members/send-code"
import { sweepReviewPictures } from "../../../../reviews/picture-files"
import { shopChanged } from "../../../../themes/shop-changed"

/** Erases the member for good. Asked again with the token of an erased account, the answer is the same. */
export const POST = withBody(z.strictObject({ code: smsCode }), async (req, res, { code }) => {
  const phone = await findSignInPhone(req)
  if (!phone && (await hasIdentity(req))) throw new FangshiError("ACCOUNT_WITHOUT_PHONE")
  if (phone) {
    const erase = () => eraseMember(req.scope, knexOf(req), membersOf(req), memberId(req))
    await codesOf(req).redeem(phone, "erase", code, erase).catch(async (error: unknown) => {
      // Of two at once the second finds the code spent, and what it asked for done.
      if (!(error instanceof FangshiError && error.code === "CODE_EXPIRED" && !(await hasIdentity(req)))) throw error
    })
    // After the commit: files do not come back with a rollback. And pages that showed the reviews are old.
    await sweepReviewPictures(req.scope)
    await sweepAfterSalePictures(req.scope)
    await shopChanged(req)
  }
  res.json({ erased: true })
})
