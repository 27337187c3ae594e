import { addTexts } from "../language"
import en from "./locales/en.json"
import zh from "./locales/zh-CN.json"

addTexts({ "zh-CN": zh, en })
