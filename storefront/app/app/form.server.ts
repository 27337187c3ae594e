/** The form that a browser posted. Throws an answer of 400 where the body is none. */
export const formOf = (request: Request): Promise<FormData> =>
  request.formData().catch(() => {
    throw new Response(null, { status: 400 })
  })
