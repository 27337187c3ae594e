/** Stands for any style sheet that is imported by its address. */
export default "style.css"
