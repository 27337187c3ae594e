import type { Locale, LocalizedText } from "./localized"

/** What an error says, and how to mend it. */
export type ErrorEntry = { status: number; text: LocalizedText; hint: LocalizedText }

const entry = (status: number, zh: string, en: string, hintZh: string, hintEn: string): ErrorEntry => ({
  status,
  text: { "zh-CN": zh, en },
  hint: { "zh-CN": hintZh, en: hintEn },
})

/** Every error the platform itself raises. The code is stable; `{name}` is filled from the parameters. */
export const ERRORS = {
  HOST_MALFORMED: entry(400, "网址的主机名不正确。", "The Host header is missing or malformed.", "请检查输入的网址。", "Check the address you typed."),
  HOST_UNKNOWN: entry(404, "这里没有店铺。", "There is no shop at this address.", "请检查网址，或联系平台开通店铺。", "Check the address, or ask the operator to open a shop here."),
  HOST_INVALID: entry(422, "“{host}” 不是有效的主机名。", "“{host}” is not a valid host name.", "只用小写字母、数字、连字符和点，不带端口。", "Use lower-case letters, digits, hyphens and dots, without a port."),
  HOST_TAKEN: entry(409, "主机名 {host} 已被店铺 {tenant} 使用。", "Host {host} already belongs to shop {tenant}.", "换一个主机名，或先从原店铺移除。", "Choose another host, or remove it from that shop first."),
  HOST_DUPLICATE: entry(422, "主机名 {host} 写了两次。", "Host {host} is listed twice.", "删去重复的一行。", "Remove one of the two lines."),
  TENANT_HEADER_UNTRUSTED: entry(400, "此来源不能指定店铺。", "This client may not choose the shop by header.", "请用店铺的网址访问。", "Use the shop's own address."),
  TENANT_UNKNOWN: entry(404, "没有店铺 {tenant}。", "There is no shop {tenant}.", "用 fangshi tenant list 查看全部店铺。", "See all shops with: fangshi tenant list"),
  TENANT_SUSPENDED: entry(503, "店铺暂停营业，请稍后再来。", "This shop is closed for the moment.", "订单和资料都已保留。", "Orders and data are kept."),
  TENANT_PROVISIONING: entry(503, "店铺正在开通，请稍候。", "This shop is being set up.", "稍后刷新页面。", "Try again in a moment."),
  TENANT_ID_INVALID: entry(422, "店铺编号 “{tenant}” 不合规则。", "“{tenant}” is not a valid shop id.", "2 到 40 个小写字母、数字或连字符，不以连字符开头或结尾。", "Use 2 to 40 lower-case letters, digits or hyphens, not starting or ending with a hyphen."),
  TENANT_ID_RESERVED: entry(422, "店铺编号 “{tenant}” 由平台保留。", "The shop id “{tenant}” is reserved by the platform.", "请换一个编号。", "Choose another id."),
  TENANT_ARCHIVED: entry(409, "店铺 {tenant} 已归档。", "Shop {tenant} is archived.", "已归档的店铺不能再营业。", "An archived shop cannot trade again."),
  TENANT_TRANSITION_REFUSED: entry(409, "店铺 {tenant} 现在是 {from}，不能变为 {to}。", "Shop {tenant} is {from} and cannot become {to}.", "先查看店铺状态。", "Look at the shop's status first."),
  MANIFEST_INVALID: entry(422, "{file}:{line} {field}：{problem}", "{file}:{line} {field}: {problem}", "按 tenant.schema.json 修改这一行。", "Mend this line; tenant.schema.json describes every field."),
  MANIFEST_UNREADABLE: entry(422, "读不了 {file}：{problem}", "Cannot read {file}: {problem}", "检查文件是否存在、是否为 UTF-8 的 YAML。", "Check that the file exists and is UTF-8 YAML."),
  CATALOGUE_INVALID: entry(422, "{file}:{line} {field}：{problem}", "{file}:{line} {field}: {problem}", "按 catalogue.schema.json 修改这一行。", "Mend this line; catalogue.schema.json describes every field."),
  PLUGIN_UNKNOWN: entry(422, "没有插件 {plugin}。", "There is no plugin {plugin}.", "现有插件：{known}。用 FANGSHI_PLUGINS 添加别的。", "These are there: {known}. Add others with FANGSHI_PLUGINS."),
  PLUGIN_FORBIDDEN: entry(403, "插件 {plugin} 没有声明 {capability}，不能调用 {call}。", "The plugin {plugin} did not declare {capability} and may not call {call}.", "在插件的 permissions 中声明。", "Declare it in the plugin's permissions."),
  PLUGIN_CALL_INVALID: entry(422, "插件 {plugin} 调用 {call} 的参数不正确：{field}", "{call} was called by {plugin} with something that is not valid: {field}", "请联系插件的发布者。", "Tell the plugin's publisher."),
  PLUGIN_KEY_USED: entry(409, "插件 {plugin} 的编号 {key} 已用于别的内容。", "The plugin {plugin} has used the key {key} for something else.", "换一个编号，或使用与第一次相同的内容。", "Use another key, or the same content as the first time."),
  PLUGIN_INACTIVE: entry(409, "店铺没有启用插件 {plugin}。", "The shop has not switched {plugin} on.", "先启用插件。", "Switch it on first."),
  PLUGIN_SETTINGS_INVALID: entry(422, "插件 {plugin} 的设置不正确：{field}", "The settings of {plugin} are not valid: {field}", "按表单修改后再保存。", "Mend the field and save again."),
  PLUGIN_HOST_FORBIDDEN: entry(403, "插件 {plugin} 不能访问 {host}：{problem}", "The plugin {plugin} may not ask {host}: {problem}", "只能用 https 访问 permissions.hosts 中声明的公网主机。", "Only https to public hosts that permissions.hosts declares."),
  PLUGIN_HTTP_BUDGET: entry(429, "插件 {plugin} 在本店的对外请求用完了。", "The plugin {plugin} has used up its outgoing requests for this shop.", "请稍候再试。", "Wait a moment and try again."),
  PLUGIN_HTTP_FAILED: entry(502, "插件 {plugin} 请求 {host} 失败：{problem}", "The request of {plugin} to {host} failed: {problem}", "请稍后再试。", "Try again later."),
  PLUGIN_TIMEOUT: entry(504, "插件 {plugin} 没有在 {seconds} 秒内完成。", "The plugin {plugin} did not finish within {seconds} seconds.", "请稍后再试；反复出现时平台会自动停用它。", "Try again later; after repeated failure it is switched off by itself."),
  PLUGIN_QUARANTINED: entry(503, "插件 {plugin} 多次出错，已在本店暂停。", "The plugin {plugin} failed too often and is paused in this shop.", "平台客服已收到通知。", "The operator's support has been told."),
  PLUGIN_KILLED: entry(409, "平台已停用插件 {plugin}：{reason}", "The operator has switched {plugin} off everywhere: {reason}", "请联系平台。", "Ask the operator."),
  PLUGIN_DOWNGRADE: entry(409, "插件 {plugin} 已是 {installed}，不能退回 {version}。", "The plugin {plugin} is at {installed} and cannot go back to {version}.", "请安装更新的版本。", "Install a newer version."),
  PLUGIN_UNREADABLE: entry(500, "读不了插件 {plugin}：{problem}", "The plugin {plugin} cannot be read: {problem}", "修好 src/plugin.ts，或从 FANGSHI_PLUGINS 中移除它。", "Mend its src/plugin.ts, or take it out of FANGSHI_PLUGINS."),
  PLUGIN_NEEDED: entry(409, "插件 {needed} 正在被 {plugin} 使用。", "The plugin {needed} is used by {plugin}.", "先停用 {plugin}。", "Switch {plugin} off first."),
  PLUGIN_PURGE_UNKNOWN: entry(409, "插件 {plugin} 没有说明它的数据表，无法清除。", "The plugin {plugin} does not say which tables are its own, so they cannot be emptied.", "可以停用并保留数据。", "Switch it off and keep its data."),
  PLUGIN_PURGE_STALE: entry(409, "清除前的内容刚刚有变化。", "What would be removed has changed since it was shown.", "请重新查看后再确认。", "Look at it again and confirm."),
  PLUGIN_UNDO_IMPOSSIBLE: entry(409, "无法恢复插件 {plugin} 的数据：{problem}", "The data of {plugin} cannot be brought back: {problem}", "清除后的 30 天内可以恢复一次。", "It can be brought back once, within 30 days."),
  PLUGIN_REVOKED: entry(422, "插件 {plugin} 已被撤销（{revoked}）。", "The plugin {plugin} was revoked ({revoked}).", "不要安装；向发布者询问原因。", "Do not install it; ask its publisher why."),
  PLUGIN_PUBLISHER_UNKNOWN: entry(422, "插件 {plugin} 的发布者不受信任：{key}", "The publisher of {plugin} is not trusted: {key}", "核对公钥后，把它加入可信发布者。", "Compare the key with the publisher's, then add it to the trusted ones."),
  PLUGIN_SEAL_BROKEN: entry(422, "插件 {plugin} 的签名不正确。", "The signature of {plugin} is wrong.", "重新下载；仍然如此就不要安装。", "Fetch it again; if it stays so, do not install it."),
  PLUGIN_NOT_COUNTERSIGNED: entry(422, "插件 {plugin} 没有平台的会签。", "The plugin {plugin} is not countersigned by the operator.", "请平台审核后会签。", "Have the operator review and countersign it."),
  PLUGIN_FILE_CHANGED: entry(422, "插件 {plugin} 的文件与签名不符：{file}", "A file of {plugin} is not as it was signed: {file}", "重新下载；仍然如此就不要安装。", "Fetch it again; if it stays so, do not install it."),
  PLUGIN_UNSEALED: entry(422, "插件 {plugin} 没有签名。", "The plugin {plugin} is not signed.", "请发布者用 fangshi plugin sign 签名；普通的 Medusa 插件要加 --plain。", "Have its publisher sign it with: fangshi plugin sign. A plain Medusa plugin takes --plain."),
  PLUGIN_PACKAGE_UNSAFE: entry(422, "软件包 {file} 不安全：{problem}", "The package {file} is not safe: {problem}", "不要安装；向发布者询问原因。", "Do not install it; ask its publisher why."),
  PLUGIN_FILE_UNREADABLE: entry(422, "读不了 {file}：{problem}", "Cannot read {file}: {problem}", "检查文件是否存在、内容是否完整。", "Check that the file is there and whole."),
  PLUGIN_VERSION_TAKEN: entry(409, "{plugin} {version} 已经发布过。", "{plugin} {version} is published already.", "提高版本号再发布。", "Raise the version and publish again."),
  PLUGIN_REGISTRY_FAILED: entry(502, "软件源 {registry} 出错：{problem}", "The registry {registry} failed: {problem}", "检查网址、登录和网络后重试。", "Check its address, your login and the network, then try again."),
  PLUGIN_EXISTS: entry(409, "插件 {plugin} 已经存在。", "The plugin {plugin} is there already.", "换一个编号，或修改现有的插件。", "Choose another id, or change the plugin that is there."),
  PLUGIN_CORE_UNFIT: entry(500, "插件 {plugin} 需要平台 {range}，现在是 {core}。", "The plugin {plugin} was made for platform {range}; this is {core}.", "安装适合的版本，或先不加载它。", "Install a version that fits, or leave the plugin out."),
  PLUGIN_NEED_UNMET: entry(500, "插件 {plugin} 需要 {needed}，现有 {found}。", "The plugin {plugin} needs {needed}; there is {found}.", "安装所需的插件，或先不加载它。", "Install what it needs, or leave the plugin out."),
  PLUGIN_CONFLICT: entry(500, "插件 {one} 和 {other} 都有 {what} {name}。", "{one} and {other} both claim the {what} {name}.", "两个插件只能留一个，或由发布者改名。", "Leave one of the two out, or have its publisher rename it."),
  THEME_UNKNOWN: entry(422, "没有主题 {theme}。", "There is no theme {theme}.", "现有主题：{known}。", "These are there: {known}."),
  THEME_NAME_INVALID: entry(422, "“{theme}” 不能作主题的名字。", "“{theme}” cannot be a theme's name.", "用 2 至 40 个小写字母、数字和连字符，以字母开头。", "Use 2 to 40 lower-case letters, digits and hyphens, beginning with a letter."),
  THEME_EXISTS: entry(409, "主题 {theme} 已经存在。", "The theme {theme} is there already.", "换一个名字，或修改 themes/{theme}。", "Choose another name, or change themes/{theme}."),
  PAGE_UNKNOWN: entry(404, "没有页面 {kind}/{handle}。", "There is no page {kind}/{handle}.", "在页面列表中查看现有页面。", "See the list of pages for those that are there."),
  PAGE_INVALID: entry(422, "页面内容不正确，{field}：{problem}", "The page is not valid: {field}: {problem}", "修改这一项后再保存。", "Mend this setting and save again."),
  PAGE_WITHOUT_DRAFT: entry(409, "没有可发布的草稿。", "There is no draft to publish.", "先保存修改，再发布。", "Save a change first, then publish."),
  PAGE_WITHOUT_EARLIER: entry(409, "没有更早的版本。", "There is no earlier revision.", "在历史记录中查看已发布的版本。", "The history shows what was published."),
  SMS_UNAVAILABLE: entry(503, "短信暂时发不出去。", "Text messages cannot be sent at the moment.", "请稍后再试，或联系店家。", "Try again later, or call the shop."),
  CODE_TOO_SOON: entry(429, "验证码刚刚发过，{seconds} 秒后可以重发。", "A code was just sent; another one can be sent in {seconds} seconds.", "先看看手机短信。", "Look at the messages on the phone first."),
  CODE_TOO_MANY: entry(429, "验证码发送次数太多。", "Too many codes were asked for.", "请稍后再试；每个手机号一天最多 10 次。", "Try again later; a number gets at most ten a day."),
  CODE_WRONG: entry(422, "验证码不正确，还可以试 {left} 次。", "The code is wrong; {left} tries are left.", "核对短信里的 6 位数字。", "Compare the six digits with the message."),
  PASSWORD_WRONG: entry(422, "手机号或密码不正确。", "The number or the password is wrong.", "没有设过密码或忘记了，请用验证码登录。", "Without a password, or if it is forgotten, sign in with a code."),
  PASSWORD_TRIES: entry(429, "密码输错太多次，请 {minutes} 分钟后再试。", "Too many wrong passwords; try again in {minutes} minutes.", "可以用验证码登录。", "You can sign in with a code."),
  CODE_EXPIRED: entry(422, "验证码已失效。", "The code is not valid any more.", "重新获取一个验证码。", "Ask for a new code."),
  EMAIL_TAKEN: entry(409, "这个邮箱已被别的账号使用。", "This e-mail address belongs to another account.", "换一个邮箱。", "Choose another address."),
  ORDER_NOT_CANCELLABLE: entry(409, "订单已发货或已完成，不能取消。", "The order was sent or is complete and cannot be cancelled.", "请联系店家处理售后。", "Ask the shop to take it back."),
  ACCOUNT_HAS_OPEN_ORDERS: entry(409, "还有未发货的订单。", "There are orders that were not sent yet.", "先取消它们，或等发货后再注销。", "Cancel them first, or wait until they are sent."),
  ACCOUNT_WITHOUT_PHONE: entry(409, "这个账号没有绑定手机号。", "This account has no mobile number to send a code to.", "请联系店家注销账号。", "Ask the shop to erase the account."),
  STAFF_INVITATION_UNKNOWN: entry(404, "这个邀请链接无效。", "This invitation link is not valid.", "请向邀请你的人再要一个链接。", "Ask whoever invited you for another link."),
  STAFF_INVITATION_USED: entry(410, "这个邀请链接已经用过。", "This invitation has been used.", "直接登录，或再要一个链接。", "Sign in, or ask for another link."),
  STAFF_INVITATION_EXPIRED: entry(410, "这个邀请链接已过期。", "This invitation has expired.", "请向邀请你的人再要一个链接。", "Ask whoever invited you for another link."),
  STAFF_EMAIL_TAKEN: entry(409, "这个邮箱在本店已有账号。", "This e-mail address already has an account here.", "换一个邮箱。", "Use another address."),
  PARCEL_NOT_NOW: entry(409, "这一单现在是“{state}”，不能这样做。", "This order is “{state}” now, so this cannot be done.", "刷新后查看当前状态。", "Reload and look at its present state."),
  PARCEL_HANDED_OVER: entry(409, "这个取货码已在 {at} 核销过。", "This order was already handed over at {at}.", "请勿重复交货；核对顾客的其他订单。", "Do not hand goods over again; look for another order of this customer."),
  PICK_UP_CODE_WRONG: entry(404, "没有这个取货码。", "There is no such pick-up code.", "请与顾客核对 6 位数字。", "Check the 6 digits with the customer."),
  PICK_UP_CODE_TRIES: entry(429, "输错太多次，请一分钟后再试。", "Too many wrong codes; try again in a minute.", "请顾客打开订单页出示取货码。", "Ask the customer to open the order page."),
  REFUND_TOO_LARGE: entry(422, "最多还可退 {most}。", "At most {most} can still be refunded.", "改小金额后再试。", "Enter a smaller amount."),
  PICTURE_INVALID: entry(422, "图片用不了：要 JPEG、PNG 或 WebP，不超过 8 MB。", "The picture cannot be used: JPEG, PNG or WebP up to 8 MB.", "换一张照片。", "Choose another photo."),
  REVIEW_TOO_EARLY: entry(409, "收到商品后才能评价。", "It can be reviewed once it was handed over.", "取货或送达后再来评价。", "Come back when you have received it."),
  REVIEW_EXISTS: entry(409, "这件商品已经评价过了。", "This purchase has been reviewed already.", "可以在“我的评价”里追评。", "You can add to it in “My reviews”."),
  REVIEW_FOLLOWED_UP: entry(409, "已经追评过了。", "Something was added to this review already.", "每条评价可以追评一次。", "A review can be added to once."),
  REVIEW_TOO_MANY: entry(429, "今天的次数用完了。", "That was all for today.", "请明天再来。", "Come back tomorrow."),
  COUPON_UNKNOWN: entry(422, "没有这个优惠码。", "There is no such coupon code.", "请核对字母和数字。", "Check its letters and digits."),
  COUPON_NOT_YET: entry(422, "优惠码 {code} 还没到使用时间，{at} 开始。", "{code} is not valid yet; it starts at {at}.", "到时间后再来使用。", "Come back then."),
  COUPON_EXPIRED: entry(422, "优惠码 {code} 已失效。", "{code} is not valid any more.", "换一个优惠码，或不用优惠码下单。", "Use another code, or order without one."),
  COUPON_USED_UP: entry(422, "优惠码 {code} 已被领完。", "{code} has been used up.", "换一个优惠码，或不用优惠码下单。", "Use another code, or order without one."),
  COUPON_BELOW_MINIMUM: entry(422, "满 {minimum} 元可用，还差 {missing} 元。", "It needs goods of ¥{minimum}; ¥{missing} are missing.", "再选几样商品后使用。", "Put something more into the cart."),
  COUPON_NOT_FOR_THESE: entry(422, "优惠码 {code} 不适用于这些商品。", "{code} is not for these goods.", "看看它适用哪些商品。", "See which goods it is for."),
  COUPON_TRIES: entry(429, "试错的优惠码太多，请 {minutes} 分钟后再试。", "Too many wrong codes; try again in {minutes} minutes.", "可以不用优惠码先下单。", "You can order without a code."),
  PICK_UP_POINT_NEEDED: entry(422, "请选择自提点。", "Choose a pick-up point.", "在配送方式下选一个自提点。", "Choose one below the way of delivery."),
  PICK_UP_POINT_CLOSED: entry(409, "这个自提点刚刚停用。", "This pick-up point has just closed.", "换一个自提点。", "Choose another one."),
  DELIVERY_SLOT_NEEDED: entry(422, "请选择送货时段。", "Choose a delivery time.", "在配送方式下选一个时段。", "Choose one below the way of delivery."),
  DELIVERY_SLOT_FULL: entry(409, "这个时段刚刚约满。", "This delivery time is full.", "换一个时段，购物车里的商品都还在。", "Choose another one; everything is still in the cart."),
  DELIVERY_SLOT_OVER: entry(409, "这个时段已停止预约。", "This delivery time can no longer be booked.", "换一个时段。", "Choose another one."),
  AFTER_SALE_TOO_EARLY: entry(409, "收到商品后才能申请售后。", "This can be asked for once the goods were handed over.", "还没收到时可以取消订单。", "Until then the order can be cancelled."),
  AFTER_SALE_TOO_LATE: entry(409, "已超过 {days} 天的售后期限。", "The {days} days for this are over.", "请直接联系店家。", "Please call the shop."),
  AFTER_SALE_OPEN: entry(409, "这件商品已有处理中的售后。", "There is an open request about this already.", "先等它处理完，或撤销后重新申请。", "Wait for it, or withdraw it and ask again."),
  AFTER_SALE_NOT_NOW: entry(409, "这个售后现在是“{state}”，不能这样做。", "This request is “{state}” now, so this cannot be done.", "刷新后查看当前状态。", "Reload and look at its present state."),
  AFTER_SALE_REASON_MISSING: entry(422, "同意的金额比申请的少，要说明原因。", "Less than was asked for needs a reason.", "填写调低金额的原因，顾客会看到。", "Say why; the buyer reads it."),
  PRODUCT_PICTURES_FULL: entry(422, "一件商品最多 {most} 张图片。", "A product has at most {most} pictures.", "先移除一张。", "Remove one first."),
  AFTER_SALE_TOO_MANY: entry(429, "今天的图片数量用完了。", "No more pictures today.", "请明天再来，或直接联系店家。", "Come back tomorrow, or call the shop."),
  ACCOUNT_HAS_OPEN_AFTER_SALES: entry(409, "还有处理中的售后。", "There are after-sale requests that are still open.", "先撤销，或等它们处理完再注销。", "Withdraw them first, or wait until they are settled."),
  REQUEST_INVALID: entry(400, "请求的内容不正确：{field}", "The request is not valid: {field}", "请检查后再试。", "Check it and try again."),
  REQUEST_TOO_LARGE: entry(413, "请求的内容太大。", "The request is too large.", "请减少内容后再试。", "Send less at once."),
  REQUEST_UNREADABLE: entry(400, "读不懂这个请求。", "The request is not valid HTTP.", "请用浏览器或标准的 HTTP 客户端。", "Use a browser or a standard HTTP client."),
  REQUEST_TIMEOUT: entry(408, "请求没有在时限内发完。", "The request did not arrive in time.", "请检查网络后再试。", "Check the connection and try again."),
  REQUEST_HEADERS_TOO_LARGE: entry(431, "请求头太大。", "The request's headers are too large.", "清除本站的 Cookie，或缩短网址。", "Clear this site's cookies, or shorten the address."),
  PUBLISHABLE_KEY_INVALID: entry(400, "店铺密钥缺失或不正确。", "The shop's publishable key is missing or wrong.", "在请求头 x-publishable-api-key 中填写本店的密钥。", "Send this shop's own key in the x-publishable-api-key header."),
  UNAUTHORIZED: entry(401, "请先登录。", "You are not logged in.", "登录后再试；登录可能已过期。", "Log in and try again; the login may have expired."),
  FORBIDDEN: entry(403, "没有权限。", "You may not do this.", "请联系店主开通权限。", "Ask the shop's owner for the right to do it."),
  NOT_ALLOWED: entry(400, "现在不能这样做。", "This cannot be done now.", "请刷新后查看当前状态。", "Reload and look at the present state."),
  CONFLICT: entry(409, "内容刚刚被改动。", "It was changed at the same moment.", "请刷新后再试。", "Reload and try again."),
  DUPLICATE: entry(422, "已经存在。", "It exists already.", "请换一个名称或编号。", "Choose another name or number."),
  STOCK_INSUFFICIENT: entry(400, "库存不足。", "There is not enough in stock.", "请减少数量，或稍后再来。", "Take fewer, or come back later."),
  PAYMENT_NOT_AUTHORIZED: entry(422, "付款没有成功。", "The payment was not authorised.", "请重新付款，或换一种付款方式。", "Pay again, or choose another way to pay."),
  RATE_LIMITED: entry(429, "操作太频繁。", "Too many requests.", "请稍候再试。", "Wait a moment and try again."),
  NOT_FOUND: entry(404, "没有找到。", "Not found.", "请检查地址。", "Check the address."),
  INTERNAL: entry(500, "服务出了问题，我们已记录。", "Something went wrong; it has been recorded.", "请稍后再试，并提供编号 {request_id}。", "Try again later and quote {request_id}."),
  UNAVAILABLE: entry(503, "服务暂时不可用。", "The service is not available at the moment.", "请稍后再试。", "Try again in a moment."),
  POSTGRES_PORT_TAKEN: entry(500, "端口 {port} 被别的程序占用。", "Port {port} is used by another program.", "用 FANGSHI_PG_PORT 指定别的端口。", "Set FANGSHI_PG_PORT to another port."),
  POSTGRES_DISK_FULL: entry(500, "磁盘已满，数据库无法启动。", "The disk is full; Postgres cannot start.", "腾出空间后重新运行，数据不会丢失。", "Free some space and run it again; nothing is lost."),
  POSTGRES_NOT_STARTED: entry(500, "数据库没有启动：{problem}", "Postgres did not start: {problem}", "查看 {log}。", "Look into {log}."),
  POSTGRES_VERSION: entry(500, "数据目录属于 Postgres {found}，这里带的是 {shipped}。", "The data folder belongs to Postgres {found}; this release ships {shipped}.", "先用旧版本导出数据。", "Export the data with the older release first."),
  POSTGRES_BINARIES: entry(500, "没有适合 {platform} 的数据库程序。", "No Postgres binaries for {platform}.", "设置 DATABASE_URL 使用外部数据库。", "Set DATABASE_URL to use an outside Postgres."),
  POSTGRES_BUSY: entry(500, "另一个进程（{pid}）正在使用 {folder}。", "Another process ({pid}) is using {folder}.", "先停止它。", "Stop it first."),
  DATABASE_UNREACHABLE: entry(500, "连不上数据库 {host}:{port}：{problem}", "Cannot connect to Postgres at {host}:{port}: {problem}", "检查 DATABASE_URL 和数据库是否在运行。", "Check DATABASE_URL, and that Postgres is running there."),
  DATABASE_PRIVILEGED: entry(500, "应用的数据库角色 {role} 权限过大：{problem}", "The application's database role {role} is too powerful: {problem}", "用没有 SUPERUSER、BYPASSRLS 和所有权的角色。", "Use a role without SUPERUSER, BYPASSRLS or ownership."),
  DATABASE_UNPROTECTED: entry(500, "表 {table} 没有隔离：{problem}", "Table {table} is not isolated: {problem}", "运行 fangshi migrate。", "Run: fangshi migrate"),
  SEAM_MOVED: entry(500, "Medusa 的接缝 {seam} 变了：{problem}", "The seam {seam} in Medusa has moved: {problem}", "退回上一个版本，或修改 {file}。", "Go back to the previous version, or mend {file}."),
  SECRET_MISSING: entry(500, "生产模式缺少 {name}。", "{name} is not set in production mode.", "用 openssl rand -hex 32 生成一个并设置。", "Generate one with: openssl rand -hex 32"),
  SECRET_WEAK: entry(500, "生产模式的 {name} 太短或是默认值。", "{name} is too short or a default value.", "至少 32 个字符，随机生成。", "Use at least 32 random characters."),
  CREDENTIALS_UNREADABLE: entry(500, "店铺 {tenant} 的 {provider} 密钥打不开：它们用别的 FANGSHI_MASTER_SECRET 封存，或属于别处。", "The credentials of {provider} for shop {tenant} cannot be opened: they were sealed under another FANGSHI_MASTER_SECRET or belong elsewhere.", "设置当时的 FANGSHI_MASTER_SECRET，或重新保存密钥。", "Set the FANGSHI_MASTER_SECRET they were sealed with, or store them again."),
  PORT_TAKEN: entry(500, "端口 {port} 被占用。", "Port {port} is in use.", "用 PORT 指定别的端口。", "Set PORT to another port."),
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS

/** Medusa's word for a status, which its clients read as `type`. */
const TYPES: Record<number, string> = { 401: "unauthorized", 403: "forbidden", 404: "not_found", 409: "conflict" }

/** What fills a text; a part that is itself said differently in each language comes in both. */
export type ErrorParams = Record<string, string | number | LocalizedText>

/** An error with a stable code that can be shown to a person: `message` is English, `text(locale)` any language. */
export class FangshiError extends Error {
  readonly status: number
  private readonly entry: ErrorEntry

  /** `entry`: of a code that a plugin brings (pluginErrors). */
  constructor(code: ErrorCode, params?: ErrorParams, options?: { cause?: unknown })
  constructor(code: string, params: ErrorParams, options: { cause?: unknown; entry: ErrorEntry })
  constructor(
    readonly code: string,
    readonly params: ErrorParams = {},
    options: { cause?: unknown; entry?: ErrorEntry } = {},
  ) {
    const entry = options.entry ?? ERRORS[code as ErrorCode]
    super(fill(entry.text.en, params, "en"), options)
    this.name = "FangshiError"
    this.entry = entry
    this.status = entry.status
    // Not shown where an error is logged: its text is there already.
    Object.defineProperty(this, "entry", { enumerable: false })
  }

  /** The body every API answers with: `type` and `message` as Medusa's clients expect, the rest ours. */
  toJSON() {
    return {
      type: TYPES[this.status] ?? (this.status < 500 ? "invalid_data" : "unexpected_state"),
      code: this.code,
      message: this.message,
      text: this.localized("text"),
      hint: this.localized("hint"),
      params: this.params,
    }
  }

  private localized(part: "text" | "hint"): LocalizedText {
    const source = this.entry[part]
    return { "zh-CN": fill(source["zh-CN"], this.params, "zh-CN"), en: fill(source.en, this.params, "en") }
  }
}

const fill = (template: string, params: ErrorParams, locale: Locale) =>
  template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name] ?? whole
    return typeof value === "object" ? value[locale] : String(value)
  })
