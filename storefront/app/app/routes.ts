import { type RouteConfig, index, layout, route } from "@react-router/dev/routes"

export default [
  index("routes/home.tsx"),
  route("c/:handle", "routes/category.tsx"),
  route("search", "routes/search.tsx"),
  route("p/:handle", "routes/product.tsx"),
  route("cart", "routes/cart.tsx"),
  route("checkout", "routes/checkout.tsx"),
  route("order/:id", "routes/order.tsx"),
  route("locale", "routes/locale.tsx"),
  route("a/:handle", "routes/article.tsx"),
  route("l/:handle", "routes/landing.tsx"),
  route("pages/:kind/:handle?", "routes/page-data.ts"),
  route("workbench", "routes/workbench/shell.tsx", [
    route("login", "routes/workbench/login.tsx"),
    route("logout", "routes/workbench/logout.ts"),
    route("join", "routes/workbench/join.tsx"),
    layout("routes/workbench/signed-in.tsx", [
      index("routes/workbench/home.tsx"),
      route("orders", "routes/workbench/orders.tsx"),
      route("orders/:id", "routes/workbench/order.tsx"),
      route("orders/:id/print", "routes/workbench/print.tsx"),
      route("hand-over", "routes/workbench/hand-over.tsx"),
      route("products", "routes/workbench/products.tsx"),
      route("staff", "routes/workbench/staff.tsx"),
    ]),
  ]),
  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig
