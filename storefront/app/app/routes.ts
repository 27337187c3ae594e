import { type RouteConfig, index, route } from "@react-router/dev/routes"

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
  route("*", "routes/not-found.tsx"),
] satisfies RouteConfig
